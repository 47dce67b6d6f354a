/* test_repo: repositories opened as hooks and people find them, read, and never written to. */
#include "gitfixture.h"

#include "arena.h"
#include "repo.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static struct repo *open_with(struct arena *arena, const struct repo_environment *environment)
{
	const char *problem = NULL;
	struct repo *repo = repo_open(arena, environment, &problem);

	if (!repo)
		fail_msg("repo_open: %s", problem);
	return repo;
}

static struct repo *open_bare(struct arena *arena, const struct fixture *f)
{
	struct repo_environment environment = {.git_dir = f->repo};

	return open_with(arena, &environment);
}

/* How git writes a directory into the alternates variable: octal for whatever it will not write as it is. */
static void quote(const char *path, char *out, size_t room)
{
	size_t len = (size_t)snprintf(out, room, "\"");

	for (; *path; path++)
		len += (size_t)snprintf(out + len, room - len, "\\%03o", (unsigned)(unsigned char)*path);
	snprintf(out + len, room - len, "\"");
}

static void any_path_shows_old_and_new_objects(void **state)
{
	static const char *const names[] = {"plain.git",     "with space.git",	"co:lon.git", "quo\"te.git",
					    "new\nline.git", "caf\303\251.git", "bad\377.git"};

	(void)state;
	for (size_t i = 0; i < COUNT(names); i++) {
		struct arena *arena = arena_new();
		struct fixture f;
		char objects[FIXTURE_PATH + 128], alternates[4 * FIXTURE_PATH];
		enum object_type type;
		struct bytes raw;

		fixture_open(&f, names[i]);
		struct oid old = fixture_commit(&f, NULL, "old", NULL, NULL, NULL);

		snprintf(objects, sizeof(objects), "%s/objects", f.repo);
		quote(objects, alternates, sizeof(alternates));
		f.quarantined = !strchr(names[i], ':') && !strchr(names[i], '\n') && !strchr(names[i], '"');
		struct oid new = fixture_commit(&f, NULL, "new", f.quarantined ? &old : NULL, NULL, NULL);

		if (!f.quarantined) { /* git itself would need the quoting: move the object by hand */
			char from[2 * FIXTURE_PATH], to[2 * FIXTURE_PATH];
			struct oid_hex hex = oid_hex(&new);

			snprintf(to, sizeof(to), "%s/%.2s", f.quarantine, hex.text);
			mkdir(to, 0777);
			snprintf(from, sizeof(from), "%s/%.2s/%s", objects, hex.text, hex.text + 2);
			snprintf(to, sizeof(to), "%s/%.2s/%s", f.quarantine, hex.text, hex.text + 2);
			assert_int_equal(rename(from, to), 0);
		}
		struct repo_environment environment = {
			.git_dir = f.repo, .quarantine = f.quarantine, .alternates = alternates};
		struct repo *repo = open_with(arena, &environment);

		assert_true(repo_quarantined(repo));
		assert_int_equal(repo_read(repo, &old, &type, &raw), ANSWER_YES);
		assert_int_equal(type, OBJECT_COMMIT);
		assert_int_equal(repo_read(repo, &new, &type, &raw), ANSWER_YES);
		assert_true(bytes_ends(raw, BYTES("\n\nnew\n")));
		assert_int_equal(repo_stored(repo, &old), ANSWER_YES);
		assert_int_equal(repo_stored(repo, &new), ANSWER_NO);
		assert_true(bytes_equal(repo_git_dir(repo), bytes_of(f.repo)));
		assert_int_equal(repo_work_tree(repo).len, 0);
		repo_close(repo);
		fixture_close(&f);
		arena_free(arena);
	}
}

