/* test_factsadded: what commits add, files that no parent has so, and what is read of them. */
#include "gitfixture.h"

#include "arena.h"
#include "gather.h"

static struct arena *memory;

/** A repository and what is asked of it. */
struct world {
	struct fixture f;
	struct repo *repo;
	struct layers layers;
	struct people people;
	struct facts *facts;
};

static void world_open(struct world *w)
{
	struct repo_environment environment = {.git_dir = w->f.repo};
	const char *problem;

	w->repo = repo_open(memory, &environment, &problem);
	assert_non_null(w->repo);
	w->layers.people = &w->people;
	w->facts = facts_new(memory, w->repo, &w->layers, NULL, BYTES("eve"));
}

static void world_end(struct world *w)
{
	repo_close(w->repo);
	fixture_close(&w->f);
}

#define TREE(...) fixture_tree(&w.f, (const char *const[]){__VA_ARGS__, NULL})
#define COMMIT(tree, ...) fixture_commit(&w.f, tree, "x", __VA_ARGS__)

/* The paths that a commit adds, each followed by a blank; or why that cannot be told. */
static const char *added_by(struct world *w, const struct oid *id, bool whole)
{
	struct buffer paths = {.arena = memory};
	const struct commit *commit;
	const struct added *added;
	size_t count;

	assert_int_equal(facts_commit(w->facts, id, &commit), ANSWER_YES);
	if (facts_added(w->facts, commit, whole, &added, &count) != ANSWER_YES)
		return facts_reason(w->facts);
	for (size_t i = 0; i < count; i++)
		buffer_printf(&paths, "%.*s ", BYTES_ARG(added[i].path));
	buffer_add(&paths, BYTES("\0"));
	return paths.data;
}

static void a_commit_adds_what_no_parent_has_so(void **state)
{
	struct world w = {0};

	(void)state;
	fixture_open(&w.f, "x.git");
	struct oid base = TREE("a", "1", "d/e", "1", "d/f/g", "1", "z", "1");
	struct oid ours = TREE("a", "2", "d/e", "1", "d/f/g", "1", "z", "1");
	struct oid theirs = TREE("a", "1", "d/e", "1", "d/f/g", "2", "d/f/h", "1", "z", "1");
	struct oid merged = TREE("a", "2", "d/e", "1", "d/f/g", "2", "d/f/h", "1", "z", "1");
	struct oid evil = TREE("a", "3", "d/e", "1", "d/f/g", "2", "d/f/h", "4", "d/k", "1", "z", "1");
	struct oid moved = TREE("a/b", "1", "d", "1");
	struct oid root = COMMIT(&base, NULL, NULL, NULL), left = COMMIT(&ours, &root, NULL, NULL);
	struct oid right = COMMIT(&theirs, &root, NULL, NULL), merge = COMMIT(&merged, &left, &right, NULL);
	struct oid bad = COMMIT(&evil, &left, &right, NULL), other = COMMIT(&moved, &root, NULL, NULL);
	struct oid same = COMMIT(&base, &root, NULL, NULL), gone = COMMIT(NULL, &root, NULL, NULL);
	struct oid octopus = COMMIT(&evil, &bad, &left, &right);

	world_open(&w);
	assert_string_equal(added_by(&w, &root, false), "a d/e d/f/g z ");
	assert_string_equal(added_by(&w, &left, false), "a ");
	assert_string_equal(added_by(&w, &right, false), "d/f/g d/f/h ");
	assert_string_equal(added_by(&w, &merge, false), "");
	assert_string_equal(added_by(&w, &bad, false), "a d/f/h d/k ");
	assert_string_equal(added_by(&w, &octopus, false), "");
	assert_string_equal(added_by(&w, &other, false), "a/b d ");
	assert_string_equal(added_by(&w, &same, false), "");
	assert_string_equal(added_by(&w, &gone, false), "");
	assert_string_equal(added_by(&w, &merge, true), "a d/e d/f/g d/f/h z ");
	assert_string_equal(added_by(&w, &gone, true), "");
	world_end(&w);
}

/* A tree of lines as git-ls-tree(1) writes them, where $b is a blob and $s a commit. */
static struct oid odd_tree(struct fixture *f, const char *lines)
{
	fixture_run(f, "sh", "-c",
		    "export GIT_DIR=\"$0\"; b=$(echo 1 | git hash-object -w --stdin); "
		    "c=$(echo 2 | git hash-object -w --stdin); "
		    "s=1111111111111111111111111111111111111111; eval \"printf \\\"$1\\\"\" | git mktree --missing",
		    f->repo, lines);
	return fixture_id(f->output);
}

