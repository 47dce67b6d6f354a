/* test_arrival: the first line of a commit is its arrival, a name is added where none was known, and a file that is no
 * list of arrivals is never taken for one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "arena.h"
#include "arrival.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))
#define A "aa00000000000000000000000000000000000000"
#define B "aa00000000000000000000000000000000000001"
#define C "cc00000000000000000000000000000000000000"
#define T0 " 1970-01-01T00:00:01Z "
#define T1 " 1970-01-01T00:00:02Z "
#define BUCKET "policy/account/arrived/aa"

struct world {
	struct arena *arena;
	char directory[64];
};

static int world_make(void **state)
{
	struct world *w = calloc(1, sizeof(*w));

	assert_non_null(w);
	w->arena = arena_new();
	snprintf(w->directory, sizeof(w->directory), "/tmp/git-policy-arrival-XXXXXX");
	assert_non_null(mkdtemp(w->directory));
	*state = w;
	return 0;
}

static int remove_one(const char *path, const struct stat *status, int type, struct FTW *place)
{
	(void)status, (void)type, (void)place;
	return remove(path);
}

static int world_drop(void **state)
{
	struct world *w = *state;

	nftw(w->directory, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	arena_free(w->arena);
	free(w);
	return 0;
}

static FILE *open_bucket(const struct world *w, const char *mode)
{
	char path[128];

	snprintf(path, sizeof(path), "%s/" BUCKET, w->directory);
	return fopen(path, mode);
}

static const char *bucket(struct world *w)
{
	char *text = arena_alloc(w->arena, 4096);
	FILE *file = open_bucket(w, "r");

	if (!file)
		return "";
	assert_true(fread(text, 1, 4095, file) < 4095);
	fclose(file);
	return text;
}

static void put(const struct world *w, const char *mode, const char *text)
{
	FILE *file = open_bucket(w, mode);

	assert_non_null(file);
	fputs(text, file);
	assert_int_equal(fclose(file), 0);
}

/* Commits as words. */
static bool told(struct world *w, const char *commits, int64_t time, const char *user)
{
	const struct arrival arrival = {time, bytes_of(user), BYTES("refs/heads/x")};
	struct bytes rest = bytes_of(commits), word;
	struct oids ids = {0};
	const char *problem;

	while (bytes_word(&rest, &word)) {
		struct oid id;

		assert_true(oid_parse(word, &id));
		oids_add(w->arena, &ids, &id);
	}
	return arrivals_write(w->arena, bytes_of(w->directory), &ids, &arrival, &problem);
}

/* "2 erin", "2 ?", "-" for what is not known, "!" where it cannot be told. */
static const char *found(struct world *w, const char *commit)
{
	struct arrivals *arrivals = arrivals_new(w->arena, bytes_of(w->directory));
	struct arrival arrival;
	struct oid id;
	const char *problem;

	assert_true(oid_parse(bytes_of(commit), &id));
	enum answer answer = arrivals_find(arrivals, &id, &arrival, &problem);

	if (answer != ANSWER_YES)
		return answer == ANSWER_NO ? "-" : "!";
	return bytes_printf(w->arena, "%d %.*s", (int)arrival.time,
			    BYTES_ARG(arrival.user.len ? arrival.user : BYTES("?")))
		.data;
}

static void keeps_the_first(void **state)
{
	struct world *w = *state;

	assert_string_equal(found(w, A), "-");
	assert_true(told(w, A " " C, 1, "erin x"));
	assert_true(told(w, A " " B, 2, "bob"));
	assert_string_equal(bucket(w), A T0 "erin%20x refs/heads/x\n" B T1 "bob refs/heads/x\n");
	assert_string_equal(found(w, A), "1 erin x");
	assert_string_equal(found(w, B), "2 bob");
	assert_string_equal(found(w, C), "1 erin x");
}

static void adds_a_name(void **state)
{
	struct world *w = *state;

	assert_true(told(w, A, 1, ""));
	assert_string_equal(found(w, A), "1 ?");
	assert_true(told(w, A, 2, ""));
	assert_true(told(w, A, 2, "bob"));
	assert_true(told(w, A, 3, "ivy"));
	assert_string_equal(bucket(w), A T0 "? refs/heads/x\n" A T1 "bob refs/heads/x\n");
	assert_string_equal(found(w, A), "1 bob");
}

static void cuts_a_torn_line(void **state)
{
	struct world *w = *state;

	assert_true(told(w, A, 1, "erin"));
	put(w, "a", B T0 "er");
	assert_string_equal(found(w, B), "-");
	assert_string_equal(found(w, A), "1 erin");
	assert_true(told(w, B, 2, "bob"));
	assert_string_equal(bucket(w), A T0 "erin refs/heads/x\n" B T1 "bob refs/heads/x\n");
}

static void takes_no_other_file(void **state)
{
	static const char *const lines[] = {
		"\n",
		"whatever\n",
		A "\n",
		A T0 "erin\n",
		A T0 "erin \n",
		A T0 " refs/heads/x\n",
		A T0 "er%2 refs/heads/x\n",
		A " 1970-01-01 erin refs/heads/x\n",
		C T0 "erin refs/heads/x\n",
		"AA00000000000000000000000000000000000000" T0 "erin refs/heads/x\n",
	};
	struct world *w = *state;

	assert_true(told(w, A, 1, "erin"));
	for (size_t i = 0; i < COUNT(lines); i++) {
		put(w, "w", lines[i]);
		assert_string_equal(found(w, A), "!");
		assert_false(told(w, B, 1, "bob"));
		assert_string_equal(bucket(w), lines[i]);
	}
	assert_string_equal(found(w, C), "-");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(keeps_the_first, world_make, world_drop),
		cmocka_unit_test_setup_teardown(adds_a_name, world_make, world_drop),
		cmocka_unit_test_setup_teardown(cuts_a_torn_line, world_make, world_drop),
		cmocka_unit_test_setup_teardown(takes_no_other_file, world_make, world_drop),
	};

	return cmocka_run_group_tests_name("arrival", tests, NULL, NULL);
}