static void forks_see_what_they_borrow(void **state)
{
	struct arena *arena = arena_new();
	struct fixture f, lender;
	char objects[FIXTURE_PATH + 128];
	enum object_type type;
	size_t size;

	(void)state;
	fixture_open(&lender, "lender.git");
	fixture_open(&f, "fork.git");
	struct oid lent = fixture_commit(&lender, NULL, "lent", NULL, NULL, NULL);
	struct repo_environment environment = {.git_dir = f.repo, .alternates = objects};

	snprintf(objects, sizeof(objects), "/nowhere:%s/objects", lender.repo);
	struct repo *repo = open_with(arena, &environment);

	assert_int_equal(repo_header(repo, &lent, &type, &size), ANSWER_YES);
	assert_int_equal(repo_stored(repo, &lent), ANSWER_YES);
	repo_close(repo);
	snprintf(objects, sizeof(objects), "%s/objects\n", lender.repo);
	fixture_write(&f, "fork.git/objects/info/alternates", objects);
	repo = open_bare(arena, &f);
	assert_int_equal(repo_header(repo, &lent, &type, &size), ANSWER_YES);
	assert_int_equal(repo_stored(repo, &lent), ANSWER_YES);
	repo_close(repo);
	fixture_close(&f);
	fixture_close(&lender);
	arena_free(arena);
}

static void what_cannot_be_judged_is_refused(void **state)
{
	static const struct {
		const char *config, *expected;
	} cases[] = {
		{"[core]\nrepositoryformatversion = 1\n[extensions]\nobjectformat = sha256\n",
		 "cannot judge this repository format"},
		{"[core]\nrepositoryformatversion = 1\n[extensions]\nrefstorage = reftable\n",
		 "cannot judge this repository format"},
		{"[core]\nrepositoryformatversion = 1\n[extensions]\nnewfangled = true\n",
		 "cannot judge this repository format"},
		{"[core]\nrepositoryformatversion = 2\n", "cannot judge this repository format"},
		{"[core\n", "cannot open the repository"},
	};
	struct arena *arena = arena_new();
	struct fixture f;
	const char *problem = NULL;

	(void)state;
	fixture_open(&f, "x.git");
	struct repo_environment environment = {.git_dir = f.repo};

	for (size_t i = 0; i < COUNT(cases); i++) {
		fixture_write(&f, "x.git/config", cases[i].config);
		assert_null(repo_open(arena, &environment, &problem));
		assert_true(bytes_starts(bytes_of(problem), bytes_of(cases[i].expected)));
	}
	fixture_write(&f, "x.git/config", "[core]\nbare = true\n");
	environment.shallow = "shallow_x";
	assert_null(repo_open(arena, &environment, &problem));
	assert_string_equal(problem, "cannot judge a shallow repository");
	environment.shallow = NULL;
	fixture_write(&f, "x.git/shallow", "1111111111111111111111111111111111111111\n");
	assert_null(repo_open(arena, &environment, &problem));
	assert_string_equal(problem, "cannot judge a shallow repository");
	environment.git_dir = "/nonexistent";
	assert_null(repo_open(arena, &environment, &problem));
	assert_true(bytes_starts(bytes_of(problem), BYTES("cannot open the repository")));
	fixture_close(&f);
	arena_free(arena);
}

static void a_missing_object_is_not_a_broken_one(void **state)
{
	struct arena *arena = arena_new();
	struct fixture f;
	char path[2 * FIXTURE_PATH];
	enum object_type type;
	struct bytes raw;
	size_t size;

	(void)state;
	fixture_open(&f, "x.git");
	struct oid id = fixture_commit(&f, NULL, "one", NULL, NULL, NULL), missing = {{1}};
	struct repo *repo = open_bare(arena, &f);

	assert_false(repo_quarantined(repo));
	assert_int_equal(repo_header(repo, &id, &type, &size), ANSWER_YES);
	assert_int_equal(repo_read(repo, &missing, &type, &raw), ANSWER_NO);
	assert_int_equal(repo_header(repo, &missing, &type, &size), ANSWER_NO);
	assert_int_equal(repo_stored(repo, &missing), ANSWER_NO);
	snprintf(path, sizeof(path), "%s/objects/%.2s/%s", f.repo, oid_hex(&id).text, oid_hex(&id).text + 2);
	chmod(path, 0644);
	assert_int_equal(truncate(path, 0), 0);
	assert_int_equal(repo_read(repo, &id, &type, &raw), ANSWER_UNKNOWN);
	assert_true(bytes_contains(bytes_of(repo_problem(repo)), bytes_of(oid_hex(&id).text)));
	repo_close(repo);
	fixture_close(&f);
	arena_free(arena);
}

