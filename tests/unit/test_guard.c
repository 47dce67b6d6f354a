/* test_guard: whatever happens to a program of the suite, it ends with 0, 1 or 2 and a line of our own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "guard.h"

struct ending {
	int code; /* -1: killed */
	char said[256];
};

/* Runs `body` in a process of its own; tells what it exits with and what it writes to standard error. */
static struct ending run(int (*body)(void))
{
	struct ending ending = {.code = -1};
	int pipe_fds[2], status;

	assert_int_equal(pipe(pipe_fds), 0);
	pid_t child = fork();

	assert_true(child >= 0);
	if (!child) {
		dup2(pipe_fds[1], STDERR_FILENO);
		_exit(body());
	}
	close(pipe_fds[1]);
	assert_int_equal(waitpid(child, &status, 0), child);
	ssize_t len = read(pipe_fds[0], ending.said, sizeof(ending.said) - 1);

	assert_true(len >= 0);
	close(pipe_fds[0]);
	if (WIFEXITED(status))
		ending.code = WEXITSTATUS(status);
	return ending;
}

static int raise_alarm(void)
{
	guard_start();
	raise(SIGALRM);
	return 0;
}

static int raise_moved(void)
{
	char *argv[] = {(char[]){"post-receive"}, NULL};
	struct guard_limits limits;

	guard_hook_starting(1, argv, 0, "post-receive", &limits);
	raise(SIGALRM);
	return 0;
}

static int raise_processor(void)
{
	guard_start();
	raise(SIGXCPU);
	return 0;
}

/* Who runs this test may have told it to ignore some. */
static int raise_unless_ignored(int number)
{
	guard_start();
	raise(number);
	return 0;
}

static int raise_hangup(void)
{
	signal(SIGHUP, SIG_DFL);
	return raise_unless_ignored(SIGHUP);
}

static int raise_interrupt(void)
{
	signal(SIGINT, SIG_DFL);
	return raise_unless_ignored(SIGINT);
}

static int raise_terminate(void)
{
	signal(SIGTERM, SIG_DFL);
	return raise_unless_ignored(SIGTERM);
}

static int raise_ignored_hangup(void)
{
	signal(SIGHUP, SIG_IGN);
	return raise_unless_ignored(SIGHUP);
}

static int raise_ignored_alarm(void)
{
	signal(SIGALRM, SIG_IGN);
	return raise_alarm();
}

static int raise_blocked(void)
{
	sigset_t all;

	sigfillset(&all);
	sigprocmask(SIG_SETMASK, &all, NULL);
	return raise_alarm();
}

static int raise_pipe(void)
{
	guard_start();
	raise(SIGPIPE);
	return 0;
}

/* Below what the stack may grow to, and nowhere at all. */
static int overflow_stack(void)
{
	struct rlimit limit;
	volatile char here = 0;

	getrlimit(RLIMIT_STACK, &limit);
	limit.rlim_cur = 256 * 1024;
	setrlimit(RLIMIT_STACK, &limit);
	guard_start();
	*(volatile char *)((uintptr_t)&here - 288 * 1024) = 1;
	return 0;
}

static int touch_nothing(void)
{
	volatile char *volatile nowhere = (volatile char *)(uintptr_t)16;

	guard_start();
	*nowhere = 1;
	return 0;
}

static int use_up_descriptors(void)
{
	struct rlimit limit = {0};

	setrlimit(RLIMIT_NOFILE, &limit);
	guard_start();
	return 0;
}

