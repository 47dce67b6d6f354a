/* test_bases: the best common ancestors are git's, in small histories of any shape and with any dates. */
#include "gitfixture.h"

#include <stdint.h>

#include "arena.h"
#include "history.h"

#define HISTORIES 12
#define COMMITS 14

/* The same numbers in every run: a small linear congruence. */
static unsigned next(uint32_t *seed, unsigned below)
{
	*seed = *seed * 1664525u + 1013904223u;
	return (*seed >> 16) % below;
}

/* git merge-base --all, whose order is another. */
static void assert_as_git(struct fixture *f, const struct oid *a, const struct oid *b, enum answer answer,
			  const struct oids *bases)
{
	char left[OID_HEX + 1], right[OID_HEX + 1];
	struct bytes rest, line;
	size_t count = 0;

	memcpy(left, oid_hex(a).text, sizeof(left));
	memcpy(right, oid_hex(b).text, sizeof(right));
	const char *const arguments[] = {"git", "--git-dir", f->repo, "merge-base", "--all", left, right, NULL};
	bool found = fixture_exec(f, arguments);

	assert_int_equal(answer, found ? ANSWER_YES : ANSWER_NO);
	rest = bytes_of(f->output);
	while (bytes_line(&rest, &line)) {
		struct oid id;
		size_t seen = 0;

		assert_true(oid_parse(line, &id));
		for (size_t i = 0; i < bases->count; i++)
			seen += oid_equal(&bases->ids[i], &id);
		assert_int_equal(seen, 1);
		count++;
	}
	assert_int_equal(bases->count, count);
}

/* Commits with up to three parents among the earlier ones; every third history's dates mean nothing. */
static void make(struct fixture *f, uint32_t *seed, bool lying, struct oid *commits)
{
	for (unsigned i = 0; i < COMMITS; i++) {
		const struct oid *parents[3] = {NULL};
		unsigned wanted = i ? next(seed, 8) : 0, count = wanted > 5 ? 3 : wanted > 2 ? 2 : wanted ? 1 : 0;
		char message[16];

		for (unsigned n = 0; n < count && n < i; n++)
			parents[n] = &commits[i - 1 - next(seed, i < 5 ? i : 5)];
		for (unsigned n = 1; n < 3; n++)
			if (parents[n] == parents[n - 1] || (n == 2 && parents[2] == parents[0]))
				parents[n] = NULL;
		if (!parents[1]) {
			parents[1] = parents[2];
			parents[2] = NULL;
		}
		if (lying)
			f->clock = 1000000000 + (long)next(seed, 30) * 1000000;
		f->quarantined = i > COMMITS / 2;
		snprintf(message, sizeof(message), "%u", i);
		commits[i] = fixture_commit(f, NULL, message, parents[0], parents[1], parents[2]);
	}
}

static void they_are_those_of_git(void **state)
{
	uint32_t seed = 1;

	(void)state;
	for (unsigned i = 0; i < HISTORIES; i++) {
		struct arena *arena = arena_new();
		struct oid commits[COMMITS];
		struct oids bases;
		struct fixture f;
		const char *problem = NULL;

		fixture_open(&f, "x.git");
		make(&f, &seed, i % 3, commits);
		struct repo_environment environment = {.git_dir = f.repo, .quarantine = f.quarantine};
		struct repo *repo = repo_open(arena, &environment, &problem);
		struct history *history = history_new(arena, repo);

		assert_non_null(repo);
		for (unsigned a = COMMITS - 6; a < COMMITS; a++)
			for (unsigned b = COMMITS - 6; b < COMMITS; b++) {
				enum answer answer = history_bases(history, &commits[a], &commits[b], &bases);

				assert_as_git(&f, &commits[a], &commits[b], answer, &bases);
			}
		repo_close(repo);
		fixture_close(&f);
		arena_free(arena);
	}
}

static void a_missing_commit_is_no_answer(void **state)
{
	struct arena *arena = arena_new();
	struct oid absent = {{9}};
	struct oids bases;
	struct fixture f;
	const char *problem = NULL;

	(void)state;
	fixture_open(&f, "x.git");
	struct oid a = fixture_commit(&f, NULL, "a", NULL, NULL, NULL);
	struct repo_environment environment = {.git_dir = f.repo};
	struct repo *repo = repo_open(arena, &environment, &problem);
	struct history *history = history_new(arena, repo);

	assert_non_null(repo);
	assert_int_equal(history_bases(history, &a, &absent, &bases), ANSWER_UNKNOWN);
	assert_int_equal(history_bases(history, &absent, &a, &bases), ANSWER_UNKNOWN);
	assert_int_equal(history_bases(history, &a, &a, &bases), ANSWER_YES);
	assert_true(bases.count == 1 && oid_equal(&bases.ids[0], &a));
	repo_close(repo);
	fixture_close(&f);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(they_are_those_of_git),
		cmocka_unit_test(a_missing_commit_is_no_answer),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