static void a_huge_object_is_not_inflated(void **state)
{
	struct arena *arena = arena_new();
	struct fixture f;
	char path[FIXTURE_PATH + 16];
	enum object_type type;
	struct bytes raw;

	(void)state;
	fixture_open(&f, "x.git");
	snprintf(path, sizeof(path), "%s/huge", f.root);
	fixture_run(&f, "truncate", "-s", "65M", path);
	fixture_git(&f, "hash-object", "-w", path);
	struct oid id = fixture_id(f.output);
	struct repo *repo = open_bare(arena, &f);

	assert_int_equal(repo_read(repo, &id, &type, &raw), ANSWER_UNKNOWN);
	assert_true(bytes_contains(bytes_of(repo_problem(repo)), BYTES("larger than 64 MiB")));
	repo_close(repo);
	fixture_close(&f);
	arena_free(arena);
}

static bool count_ref(void *context, struct bytes ref, const struct oid *id)
{
	(void)id;
	assert_false(bytes_equal(ref, BYTES("refs/heads/alias")));
	return ++*(size_t *)context < 3;
}

static void refs_are_read_and_links_followed(void **state)
{
	struct arena *arena = arena_new();
	struct fixture f;
	struct oid id;
	struct bytes target;
	size_t count = 0;
	char deep[32], next[32];

	(void)state;
	fixture_open(&f, "x.git");
	struct oid one = fixture_commit(&f, NULL, "one", NULL, NULL, NULL);

	fixture_ref(&f, "refs/heads/main", &one);
	fixture_git(&f, "pack-refs", "--all");
	fixture_ref(&f, "refs/heads/x", &one);
	fixture_git(&f, "symbolic-ref", "refs/heads/alias", "refs/heads/main");
	fixture_git(&f, "symbolic-ref", "refs/heads/dangling", "refs/heads/none");
	fixture_git(&f, "symbolic-ref", "refs/heads/a", "refs/heads/b");
	fixture_git(&f, "symbolic-ref", "refs/heads/b", "refs/heads/a");
	for (int i = 0; i < 7; i++) {
		snprintf(deep, sizeof(deep), "refs/heads/deep%d", i);
		snprintf(next, sizeof(next), "refs/heads/deep%d", i + 1);
		fixture_git(&f, "symbolic-ref", deep, next);
	}
	struct repo *repo = open_bare(arena, &f);

	assert_int_equal(repo_ref(repo, BYTES("refs/heads/main"), &id), ANSWER_YES);
	assert_true(oid_equal(&id, &one));
	assert_int_equal(repo_ref(repo, BYTES("refs/heads/alias"), &id), ANSWER_YES);
	assert_int_equal(repo_ref(repo, BYTES("refs/heads/none"), &id), ANSWER_NO);
	assert_int_equal(repo_ref(repo, BYTES("refs/heads/dangling"), &id), ANSWER_NO);
	assert_int_equal(repo_ref(repo, BYTES("refs/heads/x/y"), &id), ANSWER_NO);
	assert_int_equal(repo_ref(repo, BYTES("refs/heads"), &id), ANSWER_NO);
	assert_int_equal(repo_ref(repo, BYTES("refs/heads/a"), &id), ANSWER_UNKNOWN);
	assert_int_equal(repo_ref(repo, BYTES("refs/heads/main\0x"), &id), ANSWER_UNKNOWN);
	assert_int_equal(repo_symbolic(repo, BYTES("refs/heads/main"), &target, arena), ANSWER_NO);
	assert_int_equal(repo_symbolic(repo, BYTES("refs/heads/none"), &target, arena), ANSWER_NO);
	assert_int_equal(repo_symbolic(repo, BYTES("refs/heads/alias"), &target, arena), ANSWER_YES);
	assert_true(bytes_equal(target, BYTES("refs/heads/main")));
	assert_int_equal(repo_symbolic(repo, BYTES("refs/heads/dangling"), &target, arena), ANSWER_YES);
	assert_true(bytes_equal(target, BYTES("refs/heads/none")));
	assert_int_equal(repo_symbolic(repo, BYTES("refs/heads/a"), &target, arena), ANSWER_UNKNOWN);
	assert_int_equal(repo_symbolic(repo, BYTES("refs/heads/deep0"), &target, arena), ANSWER_UNKNOWN);
	assert_int_equal(repo_symbolic(repo, BYTES("refs/heads/deep2"), &target, arena), ANSWER_YES);
	assert_true(bytes_equal(target, BYTES("refs/heads/deep7")));
	assert_int_equal(repo_refs(repo, count_ref, &count), ANSWER_YES);
	assert_int_equal(count, 2);
	fixture_write(&f, "x.git/refs/heads/x", "garbage\n");
	assert_int_equal(repo_ref(repo, BYTES("refs/heads/x"), &id), ANSWER_UNKNOWN);
	repo_close(repo);
	fixture_close(&f);
	arena_free(arena);
}

