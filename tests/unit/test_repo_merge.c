/* test_repo_merge: a tree is proved to be the automatic merge's, or not, or that there is none; as git itself merges.
 */
#include "gitfixture.h"

#include <glob.h>

#include "arena.h"
#include "interrupt.h"
#include "repo.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

#define TEN "one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\nnine\nten\n"
#define TEN_FIRST "ONE\ntwo\nthree\nfour\nfive\nsix\nseven\neight\nnine\nten\n"
#define TEN_LAST "one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\nnine\nTEN\n"
#define TEN_BOTH "ONE\ntwo\nthree\nfour\nfive\nsix\nseven\neight\nnine\nTEN\n"
#define CRLF_(a, b) a "\r\ntwo\r\nthree\r\nfour\r\nfive\r\n" b "\r\n"

/* A path and its content; "x:", "l:" and "s:" before a path make it executable, a link, a submodule. */
struct file {
	const char *path;
	const char *content;
};

#define FILES_MAX 8
#define CONFLICT                                                                                                       \
	{                                                                                                              \
		{                                                                                                      \
			NULL, NULL                                                                                     \
		}                                                                                                      \
	}

/* The files before, on both sides, and what git's merge gives. */
static const struct scene {
	const char *name;
	struct file base[FILES_MAX], ours[FILES_MAX], theirs[FILES_MAX], result[FILES_MAX];
	const char *problem; /**< a conflict, and this says repo_problem() */
} scenes[] = {
	{"different files",
	 {{"a", "1"}, {"b", "1"}},
	 {{"a", "2"}, {"b", "1"}},
	 {{"a", "1"}, {"b", "2"}},
	 {{"a", "2"}, {"b", "2"}},
	 NULL},
	{"different folders",
	 {{"d/a", "1"}, {"e/f/b", "1"}},
	 {{"d/a", "2"}, {"e/f/b", "1"}},
	 {{"d/a", "1"}, {"e/f/b", "2"}},
	 {{"d/a", "2"}, {"e/f/b", "2"}},
	 NULL},
	{"both alike",
	 {{"a", "1"}},
	 {{"a", "2"}, {"n", "x"}},
	 {{"a", "2"}, {"n", "x"}},
	 {{"a", "2"}, {"n", "x"}},
	 NULL},
	{"only one side", {{"a", "1"}}, {{"a", "1"}}, {{"b/c", "1"}}, {{"b/c", "1"}}, NULL},
	{"other lines of a file", {{"a", TEN}}, {{"a", TEN_FIRST}}, {{"a", TEN_LAST}}, {{"a", TEN_BOTH}}, NULL},
	{"the same line",
	 {{"z", "1"}, {"d/a", "1"}},
	 {{"z", "1"}, {"d/a", "2"}},
	 {{"z", "1"}, {"d/a", "3"}},
	 CONFLICT,
	 "a conflict in d/a"},
	{"removed and changed", {{"a", "1"}}, {{"b", "b"}}, {{"a", "2"}}, CONFLICT, "a conflict in a"},
	{"added differently",
	 {{"x", "x"}},
	 {{"x", "x"}, {"a", "1"}},
	 {{"x", "x"}, {"a", "2"}},
	 CONFLICT,
	 "a conflict in a"},
	{"renamed and changed", {{"a", TEN}}, {{"b", TEN}}, {{"a", TEN_LAST}}, {{"b", TEN_LAST}}, NULL},
	{"renamed with a change, and changed",
	 {{"a", TEN}},
	 {{"b", TEN_FIRST}},
	 {{"a", TEN_LAST}},
	 {{"b", TEN_BOTH}},
	 NULL},
	{"renamed and removed",
	 {{"a", TEN}, {"z", "z"}},
	 {{"b", TEN}, {"z", "z"}},
	 {{"z", "z"}},
	 CONFLICT,
	 "a conflict in b"},
	{"renamed to two names", {{"a", TEN}}, {{"b", TEN}}, {{"c", TEN}}, CONFLICT, "a conflict in "},
	{"removed by both",
	 {{"a", "1"}, {"z", "1"}},
	 {{"z", "1"}, {"n", "new"}},
	 {{"z", "2"}},
	 {{"z", "2"}, {"n", "new"}},
	 NULL},
	{"a folder removed by both", {{"d/a", "1"}, {"z", "1"}}, {{"z", "1"}}, {{"z", "2"}}, {{"z", "2"}}, NULL},
	{"a folder renamed, and added to",
	 {{"d/x", TEN}, {"d/y", TEN_FIRST}},
	 {{"e/x", TEN}, {"e/y", TEN_FIRST}},
	 {{"d/x", TEN}, {"d/y", TEN_FIRST}, {"d/new", "n"}},
	 CONFLICT,
	 "a conflict in e/new"},
	{"a folder renamed, and changed in",
	 {{"d/x", TEN}, {"d/y", TEN_FIRST}},
	 {{"e/x", TEN}, {"e/y", TEN_FIRST}},
	 {{"d/x", TEN_LAST}, {"d/y", TEN_FIRST}},
	 {{"e/x", TEN_LAST}, {"e/y", TEN_FIRST}},
	 NULL},
	{"a folder emptied from both ends",
	 {{"d/a", "1"}, {"d/b", "2"}, {"z", "z"}},
	 {{"d/a", "1"}, {"z", "z"}},
	 {{"d/b", "2"}, {"z", "z"}},
	 {{"z", "z"}},
	 NULL},
	{"a file for a folder",
	 {{"d/a", "1"}, {"z", "1"}},
	 {{"d", "d"}, {"z", "1"}},
	 {{"d/a", "1"}, {"z", "2"}},
	 {{"d", "d"}, {"z", "2"}},
	 NULL},
	{"a file and a folder",
	 {{"z", "z"}},
	 {{"d", "d"}, {"z", "z"}},
	 {{"d/a", "1"}, {"z", "z"}},
	 CONFLICT,
	 "a conflict in d"},
	{"mode and content", {{"a", "1"}}, {{"x:a", "1"}}, {{"a", "2"}}, {{"x:a", "2"}}, NULL},
	{"one mode only",
	 {{"a", "1"}, {"b", "1"}},
	 {{"x:a", "1"}, {"b", "1"}},
	 {{"a", "1"}, {"b", "2"}},
	 {{"x:a", "1"}, {"b", "2"}},
	 NULL},
	{"a link",
	 {{"l:a", "x"}, {"b", "1"}},
	 {{"l:a", "y"}, {"b", "1"}},
	 {{"l:a", "x"}, {"b", "2"}},
	 {{"l:a", "y"}, {"b", "2"}},
	 NULL},
	{"two links", {{"l:a", "x"}}, {{"l:a", "y"}}, {{"l:a", "z"}}, CONFLICT, "a conflict in a"},
	{"a submodule",
	 {{"s:a", "1"}, {"b", "1"}},
	 {{"s:a", "2"}, {"b", "1"}},
	 {{"s:a", "1"}, {"b", "2"}},
	 {{"s:a", "2"}, {"b", "2"}},
	 NULL},
	{"two submodules", {{"s:a", "1"}}, {{"s:a", "2"}}, {{"s:a", "3"}}, CONFLICT, "a conflict in a"},
	{"ends of lines stay",
	 {{"a", CRLF_("one", "six")}},
	 {{"a", CRLF_("ONE", "six")}},
	 {{"a", CRLF_("one", "SIX")}},
	 {{"a", CRLF_("ONE", "SIX")}},
	 NULL},
	{"ends of lines changed",
	 {{"a", CRLF_("one", "six")}},
	 {{"a", "one\ntwo\nthree\nfour\nfive\nsix\n"}},
	 {{"a", CRLF_("one", "SIX")}},
	 CONFLICT,
	 "a conflict in a"},
	{"binary",
	 {{"a", "\x01" TEN}},
	 {{"a", "\x01" TEN_FIRST}},
	 {{"a", "\x01" TEN_LAST}},
	 CONFLICT,
	 "a conflict in a"},
	{"names in no need of quotes",
	 {{"\xc3\xa4 \"b\"\t", "1"}},
	 {{"\xc3\xa4 \"b\"\t", "2"}},
	 {{"\xc3\xa4 \"b\"\t", "3"}},
	 CONFLICT,
	 "a conflict in \xc3\xa4 \"b\"\t"},
	{"attributes choose nothing",
	 {{"a", "1"}, {".gitattributes", "* merge=ours"}},
	 {{"a", "2"}, {".gitattributes", "* merge=ours"}},
	 {{"a", "3"}, {".gitattributes", "* merge=ours"}},
	 CONFLICT,
	 "a conflict in a"},
	{"drivers are not run",
	 {{"a", TEN}, {".gitattributes", "* merge=canary"}},
	 {{"a", TEN_FIRST}, {".gitattributes", "* merge=canary"}},
	 {{"a", TEN_LAST}, {".gitattributes", "* merge=canary"}},
	 {{"a", TEN_BOTH}, {".gitattributes", "* merge=canary"}},
	 NULL},
	{"nor is a union made",
	 {{"a", "1\n"}, {".gitattributes", "* merge=union"}},
	 {{"a", "1\n2\n"}, {".gitattributes", "* merge=union"}},
	 {{"a", "1\n3\n"}, {".gitattributes", "* merge=union"}},
	 CONFLICT,
	 "a conflict in a"},
};

