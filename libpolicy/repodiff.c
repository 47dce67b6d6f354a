/* repodiff: what two trees do not have alike, and what a tree has, by path or by folder, read from the raw trees. */
#include <stdio.h>

#include "arena.h"
#include "repogit.h"
#include "tree.h"

/* A folder of two trees that is being compared: what is left of it, and how long its path is. */
struct level {
	struct bytes rest[2];
	size_t path_len;
};

/* The comparison: the levels down to where it is. */
struct diff {
	struct repo *repo;
	struct level *levels;
	size_t depth;
	size_t room;
	struct buffer path;
	bool (*each)(void *context, const struct change *change);
	void *context;
	bool stopped;
};

bool repo_read_tree(struct repo *repo, const struct oid *id, struct bytes *ret_raw)
{
	enum object_type type = OBJECT_TREE;
	enum answer answer = oid_is_zero(id) ? ANSWER_YES : repo_read(repo, id, &type, ret_raw);

	if (answer == ANSWER_UNKNOWN)
		return false;
	if (answer == ANSWER_NO || type != OBJECT_TREE) {
		snprintf(repo->problem, sizeof(repo->problem), "no tree: %s", oid_hex(id).text);
		return false;
	}
	*ret_raw = oid_is_zero(id) ? BYTES("") : bytes_copy(repo->memory, *ret_raw);
	return true;
}

static bool enter(struct diff *diff, const struct oid *old, const struct oid *new)
{
	diff->levels =
		arena_grow(diff->repo->memory, diff->levels, &diff->room, diff->depth + 1, sizeof(*diff->levels));
	struct level *level = &diff->levels[diff->depth++];

	*level = (struct level){.path_len = diff->path.len};
	return repo_read_tree(diff->repo, old, &level->rest[0]) && repo_read_tree(diff->repo, new, &level->rest[1]);
}

/* The next name of either side, in the order of trees; a side that has another next gets mode 0 and keeps it. */
static bool next_pair(struct diff *diff, struct level *level, struct tree_entry ret_pair[2])
{
	struct bytes rest[2] = {level->rest[0], level->rest[1]};
	bool has[2];

	for (size_t i = 0; i < 2; i++) {
		has[i] = tree_next(&rest[i], &ret_pair[i]);
		if (!has[i] && rest[i].len) {
			snprintf(diff->repo->problem, sizeof(diff->repo->problem), "a broken tree: %.*s",
				 BYTES_ARG(buffer_bytes(&diff->path)));
			return false;
		}
	}
	int order = has[0] && has[1] ? tree_compare(&ret_pair[0], &ret_pair[1]) : has[1] - has[0];

	for (size_t i = 0; i < 2; i++) {
		if (has[i] && (i ? order >= 0 : order <= 0))
			level->rest[i] = rest[i];
		else
			ret_pair[i] = (struct tree_entry){.name = ret_pair[!i].name};
	}
	return true;
}

static bool tell(struct diff *diff, const struct tree_entry *pair)
{
	const struct change change = {
		.path = buffer_bytes(&diff->path),
		.old_mode = pair[0].mode,
		.new_mode = pair[1].mode,
		.old_id = pair[0].id,
		.new_id = pair[1].id,
	};

	diff->stopped = !diff->each(diff->context, &change);
	return true;
}

/* Goes on by one name: files that differ are told, folders that differ are entered. */
static bool step(struct diff *diff)
{
	struct level *level = &diff->levels[diff->depth - 1];
	struct tree_entry pair[2];

	diff->path.len = level->path_len;
	if (!level->rest[0].len && !level->rest[1].len) {
		diff->depth--;
		return true;
	}
	if (!next_pair(diff, level, pair))
		return false;
	if (pair[0].mode == pair[1].mode && oid_equal(&pair[0].id, &pair[1].id))
		return true;
	buffer_add(&diff->path, pair[0].name);
	if (!tree_is_folder(&pair[0]) && !tree_is_folder(&pair[1]))
		return tell(diff, pair);
	buffer_add(&diff->path, BYTES("/"));
	return enter(diff, &pair[0].id, &pair[1].id);
}

enum answer repo_changes(struct repo *repo, const struct oid *old_tree, const struct oid *new_tree,
			 bool (*each)(void *context, const struct change *change), void *context)
{
	struct diff diff = {.repo = repo, .path.arena = repo->memory, .each = each, .context = context};
	bool known = oid_equal(old_tree, new_tree) || enter(&diff, old_tree, new_tree);

	while (known && diff.depth && !diff.stopped)
		known = step(&diff);
	arena_reset(repo->memory);
	return known ? ANSWER_YES : ANSWER_UNKNOWN;
}

/* The entry `name` of the tree `*id`. A name that is there twice is nobody's to choose from. */
static enum answer find(struct repo *repo, const struct oid *id, struct bytes name, struct tree_entry *ret_entry)
{
	struct bytes rest;
	struct tree_entry entry;
	unsigned found = 0;

	if (!repo_read_tree(repo, id, &rest))
		return ANSWER_UNKNOWN;
	while (tree_next(&rest, &entry)) {
		if (!bytes_equal(entry.name, name))
			continue;
		*ret_entry = entry;
		found++;
	}
	if (!rest.len && found < 2)
		return found ? ANSWER_YES : ANSWER_NO;
	snprintf(repo->problem, sizeof(repo->problem), "a broken tree: %s", oid_hex(id).text);
	return ANSWER_UNKNOWN;
}

enum answer repo_entry(struct repo *repo, const struct oid *tree, struct bytes path, unsigned *ret_mode,
		       struct oid *ret_id)
{
	struct tree_entry entry = {.mode = TREE_FOLDER, .id = *tree};
	enum answer answer = ANSWER_YES;

	while (answer == ANSWER_YES && path.len) {
		struct bytes name = bytes_first(path, bytes_index(path, '/'));
		struct oid folder = entry.id;

		answer = tree_is_folder(&entry) ? find(repo, &folder, name, &entry) : ANSWER_NO;
		path = bytes_from(path, name.len + 1);
	}
	*ret_mode = entry.mode;
	*ret_id = entry.id;
	arena_reset(repo->memory);
	return answer;
}

enum answer repo_names(struct repo *repo, const struct oid *tree, struct arena *arena, const struct bytes **ret_names,
		       size_t *ret_count)
{
	struct bytes *names = NULL, rest = {0};
	struct tree_entry entry;
	size_t count = 0, room = 0;
	bool known = repo_read_tree(repo, tree, &rest);

	while (known && tree_next(&rest, &entry)) {
		names = arena_grow(arena, names, &room, count + 1, sizeof(*names));
		names[count++] = bytes_copy(arena, entry.name);
	}
	if (known && rest.len)
		snprintf(repo->problem, sizeof(repo->problem), "a broken tree: %s", oid_hex(tree).text);
	known &= !rest.len;
	arena_reset(repo->memory);
	*ret_names = names;
	*ret_count = count;
	return known ? ANSWER_YES : ANSWER_UNKNOWN;
}
