/* test_process: a program gets what it is given and nothing else, and never outlives its time. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <unistd.h>

#include "arena.h"
#include "interrupt.h"
#include "process.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

/* A shell script's end; its environment is NAME=value. */
static struct process_end run(struct arena *arena, const char *script, struct bytes input, unsigned seconds)
{
	const char *const arguments[] = {"/bin/sh", "-c", script, NULL};
	const char *const environment[] = {"NAME=value", NULL};
	const struct process process = {.arguments = arguments,
					.environment = environment,
					.input = input,
					.seconds = seconds,
					.output_max = 1000};

	return process_run(arena, &process);
}

static void it_ends_as_the_program_does(void **state)
{
	static const struct {
		const char *script;
		struct bytes input;
		bool exited;
		int status;
		const char *output;
	} cases[] = {
		{"echo a; echo b", {0}, true, 0, "a\nb\n"},
		{"echo a; echo b >&2; exit 7", {0}, true, 7, "a\n"},
		{"cat", {"a\0b", 3}, true, 0, "a"},
		{"exec 0<&-; echo unread", {"a", 1}, true, 0, "unread\n"},
		{"exec >&-; read line; exit 3", {"a\n", 2}, true, 3, ""},
		{"pwd", {0}, true, 0, "/\n"},
		{"kill -TERM $$", {0}, false, 0, "killed by a signal"},
		{"while :; do echo too much; done", {0}, false, 0, "said too much"},
		{"printf %01000d 7 | tr 0 x", {0}, true, 0, "xxxx"},
		{"printf %01001d 7", {0}, false, 0, "said too much"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct arena *arena = arena_new();
		struct process_end end = run(arena, cases[i].script, cases[i].input, 20);

		assert_int_equal(end.exited, cases[i].exited);
		if (end.exited) {
			assert_int_equal(end.status, cases[i].status);
			assert_true(bytes_starts(end.output, bytes_of(cases[i].output)));
		} else {
			assert_non_null(strstr(end.problem, cases[i].output));
		}
		arena_free(arena);
	}
}

static void it_gets_nothing_else(void **state)
{
	struct arena *arena = arena_new();
	int fd = open("/dev/null", O_RDONLY); /* not close-on-exec */
	sigset_t blocked, before;

	(void)state;
	sigemptyset(&blocked);
	sigaddset(&blocked, SIGTERM);
	sigprocmask(SIG_BLOCK, &blocked, &before);
	void (*handler)(int) = signal(SIGPIPE, SIG_IGN);
	struct process_end end = run(arena, "env; ls /proc/self/fd", (struct bytes){0}, 20);

	assert_true(end.exited);
	assert_true(bytes_contains(end.output, BYTES("NAME=value\n")));
	assert_false(bytes_contains(end.output, BYTES("HOME=")));
	/* ls itself holds the folder it lists */
	assert_true(bytes_ends(end.output, BYTES("0\n1\n2\n3\n")));
	assert_false(run(arena, "kill -PIPE $$", (struct bytes){0}, 20).exited); /* neither ignored */
	assert_false(run(arena, "kill -TERM $$", (struct bytes){0}, 20).exited); /* nor blocked */
	signal(SIGPIPE, handler);
	sigprocmask(SIG_SETMASK, &before, NULL);
	close(fd);
	arena_free(arena);
}

/* Nor is its end waited for by those who could still speak. */
static void what_it_says_may_be_nobodys(void **state)
{
	struct arena *arena = arena_new();
	const char *const arguments[] = {"/bin/sh", "-c",
					 "cat; ls -l /proc/self/fd/1 | grep -q /dev/null && sleep 1000 & exit 3", NULL};
	const char *const environment[] = {NULL};
	const struct process process = {.arguments = arguments,
					.environment = environment,
					.input = BYTES("more than it may say"),
					.seconds = 20,
					.silent = true};
	struct process_end end = process_run(arena, &process);

	(void)state;
	assert_true(end.exited);
	assert_int_equal(end.status, 3);
	assert_int_equal(end.output.len, 0);
	assert_true(end.milliseconds >= 0 && end.milliseconds < 20000);
	arena_free(arena);
}

static void no_variable_is_none(void **state)
{
	struct arena *arena = arena_new();
	const char *const arguments[] = {"/usr/bin/env", NULL};
	const char *const environment[] = {NULL};
	const struct process process = {.arguments = arguments,
					.environment = environment,
					.directory = "/tmp",
					.seconds = 20,
					.output_max = 1000};
	struct process_end end = process_run(arena, &process);

	(void)state;
	assert_true(end.exited);
	assert_int_equal(end.output.len, 0);
	arena_free(arena);
}

static void input_may_be_larger_than_a_pipe(void **state)
{
	struct arena *arena = arena_new();
	size_t len = 3000000;
	struct bytes input = {memset(arena_alloc(arena, len), 'x', len), len};

	(void)state;
	struct process_end end = run(arena, "echo early; wc -c", input, 20);

	assert_true(end.exited);
	assert_true(bytes_equal(end.output, BYTES("early\n3000000\n")));
	end = run(arena, "true", input, 20);
	assert_true(end.exited);
	arena_free(arena);
}

static void files_are_where_they_are_said_to_be(void **state)
{
	struct arena *arena = arena_new();
	const char *const arguments[] = {"/bin/cat", PROCESS_FILE "18", PROCESS_FILE "3", "-", NULL};
	const char *const environment[] = {NULL};
	struct bytes files[PROCESS_FILES] = {[0] = BYTES("first\n"), [PROCESS_FILES - 1] = BYTES("last\n")};
	const struct process process = {.arguments = arguments,
					.environment = environment,
					.input = BYTES("input\n"),
					.files = files,
					.file_count = PROCESS_FILES,
					.seconds = 20,
					.output_max = 1000};
	struct process_end end = process_run(arena, &process);

	(void)state;
	assert_true(end.exited);
	assert_true(bytes_equal(end.output, BYTES("last\nfirst\ninput\n")));
	arena_free(arena);
}

static void what_cannot_be_run_is_told(void **state)
{
	static const char *const programs[] = {"/nonexistent/program", "/etc/passwd", "/"};
	struct arena *arena = arena_new();
	const char *const environment[] = {NULL};

	(void)state;
	for (size_t i = 0; i < COUNT(programs); i++) {
		const char *const arguments[] = {programs[i], NULL};
		const struct process process = {
			.arguments = arguments, .environment = environment, .seconds = 20, .output_max = 10};
		struct process_end end = process_run(arena, &process);

		assert_false(end.exited);
		assert_non_null(strstr(end.problem, programs[i]));
	}
	arena_free(arena);
}

/* Whether the process whose number a script left in `path` runs. */
static bool runs(const char *path)
{
	char text[32] = "", status[512] = "", name[64];
	int fd = open(path, O_RDONLY);

	assert_true(read(fd, text, sizeof(text) - 1) > 0);
	close(fd);
	snprintf(name, sizeof(name), "/proc/%ld/status", strtol(text, NULL, 10));
	fd = open(name, O_RDONLY);
	if (fd < 0)
		return false;
	ssize_t got = read(fd, status, sizeof(status) - 1);

	close(fd);
	return got > 0 && !strstr(status, "State:\tZ") && !strstr(status, "State:\tX");
}

/* Killed is not yet gone: the kernel takes its time. */
static void assert_ends(const char *path)
{
	for (int i = 0; i < 500 && runs(path); i++)
		usleep(10000);
	assert_false(runs(path));
}

static void its_whole_family_dies_in_time(void **state)
{
	static const char *const scripts[] = {
		"sleep 1000 & echo $! >'%s'; wait",	      /* it waits for a grandchild */
		"sleep 1000 & echo $! >'%s'; exit 0",	      /* that keeps its output open */
		"exec >&-; sleep 1000 & echo $! >'%s'; wait", /* it says nothing more, and stays */
	};
	char folder[] = "/tmp/git-policy-unit-XXXXXX", path[64], script[256];
	struct arena *arena = arena_new();

	(void)state;
	assert_non_null(mkdtemp(folder));
	snprintf(path, sizeof(path), "%s/pid", folder);
	for (size_t i = 0; i < COUNT(scripts); i++) {
		struct buffer text = {.arena = arena};
		struct bytes parts = bytes_of(scripts[i]);
		size_t at = bytes_index(parts, '%');

		buffer_printf(&text, "%.*s%s%s", (int)at, parts.data, path, parts.data + at + 2);
		snprintf(script, sizeof(script), "%.*s", BYTES_ARG(buffer_bytes(&text)));
		struct process_end end = run(arena, script, (struct bytes){0}, 1);

		assert_false(end.exited);
		assert_non_null(strstr(end.problem, "took too long"));
		assert_ends(path);
	}
	snprintf(script, sizeof(script), "sleep 1000 >/dev/null & echo $! >'%s'", path);
	assert_true(run(arena, script, (struct bytes){0}, 20).exited);
	assert_ends(path);
	unlink(path);
	rmdir(folder);
	arena_free(arena);
}

static volatile sig_atomic_t caught;

static void on_signal(int signal_number)
{
	caught = signal_number;
}

/* By a tenth of what is left, and no more. */
static void it_ends_before_our_own_alarm(void **state)
{
	struct arena *arena = arena_new();
	struct itimerval left;

	(void)state;
	signal(SIGALRM, on_signal);
	setitimer(ITIMER_REAL, &(struct itimerval){.it_value = {.tv_usec = 900000}}, NULL);
	struct process_end end = run(arena, "sleep 1000", (struct bytes){0}, 500);

	getitimer(ITIMER_REAL, &left);
	alarm(0);
	assert_false(end.exited);
	assert_non_null(strstr(end.problem, "took too long"));
	assert_true(left.it_value.tv_usec && left.it_value.tv_usec <= 90000);
	assert_int_equal(caught, 0);
	signal(SIGALRM, SIG_DFL);
	arena_free(arena);
}

static void what_ends_us_ends_it_first(void **state)
{
	static const struct {
		int number;
		const char *script;
	} cases[] = {
		{SIGTERM, "kill -TERM $PPID; sleep 1000"},
		{SIGTERM, "exec >&-; kill -TERM $PPID; sleep 1000"},
		{SIGTERM, "kill -TERM $PPID; trap '' TERM; while :; do :; done"},
		{SIGINT, "kill -INT $PPID; sleep 1000"},
		{SIGHUP, "kill -HUP $PPID; sleep 1000"},
		{SIGQUIT, "kill -QUIT $PPID; sleep 1000"},
		{SIGALRM, "kill -ALRM $PPID; sleep 1000"},
		{SIGXCPU, "kill -XCPU $PPID; sleep 1000"},
	};
	struct arena *arena = arena_new();
	sigset_t before;

	(void)state;
	for (size_t i = 0; i < 2 * COUNT(cases); i++) {
		bool held = i >= COUNT(cases);
		int number = cases[i % COUNT(cases)].number;

		signal(number, on_signal);
		caught = 0;
		if (held)
			interrupt_hold(&before);
		struct process_end end = run(arena, cases[i % COUNT(cases)].script, (struct bytes){0}, 20);

		assert_false(end.exited);
		assert_non_null(strstr(end.problem, "was interrupted"));
		assert_int_equal(caught, held ? 0 : number);
		if (held)
			interrupt_release(&before);
		assert_int_equal(caught, number);
		signal(number, SIG_DFL);
	}
	arena_free(arena);
}

static void what_we_ignore_ends_neither(void **state)
{
	struct arena *arena = arena_new();

	(void)state;
	signal(SIGHUP, SIG_IGN);
	struct process_end end = run(arena, "kill -HUP $PPID; echo on", (struct bytes){0}, 20);

	assert_true(end.exited);
	assert_true(bytes_equal(end.output, BYTES("on\n")));
	signal(SIGHUP, SIG_DFL);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_ends_as_the_program_does),
		cmocka_unit_test(it_gets_nothing_else),
		cmocka_unit_test(what_it_says_may_be_nobodys),
		cmocka_unit_test(no_variable_is_none),
		cmocka_unit_test(input_may_be_larger_than_a_pipe),
		cmocka_unit_test(files_are_where_they_are_said_to_be),
		cmocka_unit_test(what_cannot_be_run_is_told),
		cmocka_unit_test(its_whole_family_dies_in_time),
		cmocka_unit_test(it_ends_before_our_own_alarm),
		cmocka_unit_test(what_ends_us_ends_it_first),
		cmocka_unit_test(what_we_ignore_ends_neither),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