/* The id of a file's content; 0x01 stands for NUL, which a C string cannot hold. */
static void blob(struct fixture *f, const char *content, char hex[OID_HEX + 1])
{
	char path[FIXTURE_PATH + 16];

	snprintf(path, sizeof(path), "%s/content", f->root);
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	for (const char *at = content; *at; at++)
		fputc(*at == '\x01' ? 0 : *at, file);
	assert_int_equal(fclose(file), 0);
	fixture_git(f, "hash-object", "--no-filters", "-w", path);
	snprintf(hex, OID_HEX + 1, "%.40s", f->output);
}

static void add(struct fixture *f, const char *variable, const struct file *file, const char *more)
{
	const char *modes[] = {"x:100755", "l:120000", "s:160000"}, *mode = "100644", *path = file->path;
	char entry[256], content[256], hex[OID_HEX + 1];

	for (size_t i = 0; i < COUNT(modes); i++)
		if (!strncmp(path, modes[i], 2)) {
			mode = modes[i] + 2;
			path += 2;
			break;
		}
	snprintf(content, sizeof(content), "%s%s", file->content, more);
	if (*mode == '1' && mode[1] == '6')
		snprintf(hex, sizeof(hex), "%c%c%038d", file->content[0], *more ? '5' : '4', 7);
	else
		blob(f, content, hex);
	hex[OID_HEX] = '\0';
	snprintf(entry, sizeof(entry), "%s,%s,%s", mode, hex, path);
	fixture_run(f, "env", variable, "git", "--git-dir", f->repo, "update-index", "--add", "--cacheinfo", entry);
}