/* Who asks on a server is not told where it leads: git and libgit2 differ about that. */
static void assert_linked(struct repo *repo, const char *ref, const char *link)
{
	struct arena *arena = arena_new();
	struct bytes target;

	assert_int_equal(repo_symbolic(repo, bytes_of(ref), &target, arena), ANSWER_UNKNOWN);
	struct bytes told = bytes_of(repo_problem(repo)), wanted = bytes_printf(arena, "%s is a symbolic link", link);

	assert_true(bytes_starts(told, wanted));
	arena_free(arena);
}

static void assert_unlinked(struct repo *repo, const char *ref, enum answer wanted)
{
	struct arena *arena = arena_new();
	struct bytes target;

	assert_int_equal(repo_symbolic(repo, bytes_of(ref), &target, arena), wanted);
	arena_free(arena);
}

static void put_link(const struct fixture *f, const char *target, const char *name)
{
	char path[FIXTURE_PATH + 96];

	snprintf(path, sizeof(path), "%s/%s", f->root, name);
	assert_int_equal(symlink(target, path), 0);
}

static void a_link_of_the_file_system_is_no_ref(void **state)
{
	struct arena *arena = arena_new();
	struct fixture f;

	(void)state;
	fixture_open(&f, "x.git");
	struct oid one = fixture_commit(&f, NULL, "one", NULL, NULL, NULL);

	fixture_ref(&f, "refs/heads/main", &one);
	fixture_ref(&f, "refs/heads/fix/x", &one);
	fixture_git(&f, "symbolic-ref", "refs/heads/alias", "refs/heads/feature/main");
	fixture_git(&f, "symbolic-ref", "refs/heads/long", "refs/heads/fix/rel");
	fixture_git(&f, "symbolic-ref", "refs/heads/plain", "refs/heads/fix/x");
	put_link(&f, ".", "x.git/refs/heads/feature");
	put_link(&f, "main", "x.git/refs/heads/file");
	put_link(&f, "refs/heads/release", "x.git/refs/heads/fix/rel");
	put_link(&f, "x.git", "link.git");
	snprintf(f.repo, sizeof(f.repo), "%s/link.git", f.root);
	struct repo *repo = open_bare(arena, &f);

	assert_linked(repo, "refs/heads/feature", "refs/heads/feature");
	assert_linked(repo, "refs/heads/feature/main", "refs/heads/feature");
	assert_linked(repo, "refs/heads/feature/none/x", "refs/heads/feature");
	assert_linked(repo, "refs/heads/file", "refs/heads/file");
	assert_linked(repo, "refs/heads/fix/rel", "refs/heads/fix/rel");
	assert_linked(repo, "refs/heads/fix/rel/x", "refs/heads/fix/rel");
	assert_linked(repo, "refs/heads/alias", "refs/heads/feature");
	assert_linked(repo, "refs/heads/long", "refs/heads/fix/rel");
	assert_unlinked(repo, "refs/heads/main", ANSWER_NO);
	assert_unlinked(repo, "refs/heads/main/x", ANSWER_NO);
	assert_unlinked(repo, "refs/heads/fix/x", ANSWER_NO);
	assert_unlinked(repo, "refs/heads/fix/none", ANSWER_NO);
	assert_unlinked(repo, "refs/none/none", ANSWER_NO);
	assert_unlinked(repo, "refs/heads/plain", ANSWER_YES);
	repo_close(repo);
	fixture_close(&f);
	arena_free(arena);
}

static void what_cannot_be_looked_at_is_no_link_and_not_nothing(void **state)
{
	struct arena *arena = arena_new();
	char name[320];
	struct fixture f;

	(void)state;
	fixture_open(&f, "x.git");
	struct repo *repo = open_bare(arena, &f);

	snprintf(name, sizeof(name), "refs/heads/%0300d/x", 0); /* a name has 255 bytes at most */
	assert_unlinked(repo, name, ANSWER_UNKNOWN);
	assert_true(bytes_starts(bytes_of(repo_problem(repo)), BYTES("cannot look at refs/heads/000")));
	repo_close(repo);
	fixture_close(&f);
	arena_free(arena);
}

