/* test_auditwriter: lines arrive whole, whoever else writes and whatever happens to the file meanwhile. */
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
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "audit.h"

#define WRITERS 64
#define LINES 500 /* of each writer; AUDIT_LINES in the environment says otherwise */
#define BATCH 5
#define MOVES_MAX 100000

struct place {
	char folder[64];
	char path[128];
	struct policy_audit audit;
};

static int place_make(void **state)
{
	static struct place place;

	snprintf(place.folder, sizeof(place.folder), "/tmp/git-policy-unit-XXXXXX");
	assert_non_null(mkdtemp(place.folder));
	snprintf(place.path, sizeof(place.path), "%s/audit.jsonl", place.folder);
	place.audit = (struct policy_audit){.file = place.path};
	*state = &place;
	return 0;
}

static int place_free(void **state)
{
	struct place *place = *state;
	char command[128];

	snprintf(command, sizeof(command), "rm -rf %s", place->folder);
	return system(command);
}

static const char *write_text(const struct place *place, const char *text)
{
	return audit_write(NULL, &place->audit, text, strlen(text));
}

static void assert_content(const char *path, const char *expected)
{
	char content[4096] = "";
	FILE *file = fopen(path, "r");

	assert_non_null(file);
	content[fread(content, 1, sizeof(content) - 1, file)] = '\0';
	fclose(file);
	assert_string_equal(content, expected);
}

static void put(const char *path, const char *content)
{
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	fputs(content, file);
	assert_int_equal(fclose(file), 0);
}

static void appends(void **state)
{
	const struct place *place = *state;
	struct stat status;

	assert_null(write_text(place, "{1}\n{2}\n"));
	assert_null(write_text(place, "{3}\n"));
	assert_content(place->path, "{1}\n{2}\n{3}\n");
	assert_int_equal(stat(place->path, &status), 0);
	assert_int_equal(status.st_mode & 0777, 0600);
}

static void ends_a_torn_line(void **state)
{
	const struct place *place = *state;

	put(place->path, "{1}\n{to");
	assert_null(write_text(place, "{2}\n"));
	assert_content(place->path, "{1}\n{to\n{2}\n");
}

static void only_regular_files(void **state)
{
	const struct place *place = *state;
	char other[160];

	snprintf(other, sizeof(other), "%s/other", place->folder);
	assert_int_equal(symlink(other, place->path), 0);
	assert_string_equal(write_text(place, "{}\n"), "it is a symbolic link");
	assert_int_not_equal(access(other, F_OK), 0);
	unlink(place->path);
	assert_int_equal(mkfifo(place->path, 0600), 0);
	assert_string_equal(write_text(place, "{}\n"), "it is no regular file");
	unlink(place->path);
	assert_int_equal(mkdir(place->path, 0700), 0);
	assert_string_equal(write_text(place, "{}\n"), "it is a folder");
}

static void never_into_what_is_no_audit(void **state)
{
	const struct place *place = *state;

	put(place->path, "[policy]\nversion = 1");
	assert_string_equal(write_text(place, "{1}\n"), "it is no audit");
	assert_content(place->path, "[policy]\nversion = 1");
	put(place->path, "");
	assert_null(write_text(place, "{1}\n"));
	assert_content(place->path, "{1}\n");
}

static void all_or_nothing(void **state)
{
	const struct place *place = *state;
	struct rlimit limit;
	char line[600];

	memset(line, 'x', sizeof(line));
	line[0] = '{';
	line[sizeof(line) - 2] = '\n';
	line[sizeof(line) - 1] = '\0';
	put(place->path, line);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &(struct rlimit){1000, limit.rlim_max}), 0);
	assert_null(write_text(place, "{1}\n"));
	char two[sizeof(line) + 8];

	snprintf(two, sizeof(two), "{2}\n%s", line);
	const char *problem = write_text(place, two);

	assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
	assert_non_null(problem);
	snprintf(two, sizeof(two), "%s{1}\n", line);
	assert_content(place->path, two);
}

static long line_count(void)
{
	const char *text = getenv("AUDIT_LINES");

	return text ? strtol(text, NULL, 10) : LINES;
}

/* Each line says who wrote it, and how manieth it is of theirs; they differ in length. */
static void write_many(const struct place *place, int writer, long count)
{
	for (long i = 0; i < count; i += BATCH) {
		char lines[BATCH * 1200];
		size_t len = 0;

		for (long k = i; k < i + BATCH; k++)
			len += (size_t)snprintf(lines + len, sizeof(lines) - len, "{%d %ld %0*d}\n", writer, k,
						(int)(k * 37 % 1000) + 1, 0);
		if (audit_write(NULL, &place->audit, lines, len))
			_exit(1);
	}
	_exit(0);
}

/* Moves the file away again and again while somebody is at it; how often it did. */
static int move_away(const struct place *place)
{
	int moved = 0, running = WRITERS, status;
	char name[160];

	while (running) {
		snprintf(name, sizeof(name), "%s.%d", place->path, moved);
		moved += moved < MOVES_MAX && !rename(place->path, name);
		for (pid_t child; (child = waitpid(-1, &status, WNOHANG)) > 0; running--)
			assert_true(WIFEXITED(status) && !WEXITSTATUS(status));
		usleep(2000);
	}
	return moved;
}

static void read_back(const char *path, long count, char *seen)
{
	FILE *file = fopen(path, "r");
	char line[2048];

	if (!file)
		return;
	while (fgets(line, sizeof(line), file)) {
		long number = 0;
		int writer = 0, zeros = 0;

		assert_int_equal(sscanf(line, "{%d %ld 0%n", &writer, &number, &zeros), 2);
		assert_true(writer >= 0 && writer < WRITERS && number >= 0 && number < count);
		assert_int_equal(strspn(line + zeros - 1, "0"), number * 37 % 1000 + 1);
		assert_string_equal(line + strlen(line) - 2, "}\n");
		assert_int_equal(seen[writer * count + number]++, 0);
	}
	fclose(file);
}

static void nothing_is_lost(void **state)
{
	const struct place *place = *state;
	long count = line_count();
	char *seen = calloc(WRITERS, (size_t)count), name[160];

	assert_non_null(seen);
	for (int i = 0; i < WRITERS; i++) {
		pid_t child = fork();

		assert_true(child >= 0);
		if (!child)
			write_many(place, i, count);
	}
	int moved = move_away(place);

	read_back(place->path, count, seen);
	for (int i = 0; i < moved; i++) {
		snprintf(name, sizeof(name), "%s.%d", place->path, i);
		read_back(name, count, seen);
	}
	assert_true(moved > 1);
	assert_null(memchr(seen, 0, (size_t)(WRITERS * count)));
	free(seen);
}

int main(void)
{
#define WITH_PLACE(test) cmocka_unit_test_setup_teardown(test, place_make, place_free)
	const struct CMUnitTest tests[] = {
		WITH_PLACE(appends),	    WITH_PLACE(ends_a_torn_line), WITH_PLACE(only_regular_files),
		WITH_PLACE(all_or_nothing), WITH_PLACE(nothing_is_lost),  WITH_PLACE(never_into_what_is_no_audit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