/* The tree of these files, with `more` at the end of the first one. */
static struct oid tree_with(struct fixture *f, const struct file *files, const char *more)
{
	char index[FIXTURE_PATH + 16], variable[FIXTURE_PATH + 32];

	snprintf(index, sizeof(index), "%s/index", f->root);
	snprintf(variable, sizeof(variable), "GIT_INDEX_FILE=%s", index);
	unlink(index);
	for (size_t i = 0; i < FILES_MAX && files[i].path; i++)
		add(f, variable, &files[i], i ? "" : more);
	fixture_run(f, "env", variable, "git", "--git-dir", f->repo, "write-tree");
	return fixture_id(f->output);
}

static struct oid commit(struct fixture *f, const struct file *files, const struct oid *first, const struct oid *second)
{
	struct oid tree = tree_with(f, files, "");

	return fixture_commit(f, &tree, "x", first, second, NULL);
}

static struct repo *open_fixture(struct arena *arena, struct fixture *f)
{
	const char *problem = NULL;
	struct repo_environment environment = {.git_dir = f->repo, .quarantine = f->quarantine};
	struct repo *repo = repo_open(arena, &environment, &problem);

	assert_non_null(repo);
	return repo;
}

/* A store whose path git has to quote, and a merge driver that would leave a canary behind. */
static void open_store(struct fixture *f)
{
	char driver[FIXTURE_PATH + 64];

	fixture_open(f, "a:b\"c\\ d.git");
	snprintf(driver, sizeof(driver), "touch '%s/canary'; false", f->root);
	fixture_git(f, "config", "merge.canary.driver", driver);
	fixture_git(f, "config", "merge.default", "canary");
	fixture_run(f, "sh", "-c", "mkdir \"$0/info\" && echo '* merge=canary' >\"$0/info/attributes\"", f->repo);
}