static void the_folder_of_refs_may_be_none_either(void **state)
{
	struct arena *arena = arena_new();
	char path[FIXTURE_PATH + 96], moved[FIXTURE_PATH + 96];
	struct fixture f;

	(void)state;
	fixture_open(&f, "x.git");
	snprintf(path, sizeof(path), "%s/refs", f.repo);
	snprintf(moved, sizeof(moved), "%s/elsewhere", f.root);
	assert_int_equal(rename(path, moved), 0);
	put_link(&f, moved, "x.git/refs");
	struct repo *repo = open_bare(arena, &f);

	assert_linked(repo, "refs/heads/main", "refs");
	repo_close(repo);
	const struct repo_environment clone = {.git_dir = f.repo, .client = true};
	const char *problem = NULL;

	repo = repo_open(arena, &clone, &problem);
	assert_non_null(repo);
	assert_unlinked(repo, "refs/heads/main", ANSWER_NO);
	repo_close(repo);
	fixture_close(&f);
	arena_free(arena);
}

static void a_server_reads_its_own_configuration_only(void **state)
{
	struct arena *arena = arena_new();
	struct fixture f;
	char path[FIXTURE_PATH + 16];
	struct bytes value;

	(void)state;
	fixture_open(&f, "x.git");
	fixture_git(&f, "config", "policy.file", "own");
	fixture_write(&f, "global", "[commit]\ncleanup = scissors\n");
	snprintf(path, sizeof(path), "%s/global", f.root);
	setenv("GIT_CONFIG_GLOBAL", path, 1);
	setenv("GIT_CONFIG_NOSYSTEM", "1", 1);
	setenv("GIT_CONFIG_PARAMETERS", "'policy.file'='mine'", 1);
	struct repo_environment environment = {.git_dir = f.repo};
	struct repo *repo = open_with(arena, &environment);

	assert_int_equal(repo_config(repo, "policy.file", arena, &value), ANSWER_YES);
	assert_true(bytes_equal(value, BYTES("own")));
	assert_int_equal(repo_config(repo, "commit.cleanup", arena, &value), ANSWER_NO);
	repo_close(repo);
	environment.client = true;
	repo = open_with(arena, &environment);
	assert_int_equal(repo_config(repo, "policy.file", arena, &value), ANSWER_YES);
	assert_true(bytes_equal(value, BYTES("mine")));
	assert_int_equal(repo_config(repo, "commit.cleanup", arena, &value), ANSWER_YES);
	assert_true(bytes_equal(value, BYTES("scissors")));
	setenv("GIT_CONFIG_PARAMETERS", "broken", 1);
	assert_int_equal(repo_config(repo, "policy.file", arena, &value), ANSWER_UNKNOWN);
	unsetenv("GIT_CONFIG_PARAMETERS");
	assert_int_equal(repo_config(repo, "policy.file", arena, &value), ANSWER_YES);
	assert_true(bytes_equal(value, BYTES("own")));
	repo_close(repo);
	setenv("GIT_CONFIG_GLOBAL", "/dev/null", 1);
	repo = open_with(arena, &environment);
	assert_int_equal(repo_config(repo, "commit.cleanup", arena, &value), ANSWER_NO);
	repo_close(repo);
	unsetenv("GIT_CONFIG_GLOBAL");
	fixture_close(&f);
	arena_free(arena);
}

