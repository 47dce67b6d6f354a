/* reporevert: proving a revert by doing it again, in memory: nothing is written, not even the time of a file. */
#include <stdlib.h>
#include <string.h>

#include "repogit.h"

#define MAINLINES_MAX 16u

/*
 * A backend that only reads from another object database. libgit2 does not write an object it has, but touches the file
 * it is in; through this one it cannot.
 */
struct reader {
	git_odb_backend backend;
	git_odb *odb;
};

static int reader_read(void **ret_data, size_t *ret_size, git_object_t *ret_type, git_odb_backend *backend,
		       const git_oid *id)
{
	git_odb_object *object;
	int code = git_odb_read(&object, ((struct reader *)backend)->odb, id);

	if (code)
		return code;
	*ret_size = git_odb_object_size(object);
	*ret_type = git_odb_object_type(object);
	*ret_data = git_odb_backend_data_alloc(backend, *ret_size + 1);
	if (*ret_data)
		memcpy(*ret_data, git_odb_object_data(object), *ret_size);
	git_odb_object_free(object);
	return *ret_data ? 0 : -1;
}

static int reader_header(size_t *ret_size, git_object_t *ret_type, git_odb_backend *backend, const git_oid *id)
{
	return git_odb_read_header(ret_size, ret_type, ((struct reader *)backend)->odb, id);
}

static int reader_exists(git_odb_backend *backend, const git_oid *id)
{
	return git_odb_exists_ext(((struct reader *)backend)->odb, id, GIT_ODB_LOOKUP_NO_REFRESH);
}

static void reader_free(git_odb_backend *backend)
{
	free(backend);
}

static int add_reader(git_odb *to, git_odb *from)
{
	struct reader *reader = calloc(1, sizeof(*reader));

	if (!reader)
		return -1;
	git_odb_init_backend(&reader->backend, GIT_ODB_BACKEND_VERSION);
	reader->backend.read = reader_read;
	reader->backend.read_header = reader_header;
	reader->backend.exists = reader_exists;
	reader->backend.free = reader_free;
	reader->odb = from;
	return git_odb_add_backend(to, &reader->backend, 1);
}

/*
 * A repository without files, and so without configuration, attributes and merge drivers: a revert is what the trees
 * alone say it is.
 */
static int open_scratch(struct repo *repo)
{
	if (repo->scratch_odb)
		return repo->scratch ? 0 : -1;
	int code = git_odb_new(&repo->scratch_odb);

	if (!code)
		code = git_mempack_new(&repo->scratch_memory);
	if (!code)
		code = git_odb_add_backend(repo->scratch_odb, repo->scratch_memory, 2);
	if (!code)
		code = add_reader(repo->scratch_odb, repo->odb);
	if (!code)
		code = git_repository_wrap_odb(&repo->scratch, repo->scratch_odb);
	return code;
}

/* The tree `id`; none for the zero id, which libgit2 takes for an empty one. */
static int tree_of(struct repo *repo, const struct oid *id, git_tree **ret_tree)
{
	git_oid oid = repo_foreign_id(id);

	return oid_is_zero(id) ? 0 : git_tree_lookup(ret_tree, repo->scratch, &oid);
}

/* The four trees of a folder: the reverted commit's, its parent's, and those before and after the revert. */
enum { REVERTED, PARENT, ONTO, TREE, SIDES };

struct folder {
	struct oid sides[SIDES];
};

/* The folders still to compare. */
struct folders {
	struct folder *list;
	size_t count;
	size_t room;
};

static int folders_add(struct folders *folders, const struct folder *folder)
{
	if (folders->count == folders->room) {
		size_t room = folders->room ? folders->room * 2 : 16;
		struct folder *list = reallocarray(folders->list, room, sizeof(*list));

		if (!list)
			return -1;
		folders->list = list;
		folders->room = room;
	}
	folders->list[folders->count++] = *folder;
	return 0;
}

static bool same_entry(const git_tree_entry *a, const git_tree_entry *b)
{
	if (!a || !b)
		return !a && !b;
	return git_tree_entry_filemode_raw(a) == git_tree_entry_filemode_raw(b) &&
	       git_oid_equal(git_tree_entry_id(a), git_tree_entry_id(b));
}

/* One name in the four trees: undone, or a folder to look into; otherwise a merge has to tell. */
static int compare_name(const git_tree_entry *const *entries, struct folders *folders, bool *ret_exactly)
{
	struct folder folder;

	if (same_entry(entries[REVERTED], entries[PARENT]) && same_entry(entries[ONTO], entries[TREE]))
		return 0;
	if (same_entry(entries[REVERTED], entries[ONTO]) && same_entry(entries[PARENT], entries[TREE]))
		return 0;
	for (size_t i = 0; i < SIDES; i++) {
		if (!entries[i] || git_tree_entry_type(entries[i]) != GIT_OBJECT_TREE) {
			*ret_exactly = false;
			return 0;
		}
		memcpy(folder.sides[i].id, git_tree_entry_id(entries[i])->id, sizeof(folder.sides[i].id));
	}
	return folders_add(folders, &folder);
}

/* The entries called `name`; false when an earlier tree than `side` has it, and it was compared there. */
static bool entries_of(git_tree *const *trees, const char *name, size_t side, const git_tree_entry **ret_entries)
{
	for (size_t i = 0; i < SIDES; i++) {
		ret_entries[i] = trees[i] ? git_tree_entry_byname(trees[i], name) : NULL;
		if (i < side && ret_entries[i])
			return false;
	}
	return true;
}