static void assert_no_canary(const struct fixture *f)
{
	char path[FIXTURE_PATH + 16];

	snprintf(path, sizeof(path), "%s/canary", f->root);
	assert_int_not_equal(access(path, F_OK), 0);
}

/* A hash over every file's name and size; git renews the time of an object that it would have written. */
static void snapshot(struct fixture *f, char out[4096])
{
	fixture_run(f, "sh", "-c", "find \"$0\" -printf '%P %s\\n' | sort | sha256sum", f->repo);
	memcpy(out, f->output, 4096);
}

/* What was made to merge in is gone again. */
static void assert_clean(void)
{
	char pattern[64];
	glob_t found;

	snprintf(pattern, sizeof(pattern), "%s/git-policy-%ld-*", P_tmpdir, (long)getpid());
	assert_int_equal(glob(pattern, 0, NULL, &found), GLOB_NOMATCH);
}

/* Base, both sides, and three trees to try: the merge's, one that is a byte off, and that of our side. */
struct set {
	struct oid base, ours, theirs, trees[3];
};

static void set_make(struct fixture *f, const struct scene *scene, struct set *set)
{
	const struct file *result = scene->problem ? scene->theirs : scene->result;

	set->base = commit(f, scene->base, NULL, NULL);
	set->ours = commit(f, scene->ours, &set->base, NULL);
	set->theirs = commit(f, scene->theirs, &set->base, NULL);
	set->trees[0] = tree_with(f, result, "");
	set->trees[1] = tree_with(f, result, "+");
	set->trees[2] = tree_with(f, scene->base, "");
}

static void check(struct repo *repo, const struct scene *scene, const struct set *set)
{
	for (size_t i = 0; i < COUNT(set->trees); i++) {
		enum proof expected = i ? PROOF_DIFFERENT : PROOF_SAME;
		enum proof merged = repo_is_merge(repo, &set->trees[i], &set->ours, &set->theirs, &set->base, 1);

		if (scene->problem) {
			expected = PROOF_CONFLICT;
			assert_true(bytes_starts(bytes_of(repo_problem(repo)), bytes_of(scene->problem)));
		}
		assert_int_equal(merged, expected);
		assert_int_equal(repo_is_applied(repo, &set->trees[i], &set->theirs, &set->ours), expected);
		if (!scene->problem)
			assert_int_equal(repo_is_merge(repo, &set->trees[i], &set->theirs, &set->ours, &set->base, 1),
					 expected);
	}
}

static void merges_are_proved_as_git_makes_them(void **state)
{
	struct set sets[COUNT(scenes)];
	char before[4096], after[4096];
	struct fixture f;

	(void)state;
	open_store(&f);
	for (size_t i = 0; i < COUNT(scenes); i++)
		set_make(&f, &scenes[i], &sets[i]);
	/* half of it all is new */
	fixture_run(&f, "sh", "-c", "mv \"$0\"/objects/[0-7]? \"$1\"", f.repo, f.quarantine);
	snapshot(&f, before);
	for (size_t i = 0; i < COUNT(scenes); i++) {
		struct arena *arena = arena_new();
		struct repo *repo = open_fixture(arena, &f);

		print_message("# %s\n", scenes[i].name);
		check(repo, &scenes[i], &sets[i]);
		assert_clean();
		repo_close(repo);
		arena_free(arena);
	}
	snapshot(&f, after);
	assert_string_equal(before, after);
	assert_no_canary(&f);
	fixture_close(&f);
}

