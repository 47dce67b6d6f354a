/* repoadded: what a tree has that none of some others has so, folder by folder: what one of them has so is not entered.
 */
#include <stdio.h>

#include "arena.h"
#include "repogit.h"
#include "tree.h"

/* A folder of the tree: what is left of it, and of the folders of that name in the others. */
struct level {
	struct bytes rest;
	struct bytes *others;
	size_t path_len;
};

/* The search: the levels down to where it is. */
struct search {
	struct repo *repo;
	size_t other_count;
	struct oid *folders; /* of the others, by the name that is being looked at; zero: none */
	struct level *levels;
	size_t depth;
	size_t room;
	struct buffer path;
	bool (*each)(void *context, const struct added *added);
	void *context;
	bool stopped;
};

static bool enter(struct search *search, const struct oid *id, const struct oid *others)
{
	struct arena *memory = search->repo->memory;

	search->levels = arena_grow(memory, search->levels, &search->room, search->depth + 1, sizeof(*search->levels));
	struct level *level = &search->levels[search->depth++];

	*level = (struct level){.path_len = search->path.len};
	level->others = arena_array(memory, search->other_count, sizeof(*level->others));
	for (size_t i = 0; i < search->other_count; i++)
		if (!repo_read_tree(search->repo, &others[i], &level->others[i]))
			return false;
	return repo_read_tree(search->repo, id, &level->rest);
}

/* Whether the other folder, from where it was left, has the entry so; else which folder of that name it has. */
static bool has_so(struct bytes *rest, const struct tree_entry *entry, struct oid *ret_folder)
{
	struct bytes next = *rest;
	struct tree_entry other;
	int order = -1;

	*ret_folder = (struct oid){{0}};
	while (order < 0 && tree_next(&next, &other)) {
		order = tree_compare(&other, entry);
		if (order <= 0)
			*rest = next;
	}
	if (order)
		return false;
	if (tree_is_folder(&other))
		*ret_folder = other.id;
	return other.mode == entry->mode && oid_equal(&other.id, &entry->id);
}

static bool any_has_so(struct search *search, struct level *level, const struct tree_entry *entry)
{
	bool any = false;

	for (size_t i = 0; i < search->other_count; i++)
		any |= has_so(&level->others[i], entry, &search->folders[i]);
	return any;
}

/* Goes on by one name. Names that come out of order are found in none of the others: too much is told, never too
 * little. */
static bool step(struct search *search)
{
	struct level *level = &search->levels[search->depth - 1];
	struct tree_entry entry;

	search->path.len = level->path_len;
	if (!level->rest.len) {
		search->depth--;
		return true;
	}
	if (!tree_next(&level->rest, &entry)) {
		snprintf(search->repo->problem, sizeof(search->repo->problem), "a broken tree: %.*s",
			 BYTES_ARG(buffer_bytes(&search->path)));
		return false;
	}
	if (any_has_so(search, level, &entry))
		return true;
	buffer_add(&search->path, entry.name);
	if (tree_is_folder(&entry))
		buffer_add(&search->path, BYTES("/"));
	const struct added added = {buffer_bytes(&search->path), entry.mode, entry.id};

	search->stopped = !search->each(search->context, &added);
	return search->stopped || !tree_is_folder(&entry) || enter(search, &entry.id, search->folders);
}

enum answer repo_added(struct repo *repo, const struct oid *tree, const struct oid *others, size_t other_count,
		       bool (*each)(void *context, const struct added *added), void *context)
{
	struct search search = {
		.repo = repo,
		.other_count = other_count,
		.folders = arena_array(repo->memory, other_count, sizeof(*search.folders)),
		.path.arena = repo->memory,
		.each = each,
		.context = context,
	};
	bool known = enter(&search, tree, others);

	while (known && search.depth && !search.stopped)
		known = step(&search);
	arena_reset(repo->memory);
	return known ? ANSWER_YES : ANSWER_UNKNOWN;
}