static int compare_folder(git_tree *const *trees, struct folders *folders, bool *ret_exactly)
{
	const git_tree_entry *entries[SIDES];
	int code = 0;

	for (size_t side = 0; side < SIDES; side++) {
		size_t count = trees[side] ? git_tree_entrycount(trees[side]) : 0;

		for (size_t i = 0; !code && *ret_exactly && i < count; i++) {
			const char *name = git_tree_entry_name(git_tree_entry_byindex(trees[side], i));

			if (entries_of(trees, name, side, entries))
				code = compare_name(entries, folders, ret_exactly);
		}
	}
	return code;
}

/*
 * Most reverts undo files nobody has touched since: wherever the reverted commit changed something, the tree was what
 * that commit left and is again what it found. Seeing that costs what the change costs; merging costs what the tree
 * does.
 */
static int undoes_exactly(struct repo *repo, const struct folder *roots, bool *ret_exactly)
{
	struct folders folders = {0};
	int code = folders_add(&folders, roots);

	*ret_exactly = true;
	while (!code && *ret_exactly && folders.count) {
		struct folder folder = folders.list[--folders.count];
		git_tree *trees[SIDES] = {NULL};

		for (size_t i = 0; !code && i < SIDES; i++)
			code = tree_of(repo, &folder.sides[i], &trees[i]);
		if (!code)
			code = compare_folder(trees, &folders, ret_exactly);
		for (size_t i = 0; i < SIDES; i++)
			git_tree_free(trees[i]);
	}
	free(folders.list);
	return code;
}

/* Merges in scratch memory: 0 with the resulting tree, GIT_EMERGECONFLICT when there is none. */
static int merge(struct repo *repo, const struct oid *base, const struct oid *ours, const struct oid *theirs,
		 git_oid *ret_tree)
{
	git_merge_options options;
	git_tree *trees[3] = {NULL};
	git_index *index = NULL;
	int code = git_merge_options_init(&options, GIT_MERGE_OPTIONS_VERSION);

	options.flags |= GIT_MERGE_FAIL_ON_CONFLICT;
	if (!code)
		code = tree_of(repo, base, &trees[0]);
	if (!code)
		code = tree_of(repo, ours, &trees[1]);
	if (!code)
		code = tree_of(repo, theirs, &trees[2]);
	if (!code)
		code = git_merge_trees(&index, repo->scratch, trees[0], trees[1], trees[2], &options);
	if (!code && git_index_has_conflicts(index))
		code = GIT_EMERGECONFLICT;
	if (!code)
		code = git_index_write_tree_to(ret_tree, index, repo->scratch);
	git_index_free(index);
	for (size_t i = 0; i < 3; i++)
		git_tree_free(trees[i]);
	return code;
}

/* Whether the last tree is what undoing the change between the first two makes of the third. */
static int undoes(struct repo *repo, const struct folder *roots, bool *ret_undone)
{
	const struct oid *sides = roots->sides;
	git_oid result;
	int code = undoes_exactly(repo, roots, ret_undone);

	if (code || *ret_undone)
		return code;
	code = merge(repo, &sides[REVERTED], &sides[ONTO], &sides[PARENT], &result);
	git_mempack_reset(repo->scratch_memory);
	*ret_undone = !code && !memcmp(result.id, sides[TREE].id, sizeof(result.id));
	return code == GIT_EMERGECONFLICT ? 0 : code;
}

/* The same against the parent number `nth`; *ret_more tells whether there is that one. A root's is the empty tree. */
static enum answer reverts(struct repo *repo, const struct oid *reverted, size_t nth, struct folder *roots,
			   bool *ret_more)
{
	struct oid parent, unused;
	bool undone = false;
	enum answer answer = repo_commit_tree(repo, reverted, nth, &roots->sides[REVERTED], &parent);

	*ret_more = !nth || !oid_is_zero(&parent);
	if (answer == ANSWER_YES && !oid_is_zero(&parent))
		answer = repo_commit_tree(repo, &parent, 0, &roots->sides[PARENT], &unused);
	if (answer != ANSWER_YES || !*ret_more)
		return answer == ANSWER_UNKNOWN ? answer : ANSWER_NO;
	if (undoes(repo, roots, &undone))
		return repo_unknown_id(repo, "cannot work out the revert of", reverted);
	return undone ? ANSWER_YES : ANSWER_NO;
}

enum answer repo_is_revert(struct repo *repo, const struct oid *tree, const struct oid *reverted,
			   const struct oid *onto)
{
	struct folder roots = {.sides[TREE] = *tree};
	struct oid unused;
	bool more = true;
	enum answer answer = repo_commit_tree(repo, onto, 0, &roots.sides[ONTO], &unused);

	if (answer != ANSWER_YES || oid_equal(tree, &roots.sides[ONTO]))
		return answer == ANSWER_YES ? ANSWER_NO : answer;
	if (open_scratch(repo))
		return repo_unknown_id(repo, "cannot work out the revert of", reverted);
	answer = ANSWER_NO;
	for (size_t nth = 0; answer == ANSWER_NO && more && nth < MAINLINES_MAX; nth++)
		answer = reverts(repo, reverted, nth, &roots, &more);
	return answer;
}