/* Two commits that were merged into each other: each of the bases has what the other lacks. */
static void several_bases_are_merged_first(void **state)
{
	static const struct file root[] = {{"a", TEN}, {"b", "b"}, {NULL, NULL}};
	static const struct file left[] = {{"a", TEN_FIRST}, {"b", "b"}, {NULL, NULL}};
	static const struct file right[] = {{"a", TEN_LAST}, {"b", "b"}, {NULL, NULL}};
	static const struct file both[] = {{"a", TEN_BOTH}, {"b", "b"}, {NULL, NULL}};
	static const struct file ours[] = {{"a", TEN_BOTH}, {"b", "c"}, {NULL, NULL}};
	static const struct file theirs[] = {{"a", TEN_BOTH "more\n"}, {"b", "b"}, {NULL, NULL}};
	static const struct file merged[] = {{"a", TEN_BOTH "more\n"}, {"b", "c"}, {NULL, NULL}};
	static const struct file clash[] = {{"a", TEN_BOTH}, {"b", "d"}, {NULL, NULL}};
	struct arena *arena = arena_new();
	struct fixture f;

	(void)state;
	open_store(&f);
	struct oid r = commit(&f, root, NULL, NULL), x = commit(&f, left, &r, NULL), y = commit(&f, right, &r, NULL);
	struct oid bases[2] = {x, y}, m = commit(&f, both, &x, &y), n = commit(&f, both, &y, &x);
	struct oid p = commit(&f, ours, &m, NULL), q = commit(&f, theirs, &n, NULL), z = commit(&f, clash, &n, NULL);
	struct oid result = tree_with(&f, merged, ""), off = tree_with(&f, merged, "+");
	struct repo *repo = open_fixture(arena, &f);

	assert_int_equal(repo_is_merge(repo, &result, &p, &q, bases, 2), PROOF_SAME);
	assert_int_equal(repo_is_merge(repo, &off, &p, &q, bases, 2), PROOF_DIFFERENT);
	assert_int_equal(repo_is_merge(repo, &result, &p, &z, bases, 2), PROOF_CONFLICT);
	assert_string_equal(repo_problem(repo), "a conflict in b");
	assert_no_canary(&f);
	assert_clean();
	repo_close(repo);
	fixture_close(&f);
	arena_free(arena);
}

static void unrelated_histories_have_nothing_in_common(void **state)
{
	static const struct file one[] = {{"a", "1"}, {NULL, NULL}}, other[] = {{"b", "2"}, {NULL, NULL}},
				 clash[] = {{"a", "3"}, {NULL, NULL}}, sum[] = {{"a", "1"}, {"b", "2"}, {NULL, NULL}};
	struct arena *arena = arena_new();
	struct fixture f;

	(void)state;
	open_store(&f);
	struct oid a = commit(&f, one, NULL, NULL), b = commit(&f, other, NULL, NULL),
		   c = commit(&f, clash, NULL, NULL);
	struct oid both = tree_with(&f, sum, ""), off = tree_with(&f, sum, "+");
	struct repo *repo = open_fixture(arena, &f);

	assert_int_equal(repo_is_merge(repo, &both, &a, &b, NULL, 0), PROOF_SAME);
	assert_int_equal(repo_is_merge(repo, &off, &a, &b, NULL, 0), PROOF_DIFFERENT);
	assert_int_equal(repo_is_merge(repo, &both, &a, &c, NULL, 0), PROOF_CONFLICT);
	/* a commit without a parent is applied to what is there */
	assert_int_equal(repo_is_applied(repo, &both, &b, &a), PROOF_SAME);
	assert_int_equal(repo_is_applied(repo, &off, &b, &a), PROOF_DIFFERENT);
	assert_int_equal(repo_is_applied(repo, &both, &c, &a), PROOF_CONFLICT);
	repo_close(repo);
	fixture_close(&f);
	arena_free(arena);
}