static void kinds_of_files_are_told_apart(void **state)
{
	const struct commit *parsed;
	const struct added *added;
	struct world w = {0};
	size_t count, size;

	(void)state;
	fixture_open(&w.f, "x.git");
	struct oid plain = odd_tree(&w.f, "100644 blob $b\\ta\\n100644 blob $b\\tb\\n");
	struct oid odd = odd_tree(
		&w.f, "100755 blob $b\\ta\\n120000 blob $b\\tb\\n100644 blob $b\\tc\\n160000 commit $s\\td\\n");
	struct oid first = COMMIT(&plain, NULL, NULL, NULL), second = COMMIT(&odd, &first, NULL, NULL);

	world_open(&w);
	assert_int_equal(facts_commit(w.facts, &second, &parsed), ANSWER_YES);
	assert_int_equal(facts_added(w.facts, parsed, false, &added, &count), ANSWER_YES);
	assert_int_equal(count, 4);
	assert_int_equal(added[0].mode, 0100755);
	assert_int_equal(added[1].mode, 0120000);
	assert_int_equal(added[2].mode, 0100644);
	assert_int_equal(added[3].mode, 0160000);
	assert_int_equal(facts_size(w.facts, &added[0].id, &size), ANSWER_YES);
	assert_int_equal(size, 2);
	assert_int_equal(facts_size(w.facts, &added[3].id, &size), ANSWER_UNKNOWN);
	world_end(&w);
}

/* What git itself would refuse to make, names twice or out of order: each name has one letter, and so has its file. */
static struct oid hostile_tree(struct fixture *f, const char *names)
{
	char path[FIXTURE_PATH + 16];

	snprintf(path, sizeof(path), "%s/tree", f->root);
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	for (; *names; names += 2) {
		char content[2] = {names[1], '\0'};
		struct oid id = fixture_tree(f, (const char *const[]){"x", content, NULL});

		fixture_git(f, "rev-parse", bytes_printf(memory, "%s:x", oid_hex(&id).text).data);
		id = fixture_id(f->output);
		fprintf(file, "100644 %c%c", names[0], '\0');
		fwrite(id.id, 1, sizeof(id.id), file);
	}
	assert_int_equal(fclose(file), 0);
	fixture_git(f, "hash-object", "-w", "-t", "tree", "--literally", path);
	return fixture_id(f->output);
}

static void a_bent_tree_hides_nothing(void **state)
{
	struct world w = {0};

	(void)state;
	fixture_open(&w.f, "x.git");
	struct oid plain = TREE("a", "1", "b", "1", "c", "1");
	struct oid twice = hostile_tree(&w.f, "a1a2b1c1"), turned = hostile_tree(&w.f, "c1b2a1");
	struct oid first = COMMIT(&plain, NULL, NULL, NULL), second = COMMIT(&twice, &first, NULL, NULL);
	struct oid third = COMMIT(&turned, &first, NULL, NULL), fourth = COMMIT(&plain, &third, NULL, NULL);

	fixture_run(&w.f, "sh", "-c",
		    "printf '100644 a' | git --git-dir \"$0\" hash-object -w -t tree --literally --stdin", w.f.repo);
	struct oid half = fixture_id(w.f.output), fifth = COMMIT(&half, &first, NULL, NULL);
	struct oid sixth = COMMIT(&plain, &fifth, NULL, NULL);

	world_open(&w);
	assert_string_equal(added_by(&w, &second, false), "a ");
	assert_string_equal(added_by(&w, &third, false), "b a ");
	assert_non_null(strstr(added_by(&w, &fourth, false), "b "));
	assert_non_null(strstr(added_by(&w, &fifth, false), "broken tree"));
	assert_string_equal(added_by(&w, &sixth, false), "a b c "); /* a parent's fault is not the child's */
	world_end(&w);
}

static void missing_objects_are_no_answer(void **state)
{
	char path[2 * FIXTURE_PATH];
	struct world w = {0};

	(void)state;
	fixture_open(&w.f, "x.git");
	struct oid old = TREE("d/a", "1"), new = TREE("d/a", "2", "e", "1"), root = COMMIT(&old, NULL, NULL, NULL);
	struct oid next = COMMIT(&new, &root, NULL, NULL);

	fixture_git(&w.f, "rev-parse", bytes_printf(memory, "%s:d", oid_hex(&old).text).data);
	snprintf(path, sizeof(path), "%s/objects/%.2s/%.38s", w.f.repo, w.f.output, w.f.output + 2);
	assert_int_equal(unlink(path), 0);
	world_open(&w);
	assert_non_null(strstr(added_by(&w, &root, false), "no tree"));
	assert_non_null(strstr(added_by(&w, &next, false), "no tree"));
	world_end(&w);
}

