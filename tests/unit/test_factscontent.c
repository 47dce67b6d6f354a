/* test_factscontent: what rules are told about files, changed paths and commits. */
#include "gitfixture.h"

#include "arena.h"
#include "gather.h"

/** A repository and what is asked of it. */
struct world {
	struct fixture f;
	struct arena *arena;
	struct repo *repo;
	struct layers layers;
	struct people people;
	struct facts *facts;
};

static void world_open(struct world *w)
{
	struct repo_environment environment = {.git_dir = w->f.repo};
	const char *problem;

	w->arena = arena_new();
	w->repo = repo_open(w->arena, &environment, &problem);
	assert_non_null(w->repo);
	w->layers.people = &w->people;
	w->facts = facts_new(w->arena, w->repo, &w->layers, NULL, BYTES("eve"));
}

static void world_end(struct world *w)
{
	repo_close(w->repo);
	fixture_close(&w->f);
	arena_free(w->arena);
}

#define TREE(...) fixture_tree(&w.f, (const char *const[]){__VA_ARGS__, NULL})

static void a_file_is_a_regular_one(void **state)
{
	struct world w = {0};
	struct bytes content;
	struct oid absent = {{9}};

	(void)state;
	fixture_open(&w.f, "x.git");
	struct oid tree = TREE("CODEOWNERS", "* @ann\n", "d/f", "x");
	struct oid commit = fixture_commit(&w.f, &tree, "x", NULL, NULL, NULL);

	fixture_run(&w.f, "sh", "-c",
		    "export GIT_DIR=\"$0\"; b=$(head -c 5000000 /dev/zero | git hash-object -w --stdin); printf "
		    "'120000 blob %s\\tlink\\n100644 blob %s\\tlarge\\n' $b $b | git mktree",
		    w.f.repo);
	struct oid odd_tree = fixture_id(w.f.output), odd = fixture_commit(&w.f, &odd_tree, "x", NULL, NULL, NULL);

	world_open(&w);
	assert_int_equal(facts_file(w.facts, &commit, BYTES("CODEOWNERS"), &content), ANSWER_YES);
	assert_true(bytes_equal(content, BYTES("* @ann\n")));
	assert_int_equal(facts_file(w.facts, &commit, BYTES("d/f"), &content), ANSWER_YES);
	assert_int_equal(facts_file(w.facts, &commit, BYTES("d/g"), &content), ANSWER_NO);
	assert_int_equal(facts_file(w.facts, &commit, BYTES("d"), &content), ANSWER_UNKNOWN);
	assert_non_null(strstr(facts_reason(w.facts), "not a regular file"));
	assert_int_equal(facts_file(w.facts, &odd, BYTES("link"), &content), ANSWER_UNKNOWN);
	assert_int_equal(facts_file(w.facts, &odd, BYTES("large"), &content), ANSWER_UNKNOWN);
	assert_non_null(strstr(facts_reason(w.facts), "larger than 4 MiB"));
	assert_int_equal(facts_file(w.facts, &absent, BYTES("d/f"), &content), ANSWER_UNKNOWN);
	world_end(&w);
}

static void changed_paths_are_told(void **state)
{
	const struct bytes *paths, *again;
	struct world w = {0};
	struct oid absent = {{9}};
	size_t count;

	(void)state;
	fixture_open(&w.f, "x.git");
	struct oid old = TREE("a", "1", "d/e", "1", "z", "1"), new = TREE("a", "2", "d/e", "1", "d/f", "1");
	struct oid from = fixture_commit(&w.f, &old, "x", NULL, NULL, NULL);
	struct oid to = fixture_commit(&w.f, &new, "x", NULL, NULL, NULL);

	world_open(&w);
	assert_int_equal(facts_changed(w.facts, &from, &to, &paths, &count), ANSWER_YES);
	assert_int_equal(count, 3);
	assert_true(bytes_equal(paths[0], BYTES("a")));
	assert_true(bytes_equal(paths[1], BYTES("d/f")));
	assert_true(bytes_equal(paths[2], BYTES("z")));
	assert_int_equal(facts_changed(w.facts, &from, &to, &again, &count), ANSWER_YES);
	assert_ptr_equal(again, paths);
	assert_int_equal(facts_changed(w.facts, &from, &from, &paths, &count), ANSWER_YES);
	assert_int_equal(count, 0);
	assert_int_equal(facts_changed(w.facts, &from, &absent, &paths, &count), ANSWER_UNKNOWN);
	world_end(&w);
}

static void a_broken_commit_is_no_answer(void **state)
{
	const struct commit *commit, *again;
	struct world w = {0};

	(void)state;
	fixture_open(&w.f, "x.git");
	struct oid tree = TREE("a", "1"), good = fixture_commit(&w.f, &tree, "feat: x", NULL, NULL, NULL);

	fixture_run(&w.f, "sh", "-c",
		    "printf 'tree %s\\nauthor a\\n\\nx' $1 | git --git-dir \"$0\" hash-object -w -t commit --literally "
		    "--stdin",
		    w.f.repo, oid_hex(&tree).text);
	struct oid bad = fixture_id(w.f.output);

	world_open(&w);
	assert_int_equal(facts_commit(w.facts, &good, &commit), ANSWER_YES);
	assert_true(oid_equal(&commit->id, &good) && oid_equal(&commit->tree, &tree));
	assert_true(bytes_equal(commit->message, BYTES("feat: x\n")));
	assert_int_equal(facts_commit(w.facts, &good, &again), ANSWER_YES);
	assert_ptr_equal(commit, again);
	assert_int_equal(facts_commit(w.facts, &bad, &commit), ANSWER_UNKNOWN);
	assert_int_equal(facts_commit(w.facts, &tree, &commit), ANSWER_UNKNOWN);
	world_end(&w);
}

static void what_is_outside_comes_newest_first(void **state)
{
	const struct oid *ids;
	struct world w = {0};
	size_t count;

	(void)state;
	fixture_open(&w.f, "x.git");
	struct oid a = fixture_commit(&w.f, NULL, "a", NULL, NULL, NULL);
	struct oid b = fixture_commit(&w.f, NULL, "b", &a, NULL, NULL);
	struct oid c = fixture_commit(&w.f, NULL, "c", &b, NULL, NULL);
	struct oids hidden = {.ids = &a, .count = 1}, none = {0};

	world_open(&w);
	assert_int_equal(facts_outside(w.facts, &c, &hidden, &ids, &count), ANSWER_YES);
	assert_true(count == 2 && oid_equal(&ids[0], &c) && oid_equal(&ids[1], &b));
	assert_int_equal(facts_outside(w.facts, &c, &none, &ids, &count), ANSWER_YES);
	assert_int_equal(count, 3);
	assert_int_equal(facts_outside(w.facts, &a, &hidden, &ids, &count), ANSWER_YES);
	assert_int_equal(count, 0);
	world_end(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_file_is_a_regular_one),
		cmocka_unit_test(changed_paths_are_told),
		cmocka_unit_test(a_broken_commit_is_no_answer),
		cmocka_unit_test(what_is_outside_comes_newest_first),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