/* A tree of these pairs of mode with name, and id: git itself would not write all of them. */
static struct oid raw_tree(struct fixture *f, const char *const *entries)
{
	char path[FIXTURE_PATH + 16];

	snprintf(path, sizeof(path), "%s/content", f->root);
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	for (; *entries; entries += 2) {
		struct oid id = fixture_id(entries[1]);

		fwrite(entries[0], 1, strlen(entries[0]) + 1, file);
		fwrite(id.id, 1, sizeof(id.id), file);
	}
	assert_int_equal(fclose(file), 0);
	fixture_git(f, "hash-object", "-w", "-t", "tree", "--literally", path);
	return fixture_id(f->output);
}

/* A name that is there twice may hide a file from who looks it up; modes that git no longer writes are still read. */
static void odd_trees_prove_nothing(void **state)
{
	static const struct file base[] = {{"a", "1"}, {NULL, NULL}}, theirs[] = {{"a", "1"}, {"b", "2"}, {NULL, NULL}};
	struct arena *arena = arena_new();
	char one[OID_HEX + 1], two[OID_HEX + 1];
	struct fixture f;

	(void)state;
	open_store(&f);
	struct oid o = commit(&f, base, NULL, NULL), t = commit(&f, theirs, &o, NULL);

	blob(&f, "1", one);
	blob(&f, "2", two);
	struct oid twice = raw_tree(&f, (const char *const[]){"100644 a", one, "100644 b", two, "100644 b", one, NULL});
	struct oid old = raw_tree(&f, (const char *const[]){"100664 a", one, "100644 b", two, NULL}), absent = {{9}};
	struct repo *repo = open_fixture(arena, &f);

	assert_int_equal(repo_is_merge(repo, &twice, &o, &t, &o, 1), PROOF_DIFFERENT);
	assert_int_equal(repo_is_merge(repo, &old, &o, &t, &o, 1), PROOF_SAME);
	assert_int_equal(repo_is_merge(repo, &absent, &o, &t, &o, 1), PROOF_UNKNOWN);
	assert_int_equal(repo_is_merge(repo, &old, &absent, &t, &o, 1), PROOF_UNKNOWN);
	assert_int_equal(repo_is_merge(repo, &old, &o, &t, &absent, 1), PROOF_UNKNOWN);
	assert_int_equal(repo_is_applied(repo, &old, &absent, &o), PROOF_UNKNOWN);
	repo_close(repo);
	fixture_close(&f);
	arena_free(arena);
}

static volatile sig_atomic_t caught;

static void on_signal(int signal_number)
{
	caught = signal_number;
}

/* The signal waits for git's end and for the repository it merges in to be gone. */
static void an_interrupted_merge_leaves_nothing(void **state)
{
	static const struct file base[] = {{"a", "1"}, {NULL, NULL}}, ours[] = {{"a", "2"}, {NULL, NULL}},
				 theirs[] = {{"a", "3"}, {NULL, NULL}};
	struct arena *arena = arena_new();
	sigset_t before;
	struct fixture f;

	(void)state;
	open_store(&f);
	struct oid b = commit(&f, base, NULL, NULL), o = commit(&f, ours, &b, NULL), t = commit(&f, theirs, &b, NULL);
	struct oid tree = tree_with(&f, ours, "");
	struct repo *repo = open_fixture(arena, &f);

	signal(SIGTERM, on_signal);
	interrupt_hold(&before);
	raise(SIGTERM);
	assert_int_equal(repo_is_merge(repo, &tree, &o, &t, &b, 1), PROOF_UNKNOWN);
	assert_non_null(strstr(repo_problem(repo), "was interrupted"));
	assert_int_equal(caught, 0);
	assert_clean();
	interrupt_release(&before);
	assert_int_equal(caught, SIGTERM);
	assert_int_equal(repo_is_merge(repo, &tree, &o, &t, &b, 1), PROOF_CONFLICT);
	signal(SIGTERM, SIG_DFL);
	repo_close(repo);
	fixture_close(&f);
	arena_free(arena);
}