static void test_signals(void **state)
{
	static const struct {
		int (*body)(void);
		int code;
		const char *said;
	} cases[] = {
		{raise_alarm, 2, "error: git-policy: undecided: the deadline of 60 s passed; nothing was accepted\n"},
		{raise_moved, 2,
		 "error: git-policy: undecided: the deadline of 60 s passed; the refs have moved, and the next run "
		 "completes their account\n"},
		{raise_blocked, 2, "error: git-policy: undecided: the deadline of 60 s passed; nothing was accepted\n"},
		{raise_processor, 2,
		 "error: git-policy: undecided: the limit on processor time was hit; nothing was accepted\n"},
		{raise_hangup, 2, "error: git-policy: undecided: interrupted by signal 1; nothing was accepted\n"},
		{raise_interrupt, 2, "error: git-policy: undecided: interrupted by signal 2; nothing was accepted\n"},
		{raise_terminate, 2, "error: git-policy: undecided: interrupted by signal 15; nothing was accepted\n"},
		{raise_ignored_alarm, 2,
		 "error: git-policy: undecided: the deadline of 60 s passed; nothing was accepted\n"},
		{raise_ignored_hangup, 0, ""},
		{raise_pipe, 0, ""},
		{use_up_descriptors, 2,
		 "error: git-policy: undecided: the limit on open files was hit; nothing was accepted\n"},
		{overflow_stack, 2,
		 "error: git-policy: undecided: the limit on the stack was hit; nothing was accepted\n"},
		{touch_nothing, 2,
		 "error: git-policy: undecided: an internal error, signal 11; nothing was accepted\n"},
	};
	/* A sanitizer tells of the last two in its own words. */
	size_t count = sizeof(cases) / sizeof(cases[0]) - (GUARD_SANITIZED ? 2 : 0);

	(void)state;
	for (size_t i = 0; i < count; i++) {
		struct ending ending = run(cases[i].body);

		assert_int_equal(ending.code, cases[i].code);
		assert_string_equal(ending.said, cases[i].said);
	}
}

static int without_descriptors(void)
{
	for (int fd = 0; fd < 3; fd++)
		close(fd);
	guard_start();
	for (int fd = 0; fd < 3; fd++)
		if (fcntl(fd, F_GETFD) < 0)
			return 1;
	return fcntl(3, F_GETFD) < 0 || open("/dev/null", O_RDONLY) > 2 ? 0 : 1;
}

static int limits(void)
{
	struct rlimit core;

	guard_start();
	return getrlimit(RLIMIT_CORE, &core) || core.rlim_cur || umask(0) != (S_IRWXG | S_IRWXO);
}

/* No program that it starts may gain what a file's mode gives; and the words come before the kill. */
static int confines(void)
{
	struct rlimit cpu = {.rlim_cur = 5, .rlim_max = 5}, data;

	setrlimit(RLIMIT_CPU, &cpu);
	guard_start();
	if (prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) != 1)
		return 1;
	if (getrlimit(RLIMIT_CPU, &cpu) || cpu.rlim_cur != 4 || alarm(0) != 60)
		return 2;
	if (!GUARD_SANITIZED && (getrlimit(RLIMIT_DATA, &data) || data.rlim_cur != (rlim_t)1 << 30))
		return 3;
	return !GUARD_SANITIZED && prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) ? 4 : 0;
}

static void test_start(void **state)
{
	(void)state;
	assert_int_equal(run(confines).code, 0);
	assert_int_equal(run(without_descriptors).code, 0);
	assert_int_equal(run(limits).code, 0);
}

static int hook_version(void)
{
	char *argv[] = {(char[]){"update"}, (char[]){"--version"}, NULL};

	dup2(STDERR_FILENO, STDOUT_FILENO);
	guard_hook(2, argv, 3, "update <ref> <old> <new>");
	return 7;
}

static int hook_miscalled(void)
{
	char *argv[] = {(char[]){"update"}, (char[]){"refs/heads/main"}, NULL};

	guard_hook(2, argv, 3, "update <ref> <old> <new>");
	return 7;
}

static int hook_called(void)
{
	char *argv[] = {(char[]){"pre-receive"}, NULL};

	guard_hook(1, argv, 0, "pre-receive");
	return 7;
}

static void test_hook(void **state)
{
	struct ending ending = run(hook_version);

	(void)state;
	assert_int_equal(ending.code, 0);
	assert_string_equal(ending.said, GUARD_VERSION);
	ending = run(hook_miscalled);
	assert_int_equal(ending.code, 2);
	assert_string_equal(ending.said, "error: this git-policy hook is called as: update <ref> <old> <new>\n");
	assert_int_equal(run(hook_called).code, 7);
}

