/* test_repo_content: what trees hold and how two differ, and the refs below a prefix. */
#include "gitfixture.h"

#include "arena.h"
#include "repo.h"
#include "tree.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static struct repo *open_fixture(struct arena *arena, struct fixture *f)
{
	const char *problem = NULL;
	struct repo_environment environment = {.git_dir = f->repo};
	struct repo *repo = repo_open(arena, &environment, &problem);

	assert_non_null(repo);
	return repo;
}

/* A tree made by a shell script that adds to the index: file <mode> <content> <path>, link, gitlink. */
static struct oid tree(struct fixture *f, const char *script)
{
	char whole[2048];

	snprintf(whole, sizeof(whole),
		 "export GIT_DIR=\"$0\" GIT_INDEX_FILE=\"$0.index\"; rm -f \"$GIT_INDEX_FILE\"; "
		 "file() { git update-index --add --cacheinfo \"$1,$(printf %%s \"$2\" | git hash-object -w "
		 "--stdin),$3\"; "
		 "}; gitlink() { git update-index --add --cacheinfo \"160000,$1,$2\"; }; %s; git write-tree",
		 script);
	fixture_run(f, "sh", "-c", whole, f->repo);
	return fixture_id(f->output);
}

/* Writes changes down as lines: "old-mode new-mode path". */
struct listed {
	char text[2048];
	size_t count;
	size_t max;
};

static bool note(void *context, const struct change *change)
{
	struct listed *listed = context;
	size_t len = strlen(listed->text);

	assert_int_equal(!change->old_mode, oid_is_zero(&change->old_id));
	assert_int_equal(!change->new_mode, oid_is_zero(&change->new_id));
	snprintf(listed->text + len, sizeof(listed->text) - len, "%o %o %.*s\n", change->old_mode, change->new_mode,
		 BYTES_ARG(change->path));
	return ++listed->count < listed->max;
}

static void changes_are_told_in_order(void **state)
{
	static const struct {
		const char *old, *new, *changes;
	} cases[] = {
		{"file 100644 1 a", "file 100644 1 a", ""},
		{"file 100644 1 a", "file 100644 2 a", "100644 100644 a\n"},
		{"file 100644 1 a", "file 100755 1 a", "100644 100755 a\n"},
		{"file 100644 1 a", "file 120000 1 a", "100644 120000 a\n"},
		{"file 100644 1 a; file 100644 1 d/e/f; file 100644 1 g",
		 "file 100644 1 a; file 100644 2 d/e/f; file 100644 1 d/e/g",
		 "100644 100644 d/e/f\n0 100644 d/e/g\n100644 0 g\n"},
		/* a folder for a file: all of its files go, and the file comes */
		{"file 100644 1 d/a; file 100644 1 d/b/c", "file 100644 1 d",
		 "0 100644 d\n100644 0 d/a\n100644 0 d/b/c\n"},
		{"file 100644 1 d", "file 100644 1 d/a", "100644 0 d\n0 100644 d/a\n"},
		/* git's order: a folder comes where its name with "/" does */
		{"file 100644 1 a; file 100644 1 a.b; file 100644 1 a0",
		 "file 100644 2 a.b; file 100644 1 a/x; file 100644 2 a0",
		 "100644 0 a\n100644 100644 a.b\n0 100644 a/x\n100644 100644 a0\n"},
		{"gitlink 1234567890123456789012345678901234567890 s; file 100644 1 a",
		 "gitlink 2234567890123456789012345678901234567890 s; file 100644 1 a", "160000 160000 s\n"},
		{"file 120000 x l; file 100644 1 a", "file 120000 y l; file 100644 1 a", "120000 120000 l\n"},
	};
	struct oid trees[COUNT(cases)][2], empty = {{0}}, absent = {{9}};
	struct arena *arena = arena_new();
	struct fixture f;

	(void)state;
	fixture_open(&f, "x.git");
	for (size_t i = 0; i < COUNT(cases); i++) {
		trees[i][0] = tree(&f, cases[i].old);
		trees[i][1] = tree(&f, cases[i].new);
	}
	struct repo *repo = open_fixture(arena, &f);

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct listed listed = {.max = 100};

		assert_int_equal(repo_changes(repo, &trees[i][0], &trees[i][1], note, &listed), ANSWER_YES);
		assert_string_equal(listed.text, cases[i].changes);
	}
	struct listed first = {.max = 1}, all = {.max = 100};

	assert_int_equal(repo_changes(repo, &trees[4][0], &trees[4][1], note, &first), ANSWER_YES);
	assert_string_equal(first.text, "100644 100644 d/e/f\n");
	assert_int_equal(repo_changes(repo, &empty, &trees[1][0], note, &all), ANSWER_YES);
	assert_string_equal(all.text, "0 100644 a\n");
	assert_int_equal(repo_changes(repo, &absent, &trees[1][0], note, &all), ANSWER_UNKNOWN);
	assert_non_null(strstr(repo_problem(repo), "no tree"));
	repo_close(repo);
	fixture_close(&f);
	arena_free(arena);
}