static void files_and_folders_are_read(void **state)
{
	const struct bytes *names;
	struct bytes content, other;
	struct world w = {0};
	unsigned mode;
	size_t count;
	struct oid id;

	(void)state;
	fixture_open(&w.f, "x.git");
	struct oid tree = TREE("A", "one", "d/b", "two", "d/B", "three", "d/e/f", "");
	struct oid commit = COMMIT(&tree, NULL, NULL, NULL), absent = {{9}};

	world_open(&w);
	assert_int_equal(facts_entry(w.facts, &commit, BYTES("d/b"), &mode, &id), ANSWER_YES);
	assert_int_equal(mode, 0100644);
	assert_int_equal(facts_blob(w.facts, &id, &content), ANSWER_YES);
	assert_int_equal(facts_entry(w.facts, &commit, BYTES("d"), &mode, &id), ANSWER_YES);
	assert_int_equal(mode, 040000);
	assert_int_equal(facts_names(w.facts, &id, &names, &count), ANSWER_YES);
	assert_int_equal(count, 3);
	assert_true(bytes_equal(names[0], BYTES("B")) && bytes_equal(names[2], BYTES("e")));
	assert_int_equal(facts_entry(w.facts, &commit, BYTES("d/b/c"), &mode, &id), ANSWER_NO);
	assert_int_equal(facts_entry(w.facts, &absent, BYTES("d"), &mode, &id), ANSWER_UNKNOWN);
	assert_int_equal(facts_names(w.facts, &absent, &names, &count), ANSWER_UNKNOWN);
	assert_int_equal(facts_file(w.facts, &commit, BYTES("A"), &other), ANSWER_YES);
	assert_true(bytes_equal(content, BYTES("two"))); /* whatever else was read meanwhile */
	assert_int_equal(facts_blob(w.facts, &tree, &content), ANSWER_UNKNOWN);
	assert_int_equal(facts_blob(w.facts, &absent, &content), ANSWER_UNKNOWN);
	world_end(&w);
}

/* The folders that a commit adds, each followed by a blank, put together from the names on the way down. */
static const char *folders_of(struct world *w, const struct oid *id, bool whole)
{
	struct buffer paths = {.arena = memory};
	const struct added_folder *folder;
	const struct commit *commit;

	assert_int_equal(facts_commit(w->facts, id, &commit), ANSWER_YES);
	assert_int_equal(facts_folders(w->facts, commit, whole, &folder), ANSWER_YES);
	for (; folder; folder = folder->next) {
		struct bytes path = BYTES("");

		for (const struct added_folder *at = folder; at->in; at = at->in)
			path = bytes_printf(memory, "%.*s/%.*s", BYTES_ARG(at->name), BYTES_ARG(path));
		assert_int_equal(folder->path_len, path.len);
		buffer_printf(&paths, "%.*s ", BYTES_ARG(path));
	}
	buffer_add(&paths, BYTES("\0"));
	return paths.data;
}

static void folders_know_what_they_are_in(void **state)
{
	struct world w = {0};

	(void)state;
	fixture_open(&w.f, "x.git");
	struct oid base = TREE("a/b/c/x", "1", "a/b2/x", "1", "a2/x", "1", "d", "1", "e/f/g/h/x", "1", "f/x", "1");
	struct oid next = TREE("a/b/c/x", "1", "a/b2/x", "1", "a2/x", "1", "d/a/x", "1", "e/f/g/h/x", "2", "f/x", "1");
	struct oid root = COMMIT(&base, NULL, NULL, NULL), child = COMMIT(&next, &root, NULL, NULL);
	const struct commit broken = {.tree = {{9}}};
	const struct added_folder *folder;

	world_open(&w);
	assert_string_equal(folders_of(&w, &root, false), " a/ a/b/ a/b/c/ a/b2/ a2/ e/ e/f/ e/f/g/ e/f/g/h/ f/ ");
	assert_string_equal(folders_of(&w, &child, false), " d/ d/a/ e/ e/f/ e/f/g/ e/f/g/h/ ");
	assert_string_equal(folders_of(&w, &child, true),
			    " a/ a/b/ a/b/c/ a/b2/ a2/ d/ d/a/ e/ e/f/ e/f/g/ e/f/g/h/ f/ ");
	assert_int_equal(facts_folders(w.facts, &broken, false, &folder), ANSWER_UNKNOWN);
	world_end(&w);
}

static void contents_are_hashed_as_git_does(void **state)
{
	struct world w = {0};

	(void)state;
	fixture_open(&w.f, "x.git");
	fixture_git(&w.f, "hash-object", "-t", "blob", "/dev/null");
	struct oid empty = fixture_id(w.f.output);

	fixture_write(&w.f, "content", "hello\n");
	fixture_git(&w.f, "hash-object", bytes_printf(memory, "%s/content", w.f.root).data);
	struct oid hello = fixture_id(w.f.output), found;

	world_open(&w);
	found = facts_hash(w.facts, (struct bytes){0});
	assert_true(oid_equal(&found, &empty));
	found = facts_hash(w.facts, BYTES("hello\n"));
	assert_true(oid_equal(&found, &hello));
	world_end(&w);
}

static int memory_begin(void **state)
{
	(void)state;
	memory = arena_new();
	return memory ? 0 : -1;
}

static int memory_end(void **state)
{
	(void)state;
	arena_free(memory);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_commit_adds_what_no_parent_has_so), cmocka_unit_test(kinds_of_files_are_told_apart),
		cmocka_unit_test(a_bent_tree_hides_nothing),	       cmocka_unit_test(missing_objects_are_no_answer),
		cmocka_unit_test(files_and_folders_are_read),	       cmocka_unit_test(folders_know_what_they_are_in),
		cmocka_unit_test(contents_are_hashed_as_git_does),
	};

	return cmocka_run_group_tests(tests, memory_begin, memory_end);
}