static void a_client_opens_any_work_tree(void **state)
{
	struct arena *arena = arena_new();
	struct fixture f;
	char clone[FIXTURE_PATH + 16], linked[FIXTURE_PATH + 16], inside[FIXTURE_PATH + 64];

	(void)state;
	fixture_open(&f, "x.git");
	struct oid one = fixture_commit(&f, NULL, "one", NULL, NULL, NULL);

	fixture_ref(&f, "refs/heads/main", &one);
	snprintf(clone, sizeof(clone), "%s/clone", f.root);
	snprintf(linked, sizeof(linked), "%s/linked", f.root);
	fixture_run(&f, "git", "clone", "-q", f.repo, clone);
	fixture_run(&f, "git", "-C", clone, "worktree", "add", "-q", linked, "HEAD");
	fixture_run(&f, "git", "-C", clone, "config", "extensions.worktreeConfig", "true");
	fixture_run(&f, "git", "-C", clone, "config", "core.repositoryFormatVersion", "1");
	setenv("GIT_WORK_TREE", clone, 1);
	snprintf(inside, sizeof(inside), "%s/.git/worktrees/linked", clone);
	struct repo_environment environment = {.git_dir = inside, .client = true};
	struct repo *repo = open_with(arena, &environment);

	assert_true(bytes_equal(repo_git_dir(repo), bytes_of(inside)));
	assert_true(bytes_equal(repo_work_tree(repo), bytes_of(linked)));
	repo_close(repo);
	snprintf(inside, sizeof(inside), "%s/.git", linked);
	repo = open_with(arena, &environment);
	assert_true(bytes_equal(repo_work_tree(repo), bytes_of(linked)));
	repo_close(repo);
	environment = (struct repo_environment){.git_dir = f.repo, .work_tree = clone, .client = true};
	repo = open_with(arena, &environment);
	assert_true(bytes_equal(repo_work_tree(repo), bytes_of(clone)));
	repo_close(repo);
	unsetenv("GIT_WORK_TREE");
	snprintf(inside, sizeof(inside), "%s/.git/info", clone);
	assert_int_equal(chdir(inside), 0);
	environment = (struct repo_environment){.client = true};
	repo = open_with(arena, &environment);
	assert_true(bytes_equal(repo_work_tree(repo), bytes_of(clone)));
	repo_close(repo);
	assert_int_equal(chdir("/"), 0);
	fixture_close(&f);
	arena_free(arena);
}

static void a_blob_is_found_by_its_path(void **state)
{
	struct arena *arena = arena_new();
	struct fixture f;
	struct bytes content;

	(void)state;
	fixture_open(&f, "x.git");
	struct oid tree = fixture_tree(&f, (const char *const[]){"policy.ini", "[policy]\n", "a/b", "deep", NULL});
	struct oid one = fixture_commit(&f, &tree, "one", NULL, NULL, NULL), missing = {{1}};
	struct repo *repo = open_bare(arena, &f);

	assert_int_equal(repo_blob(repo, &one, "policy.ini", arena, &content), ANSWER_YES);
	assert_true(bytes_equal(content, BYTES("[policy]\n")));
	assert_int_equal(repo_blob(repo, &one, "a/b", arena, &content), ANSWER_YES);
	assert_true(bytes_equal(content, BYTES("deep")));
	assert_int_equal(repo_blob(repo, &one, "a", arena, &content), ANSWER_NO);
	assert_int_equal(repo_blob(repo, &one, "a/c", arena, &content), ANSWER_NO);
	assert_int_equal(repo_blob(repo, &one, "policy.ini/x", arena, &content), ANSWER_NO);
	assert_int_equal(repo_blob(repo, &missing, "a", arena, &content), ANSWER_UNKNOWN);
	assert_int_equal(repo_blob(repo, &tree, "a", arena, &content), ANSWER_UNKNOWN);
	repo_close(repo);
	fixture_close(&f);
	arena_free(arena);
}

/* A hash over every file's name and size; git renews the time of an object that it would have written. */
static void snapshot(struct fixture *f, char out[4096])
{
	fixture_run(f, "sh", "-c", "find \"$0\" -printf '%P %s\\n' | sort | sha256sum", f->repo);
	memcpy(out, f->output, 4096);
}

#define TREE(...) fixture_tree(&f, (const char *const[]){__VA_ARGS__, NULL})
#define LINES_1 "one\ntwo\nthree\nfour\nfive\nsix\nseven\n"
#define LINES_2 "one\nTWO\nthree\nfour\nfive\nsix\nseven\n"
#define LINES_3 "one\nTWO\nthree\nfour\nfive\nsix\nSEVEN\n"
#define LINES_4 "one\ntwo\nthree\nfour\nfive\nsix\nSEVEN\n"