/* Folders as deep as nobody makes them cost no stack. */
static void depth_is_no_danger(void **state)
{
	struct arena *arena = arena_new();
	struct listed listed = {.max = 100};
	struct oid empty = {{0}}, deep;
	struct fixture f;

	(void)state;
	fixture_open(&f, "x.git");
	fixture_run(&f, "sh", "-c",
		    "export GIT_DIR=\"$0\"; t=$(printf '100644 blob %s\\tf\\n' $(echo x | git hash-object -w --stdin) "
		    "| git mktree); for i in $(seq 300); do t=$(printf '040000 tree %s\\td\\n' $t | git mktree); done; "
		    "echo $t",
		    f.repo);
	deep = fixture_id(f.output);
	struct repo *repo = open_fixture(arena, &f);

	assert_int_equal(repo_changes(repo, &empty, &deep, note, &listed), ANSWER_YES);
	assert_int_equal(listed.count, 1);
	assert_int_equal(strlen(listed.text), strlen("0 100644 ") + (size_t)300 * 2 + strlen("f\n"));
	repo_close(repo);
	fixture_close(&f);
	arena_free(arena);
}

static void an_entry_is_found_by_its_path(void **state)
{
	static const struct {
		const char *path;
		enum answer answer;
		unsigned mode;
	} cases[] = {
		{"a", ANSWER_YES, 0100644},
		{"d", ANSWER_YES, TREE_FOLDER},
		{"d/x", ANSWER_YES, 0100755},
		{"d/l", ANSWER_YES, TREE_LINK},
		{"d/s", ANSWER_YES, TREE_SUBMODULE},
		{"", ANSWER_YES, TREE_FOLDER},
		{"b", ANSWER_NO, 0},
		{"a/x", ANSWER_NO, 0},
		{"d/x/y", ANSWER_NO, 0},
		{"/a", ANSWER_NO, 0},
		{"d//x", ANSWER_NO, 0},
		{"D", ANSWER_NO, 0},
	};
	struct arena *arena = arena_new();
	struct oid absent = {{9}}, id;
	struct fixture f;
	unsigned mode;

	(void)state;
	fixture_open(&f, "x.git");
	struct oid root = tree(&f, "file 100644 1 a; file 100755 2 d/x; file 120000 a d/l; gitlink "
				   "1234567890123456789012345678901234567890 d/s");
	struct repo *repo = open_fixture(arena, &f);

	for (size_t i = 0; i < COUNT(cases); i++) {
		assert_int_equal(repo_entry(repo, &root, bytes_of(cases[i].path), &mode, &id), cases[i].answer);
		if (cases[i].answer == ANSWER_YES)
			assert_int_equal(mode, cases[i].mode);
	}
	assert_int_equal(repo_entry(repo, &root, BYTES("a"), &mode, &id), ANSWER_YES);
	assert_string_equal(oid_hex(&id).text, "56a6051ca2b02b04ef92d5150c9ef600403cb1de");
	assert_int_equal(repo_entry(repo, &absent, BYTES("a"), &mode, &id), ANSWER_UNKNOWN);
	repo_close(repo);
	fixture_close(&f);
	arena_free(arena);
}

#define ID "12345678901234567890"

static void raw_trees_are_read_strictly(void **state)
{
	static const struct {
		struct bytes raw;
		size_t entries;
		bool whole;
	} cases[] = {
		{BYTES(""), 0, true},
		{BYTES("100644 a\0" ID), 1, true},
		{BYTES("100644 a\0" ID "40000 b\0" ID), 2, true},
		{BYTES("100644 a\0" ID "40000 b\0" ID "1"), 2, false},
		{BYTES("100644 a\0" ID "40000 b"), 1, false},
		{BYTES("100644 a\0"
		       "1234567890123456789"),
		 0, false},
		{BYTES("100644 a/b\0" ID), 0, false},
		{BYTES("100644 \0" ID), 0, false},
		{BYTES("100648 a\0" ID), 0, false},
		{BYTES(" a\0" ID), 0, false},
		{BYTES("0100644 a\0" ID), 0, false},
		{BYTES("100644"), 0, false},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct bytes rest = cases[i].raw;
		struct tree_entry entry;
		size_t count = 0;

		while (tree_next(&rest, &entry))
			count++;
		assert_int_equal(count, cases[i].entries);
		assert_int_equal(!rest.len, cases[i].whole);
	}
}