/* What the environment still holds of these. */
static int keep_variables(void)
{
	static const struct {
		const char *name;
		bool kept;
	} cases[] = {
		{"GIT_DIR", true},	     {"GIT_QUARANTINE_PATH", true},
		{"GIT_PUSH_OPTION_0", true}, {"GIT_POLICY_USER", true},
		{"GL_USER", true},	     {"REMOTE_USER", true},
		{"SSH_CONNECTION", true},    {"GIT_TRACE", false},
		{"GIT_CONFIG_COUNT", false}, {"GIT_REPLACE_REF_BASE", false},
		{"GIT_DIRX", false},	     {"LD_PRELOAD", false},
		{"MALLOC_PERTURB_", false},  {"TZ", false},
		{"LC_ALL", false},	     {"PATH", false},
		{"http_proxy", false},	     {"XDG_CONFIG_HOME", false},
	};
	char *argv[] = {(char[]){"pre-receive"}, NULL};

	clearenv();
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		setenv(cases[i].name, "/some/where", 1);
	guard_server_hook(1, argv, 0, "pre-receive");
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		if (!getenv(cases[i].name) == cases[i].kept)
			return 10 + (int)i;
	return 0;
}

static void test_variables(void **state)
{
	(void)state;
	assert_int_equal(run(keep_variables).code, 0);
}

/* What a program starts with that outlives the hook: nothing is left of the guard. */
static int left(void)
{
	char *argv[] = {(char[]){"post-receive"}, NULL};
	struct guard_limits limits;
	struct rlimit before[3], after[3];
	static const __rlimit_resource_t resources[] = {RLIMIT_CORE, RLIMIT_CPU, RLIMIT_DATA};
	struct sigaction action;
	struct stat status, null;
	int privileges = prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0);

	for (size_t i = 0; i < 3; i++)
		getrlimit(resources[i], &before[i]);
	guard_hook_starting(1, argv, 0, "post-receive", &limits);
	guard_leave(&limits);
	for (size_t i = 0; i < 3; i++)
		if (getrlimit(resources[i], &after[i]) || after[i].rlim_cur != before[i].rlim_cur)
			return 1;
	if (alarm(0) || getsid(0) != getpid() || prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) != privileges)
		return 2;
	for (int number = 1; number < NSIG; number++)
		if (!sigaction(number, NULL, &action) && action.sa_handler != SIG_DFL)
			return 3;
	stat("/dev/null", &null);
	for (int fd = 0; fd < 3; fd++)
		if (fstat(fd, &status) || status.st_rdev != null.st_rdev)
			return 4;
	for (int fd = 3; fd < 64; fd++)
		if (fcntl(fd, F_GETFD) >= 0)
			return 5;
	return 0;
}

static void test_leave(void **state)
{
	int open_too = open("/dev/zero", O_RDONLY); /* not close-on-exec */

	(void)state;
	assert_int_equal(run(left).code, 0);
	close(open_too);
}

/* A verdict survives a reader that is gone, and what is no verdict is undecided. */
static void test_end(void **state)
{
	int full = open("/dev/full", O_WRONLY | O_CLOEXEC);

	(void)state;
	assert_true(full >= 0);
	assert_int_equal(guard_end(NULL, POLICY_ACCEPTED, full), 0);
	assert_int_equal(guard_end(NULL, POLICY_REJECTED, full), 1);
	assert_int_equal(guard_end(NULL, POLICY_UNDECIDED, full), 2);
	assert_int_equal(guard_end(NULL, (enum policy_exit)3, full), 2);
	close(full);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_signals),	  cmocka_unit_test(test_start), cmocka_unit_test(test_hook),
		cmocka_unit_test(test_variables), cmocka_unit_test(test_leave), cmocka_unit_test(test_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