static void a_revert_is_proved_without_writing(void **state)
{
	struct arena *arena = arena_new();
	struct fixture f;
	char before[4096], after[4096];

	(void)state;
	fixture_open(&f, "x.git");
	struct oid trees[] = {TREE("a", LINES_1), TREE("a", LINES_2),	TREE("a", LINES_3),
			      TREE("a", LINES_4), TREE("a", "other\n"), TREE("b", "b")};
	struct oid root = fixture_commit(&f, &trees[0], "root", NULL, NULL, NULL);
	struct oid change = fixture_commit(&f, &trees[1], "change", &root, NULL, NULL);
	struct oid later = fixture_commit(&f, &trees[2], "later", &change, NULL, NULL);
	struct oid clash = fixture_commit(&f, &trees[4], "clash", &change, NULL, NULL);
	struct oid side = fixture_commit(&f, &trees[5], "side", NULL, NULL, NULL);
	struct oid empty_change = fixture_commit(&f, &trees[1], "nothing", &change, NULL, NULL);
	struct oid merge = fixture_commit(&f, &trees[1], "merge", &root, &side, NULL);
	/* which of the repeated lines are the same ones: as git has it, and as libgit2 has it */
	struct oid repeats[] = {TREE("a", "a\nb\nc\na\nb\nc\na\na\nc\n"), TREE("a", "a\na\nb\nc\n"),
				TREE("a", "a\na\nb\na\nc\n"), TREE("a", "a\nb\na\nc\na\nb\nc\na\na\nc\n"),
				TREE("a", "a\nb\nc\na\nb\na\nc\na\na\nc\n")};
	struct oid repeating = fixture_commit(&f, &repeats[0], "repeating", NULL, NULL, NULL);
	struct oid fewer = fixture_commit(&f, &repeats[1], "fewer", &repeating, NULL, NULL);
	struct oid more = fixture_commit(&f, &repeats[2], "more", &fewer, NULL, NULL);
	const struct {
		const struct oid *tree, *reverted, *onto;
		enum answer answer;
	} cases[] = {
		{&trees[0], &change, &change, ANSWER_YES},
		{&trees[3], &change, &later, ANSWER_YES}, /* both change the file: merged by lines */
		{&trees[0], &change, &later, ANSWER_NO},
		{&trees[2], &change, &later, ANSWER_NO},
		{&trees[0], &change, &clash, ANSWER_NO},
		{&trees[0], &merge, &merge, ANSWER_YES}, /* what the merge changed against its first parent */
		{&trees[5], &merge, &merge, ANSWER_YES}, /* and against its second: git revert --mainline 2 */
		{&trees[2], &merge, &merge, ANSWER_NO},
		{&trees[1], &empty_change, &change, ANSWER_NO}, /* nothing was undone */
		{&repeats[3], &fewer, &more, ANSWER_YES},
		{&repeats[4], &fewer, &more, ANSWER_NO},
	};
	struct oid empty, absent = {{9}};

	fixture_git(&f, "hash-object", "-w", "-t", "tree", "/dev/null");
	empty = fixture_id(f.output);
	struct repo *repo = open_bare(arena, &f);

	snapshot(&f, before);
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_int_equal(repo_is_revert(repo, cases[i].tree, cases[i].reverted, cases[i].onto),
				 cases[i].answer);
	assert_int_equal(repo_is_revert(repo, &empty, &root, &root), ANSWER_YES);
	assert_int_equal(repo_is_revert(repo, &empty, &absent, &root), ANSWER_UNKNOWN);
	snapshot(&f, after);
	assert_string_equal(before, after);
	repo_close(repo);
	fixture_close(&f);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(any_path_shows_old_and_new_objects),
		cmocka_unit_test(forks_see_what_they_borrow),
		cmocka_unit_test(what_cannot_be_judged_is_refused),
		cmocka_unit_test(a_missing_object_is_not_a_broken_one),
		cmocka_unit_test(a_huge_object_is_not_inflated),
		cmocka_unit_test(refs_are_read_and_links_followed),
		cmocka_unit_test(a_link_of_the_file_system_is_no_ref),
		cmocka_unit_test(what_cannot_be_looked_at_is_no_link_and_not_nothing),
		cmocka_unit_test(the_folder_of_refs_may_be_none_either),
		cmocka_unit_test(a_server_reads_its_own_configuration_only),
		cmocka_unit_test(a_client_opens_any_work_tree),
		cmocka_unit_test(a_blob_is_found_by_its_path),
		cmocka_unit_test(a_revert_is_proved_without_writing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
