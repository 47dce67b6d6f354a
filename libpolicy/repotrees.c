/* repotrees: what a merge gives as far as the trees alone tell, name by name, without merging anything. */
#include <stdlib.h>
#include <string.h>

#include "repogit.h"

/* The folders still to compare. */
struct folders {
	struct repo_sides *list;
	size_t count;
	size_t room;
};

static int folders_add(struct folders *folders, const struct repo_sides *folder)
{
	if (folders->count == folders->room) {
		size_t room = folders->room ? folders->room * 2 : 16;
		struct repo_sides *list = reallocarray(folders->list, room, sizeof(*list));

		if (!list)
			return -1;
		folders->list = list;
		folders->room = room;
	}
	folders->list[folders->count++] = *folder;
	return 0;
}

static bool is_folder(const git_tree_entry *entry)
{
	return entry && git_tree_entry_type(entry) == GIT_OBJECT_TREE;
}

/* A file: a link and a submodule too. */
static bool is_file(const git_tree_entry *entry)
{
	return entry && !is_folder(entry);
}

/* Modes as git reads them: what old trees call 0100664 a merge writes as 0100644. */
static bool is_same(const git_tree_entry *a, const git_tree_entry *b)
{
	if (!a || !b)
		return !a && !b;
	return git_tree_entry_filemode(a) == git_tree_entry_filemode(b) &&
	       git_oid_equal(git_tree_entry_id(a), git_tree_entry_id(b));
}

/* Whether no side kept what the base has, as the file or folder it was. */
static bool is_gone(const git_tree_entry *const *entries)
{
	const git_tree_entry *base = entries[SIDE_BASE];
	bool (*is)(const git_tree_entry *entry) = is_folder(base) ? is_folder : is_file;

	return base && !is(entries[SIDE_OURS]) && !is(entries[SIDE_THEIRS]);
}

static void worsen(enum repo_likeness *likeness, enum repo_likeness than)
{
	if (*likeness < than)
		*likeness = than;
}

/* Looks into the folders of a name; what is none there has nothing in it. */
static int descend(const git_tree_entry *const *entries, struct folders *folders)
{
	struct repo_sides folder = {0};

	for (size_t i = 0; i < SIDES; i++)
		if (is_folder(entries[i]))
			folder.trees[i] = repo_native_id(git_tree_entry_id(entries[i]));
	return folders_add(folders, &folder);
}

/* Both sides changed it, each in its own way. */
static int compare_contested(const git_tree_entry *const *entries, struct folders *folders,
			     enum repo_likeness *likeness)
{
	bool ours = is_folder(entries[SIDE_OURS]), theirs = is_folder(entries[SIDE_THEIRS]);

	if (ours && theirs && !is_file(entries[SIDE_RESULT]))
		return descend(entries, folders);
	worsen(likeness, LIKENESS_OPEN);
	return 0;
}

/* The merge has `expected` there. What both sides changed alike has to be looked into: there may be something gone. */
static int compare_settled(const git_tree_entry *const *entries, const git_tree_entry *expected, bool both,
			   struct folders *folders, enum repo_likeness *likeness)
{
	const git_tree_entry *result = entries[SIDE_RESULT];
	bool same = *likeness >= LIKENESS_DIFFERENT || is_same(expected, result);

	if (!same && (is_file(expected) || is_file(result))) {
		worsen(likeness, LIKENESS_DIFFERENT);
		same = true;
	}
	if (same && !(both && is_folder(entries[SIDE_BASE]) && is_folder(expected)))
		return 0;
	return descend(entries, folders);
}

static int compare_name(const git_tree_entry *const *entries, struct folders *folders, enum repo_likeness *likeness)
{
	const git_tree_entry *base = entries[SIDE_BASE], *ours = entries[SIDE_OURS], *theirs = entries[SIDE_THEIRS];
	bool ours_changed = !is_same(base, ours), theirs_changed = !is_same(base, theirs);

	if (is_gone(entries))
		worsen(likeness, LIKENESS_OPEN);
	else if (ours_changed && theirs_changed && !is_same(ours, theirs))
		return compare_contested(entries, folders, likeness);
	else
		return compare_settled(entries, ours_changed ? ours : theirs, ours_changed && theirs_changed, folders,
				       likeness);
	return 0;
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

/* A name that is not found where it is, is there twice or out of order: no tree of git's making. */
static int compare_folder(git_tree *const *trees, struct folders *folders, enum repo_likeness *likeness)
{
	const git_tree_entry *entries[SIDES];
	int code = 0;

	for (size_t side = 0; side < SIDES; side++) {
		size_t count = trees[side] ? git_tree_entrycount(trees[side]) : 0;

		for (size_t i = 0; !code && *likeness < LIKENESS_OPEN && i < count; i++) {
			const git_tree_entry *entry = git_tree_entry_byindex(trees[side], i);

			if (git_tree_entry_byname(trees[side], git_tree_entry_name(entry)) != entry)
				worsen(likeness, LIKENESS_OPEN);
			else if (entries_of(trees, git_tree_entry_name(entry), side, entries))
				code = compare_name(entries, folders, likeness);
		}
	}
	return code;
}

/* The trees of a folder; none for the zero id. */
static int open_folder(struct repo *repo, const struct repo_sides *folder, git_tree **ret_trees)
{
	int code = 0;

	for (size_t i = 0; !code && i < SIDES; i++) {
		git_oid id = repo_foreign_id(&folder->trees[i]);

		if (!oid_is_zero(&folder->trees[i]))
			code = git_tree_lookup(&ret_trees[i], repo->git, &id);
	}
	return code;
}

/*
 * Where one side alone changed a name, or both did alike, the merge has what they made of it. That holds although git
 * follows renames, because a rename on one side matters in three cases only, and each shows in the names:
 * - the other side changed what had the old name, removed it or renamed it elsewhere: the old name is then changed on
 *   both sides, or gone on both;
 * - the other side has something else at the new name: that is then changed on both sides;
 * - a whole folder was renamed, and the other side added to it: then the old folder is gone on one side and changed on
 *   the other, so that its name is changed on both.
 * Seeing that costs what the changes cost; merging costs what the trees do.
 */
int repo_compare_trees(struct repo *repo, const struct repo_sides *roots, enum repo_likeness *ret_likeness)
{
	struct folders folders = {0};
	int code = folders_add(&folders, roots);

	*ret_likeness = LIKENESS_SAME;
	while (!code && *ret_likeness < LIKENESS_OPEN && folders.count) {
		struct repo_sides folder = folders.list[--folders.count];
		git_tree *trees[SIDES] = {NULL};

		code = open_folder(repo, &folder, trees);
		if (!code)
			code = compare_folder(trees, &folders, ret_likeness);
		for (size_t i = 0; i < SIDES; i++)
			git_tree_free(trees[i]);
	}
	free(folders.list);
	return code;
}