static bool note_ref(void *context, struct bytes ref, const struct oid *id)
{
	struct listed *listed = context;
	size_t len = strlen(listed->text);

	assert_false(oid_is_zero(id));
	snprintf(listed->text + len, sizeof(listed->text) - len, "%.*s\n", BYTES_ARG(ref));
	return ++listed->count < listed->max;
}

static void refs_below_are_listed(void **state)
{
	static const char *const refs[] = {"refs/heads/fix/a", "refs/heads/fix/b/c", "refs/heads/fixture",
					   "refs/heads/main", "refs/approvals/heads/fix/x"};
	struct arena *arena = arena_new();
	struct fixture f;

	(void)state;
	fixture_open(&f, "x.git");
	struct oid a = fixture_commit(&f, NULL, "a", NULL, NULL, NULL);

	for (size_t i = 0; i < COUNT(refs); i++) {
		fixture_ref(&f, refs[i], &a);
		if (i == 1)
			fixture_git(&f, "pack-refs", "--all");
	}
	fixture_git(&f, "symbolic-ref", "refs/heads/fix/s", "refs/heads/main");
	struct repo *repo = open_fixture(arena, &f);
	const struct {
		struct bytes prefix;
		size_t count;
	} cases[] = {{BYTES("refs/heads/fix/"), 2},
		     {BYTES("refs/heads/fix/b/"), 1},
		     {BYTES("refs/heads/none/"), 0},
		     {BYTES("refs/approvals/"), 1},
		     {BYTES("refs/"), 5}};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct listed listed = {.max = 100};

		assert_int_equal(repo_refs_below(repo, cases[i].prefix, note_ref, &listed), ANSWER_YES);
		assert_int_equal(listed.count, cases[i].count);
	}
	struct listed listed = {.max = 1};

	assert_int_equal(repo_refs_below(repo, BYTES("refs/heads/fix/"), note_ref, &listed), ANSWER_YES);
	assert_int_equal(listed.count, 1);
	repo_close(repo);
	fixture_close(&f);
	arena_free(arena);
}

/* Some of them tags, which git packs with what they come to, in a file that says it is sorted, and in one that does
 * not. */
static void packed_refs_are_found(void **state)
{
	struct arena *arena = arena_new();
	char packed[FIXTURE_PATH + 128];
	struct fixture f;

	(void)state;
	fixture_open(&f, "x.git");
	struct oid a = fixture_commit(&f, NULL, "a", NULL, NULL, NULL);

	snprintf(packed, sizeof(packed), "%s/packed-refs", f.repo);
	fixture_git(&f, "tag", "-a", "-m", "x", "t", oid_hex(&a).text);
	fixture_run(&f, "sh", "-c",
		    "cd \"$0\"; for i in $(seq 7); do for n in $(seq $i); do echo \"create refs/heads/$i/$n $1\"; echo "
		    "\"create refs/tags/$i/$n/x $(git rev-parse t)\"; done; done | git update-ref --stdin; git "
		    "pack-refs --all",
		    f.repo, oid_hex(&a).text);
	for (int is_sorted = 1; is_sorted >= 0; is_sorted--) {
		if (!is_sorted)
			fixture_run(&f, "sed", "-i", "s/ sorted / /", packed);
		struct repo *repo = open_fixture(arena, &f);

		for (unsigned i = 0; i < 9; i++) {
			struct listed heads = {.max = 100}, tags = {.max = 100};
			struct bytes head = bytes_printf(arena, "refs/heads/%u/", i);
			struct bytes tag = bytes_printf(arena, "refs/tags/%u/", i);

			assert_int_equal(repo_refs_below(repo, head, note_ref, &heads), ANSWER_YES);
			assert_int_equal(repo_refs_below(repo, tag, note_ref, &tags), ANSWER_YES);
			assert_int_equal(heads.count, i < 8 ? i : 0);
			assert_int_equal(tags.count, i < 8 ? i : 0);
		}
		repo_close(repo);
	}
	fixture_close(&f);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(changes_are_told_in_order),	 cmocka_unit_test(depth_is_no_danger),
		cmocka_unit_test(an_entry_is_found_by_its_path), cmocka_unit_test(raw_trees_are_read_strictly),
		cmocka_unit_test(refs_below_are_listed),	 cmocka_unit_test(packed_refs_are_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