/* Which of the repeated lines are the same ones is a matter of taste: git-merge-file(1) and libgit2 have another. */
static void what_another_merge_makes_is_not_the_merge(void **state)
{
	static const struct file base[] = {{"a", "a\na\nb\nc\n"}, {NULL, NULL}},
				 ours[] = {{"a", "a\na\nb\na\nc\n"}, {NULL, NULL}},
				 theirs[] = {{"a", "a\nb\nc\na\nb\nc\na\na\nc\n"}, {NULL, NULL}},
				 merged[] = {{"a", "a\nb\na\nc\na\nb\nc\na\na\nc\n"}, {NULL, NULL}},
				 other[] = {{"a", "a\nb\nc\na\nb\na\nc\na\na\nc\n"}, {NULL, NULL}};
	struct arena *arena = arena_new();
	struct fixture f;

	(void)state;
	open_store(&f);
	struct oid b = commit(&f, base, NULL, NULL), o = commit(&f, ours, &b, NULL), t = commit(&f, theirs, &b, NULL);
	struct oid trees[] = {tree_with(&f, merged, ""), tree_with(&f, other, "")};
	struct repo *repo = open_fixture(arena, &f);

	for (size_t i = 0; i < COUNT(trees); i++) {
		enum proof expected = i ? PROOF_DIFFERENT : PROOF_SAME;

		assert_int_equal(repo_is_merge(repo, &trees[i], &o, &t, &b, 1), expected);
		assert_int_equal(repo_is_applied(repo, &trees[i], &t, &o), expected);
	}
	repo_close(repo);
	fixture_close(&f);
	arena_free(arena);
}

static void git_is_not_asked_for_ever(void **state)
{
	static const struct file base[] = {{"a", "1"}, {NULL, NULL}}, ours[] = {{"a", "2"}, {NULL, NULL}},
				 theirs[] = {{"a", "3"}, {NULL, NULL}};
	struct arena *arena = arena_new();
	struct fixture f;

	(void)state;
	open_store(&f);
	struct oid b = commit(&f, base, NULL, NULL), o = commit(&f, ours, &b, NULL), t = commit(&f, theirs, &b, NULL);
	struct oid tree = tree_with(&f, ours, ""), merge = commit(&f, ours, &o, &t);
	struct repo *repo = open_fixture(arena, &f);

	/* which of the parents is meant? */
	assert_int_equal(repo_is_applied(repo, &tree, &merge, &b), PROOF_UNKNOWN);
	for (int i = 0; i < 128; i++)
		assert_int_equal(repo_is_merge(repo, &tree, &o, &t, &b, 1), PROOF_CONFLICT);
	assert_int_equal(repo_is_merge(repo, &tree, &o, &t, &b, 1), PROOF_UNKNOWN);
	assert_non_null(strstr(repo_problem(repo), "too many"));
	/* what needs no second opinion is still told */
	assert_int_equal(repo_is_merge(repo, &tree, &o, &b, &b, 1), PROOF_SAME);
	assert_clean();
	repo_close(repo);
	fixture_close(&f);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(merges_are_proved_as_git_makes_them),
		cmocka_unit_test(several_bases_are_merged_first),
		cmocka_unit_test(unrelated_histories_have_nothing_in_common),
		cmocka_unit_test(odd_trees_prove_nothing),
		cmocka_unit_test(an_interrupted_merge_leaves_nothing),
		cmocka_unit_test(what_another_merge_makes_is_not_the_merge),
		cmocka_unit_test(git_is_not_asked_for_ever),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
