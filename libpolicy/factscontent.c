/* factscontent: what commits and their trees hold, as facts. */
#include <string.h>

#include "arena.h"
#include "factsbase.h"
#include "tree.h"

#define FILE_BYTES_MAX ((size_t)4 * 1024 * 1024)

struct changed_paths {
	struct facts *facts;
	struct bytes *paths;
	size_t count;
	size_t room;
};

enum answer facts_refs_below(struct facts *facts, struct bytes prefix,
			     bool (*each)(void *context, struct bytes ref, const struct oid *id), void *context)
{
	return facts_list(facts, prefix, each, context);
}

static enum answer from_repo(struct facts *facts, enum answer answer)
{
	return answer == ANSWER_UNKNOWN ? facts_unknown(facts, repo_problem(facts->repo)) : answer;
}

/* The content of a blob that a tree names. */
static enum answer blob_of(struct facts *facts, const struct oid *id, struct bytes *ret_content)
{
	enum object_type type;
	size_t size;
	enum answer answer = repo_header(facts->repo, id, &type, &size);

	if (answer == ANSWER_YES && size > FILE_BYTES_MAX)
		return facts_unknown(facts, bytes_printf(facts->arena, "the file %s is larger than %zu MiB",
							 oid_hex(id).text, FILE_BYTES_MAX >> 20)
						    .data);
	if (answer == ANSWER_YES)
		answer = repo_read(facts->repo, id, &type, ret_content);
	if (answer == ANSWER_NO || (answer == ANSWER_YES && type != OBJECT_BLOB))
		return facts_unknown(facts, bytes_printf(facts->arena, "no file: %s", oid_hex(id).text).data);
	if (answer == ANSWER_YES)
		*ret_content = bytes_copy(facts->arena, *ret_content);
	return from_repo(facts, answer);
}

enum answer facts_file(struct facts *facts, const struct oid *commit, struct bytes path, struct bytes *ret_content)
{
	struct oid tree, blob, unused;
	unsigned mode;
	enum answer answer = repo_commit_tree(facts->repo, commit, 0, &tree, &unused);

	if (answer == ANSWER_YES)
		answer = repo_entry(facts->repo, &tree, path, &mode, &blob);
	if (answer != ANSWER_YES)
		return from_repo(facts, answer);
	if ((mode & TREE_KIND) != TREE_FILE)
		return facts_unknown(facts,
				     bytes_printf(facts->arena, "%.*s is not a regular file", BYTES_ARG(path)).data);
	return blob_of(facts, &blob, ret_content);
}

static void keep_path(struct changed_paths *changed, struct bytes path, const char *slash)
{
	struct arena *arena = changed->facts->arena;

	changed->paths = arena_grow(arena, changed->paths, &changed->room, changed->count + 1, sizeof(*changed->paths));
	changed->paths[changed->count++] = bytes_printf(arena, "%.*s%s", BYTES_ARG(path), slash);
}

static bool is_file(unsigned mode)
{
	return mode && mode != TREE_SUBMODULE;
}

/* A file that becomes a submodule, or the reverse, is two. */
static bool add_path(void *context, const struct change *change)
{
	if (is_file(change->old_mode) || is_file(change->new_mode))
		keep_path(context, change->path, "");
	if (change->old_mode == TREE_SUBMODULE || change->new_mode == TREE_SUBMODULE)
		keep_path(context, change->path, "/");
	return true;
}

static enum answer change_of(struct facts *facts, const struct oid *commits, struct changed_paths *changed)
{
	struct oid trees[2], unused;

	for (size_t i = 0; i < 2; i++)
		if (repo_commit_tree(facts->repo, &commits[i], 0, &trees[i], &unused) != ANSWER_YES)
			return from_repo(facts, ANSWER_UNKNOWN);
	return from_repo(facts, repo_changes(facts->repo, &trees[0], &trees[1], add_path, changed));
}

enum answer facts_changed(struct facts *facts, const struct oid *from, const struct oid *to,
			  const struct bytes **ret_paths, size_t *ret_count)
{
	struct oid pair[2] = {*from, *to};
	struct bytes key = {(const char *)pair, sizeof(pair)};
	struct changed_paths *changed = map_get(facts->changed, key);

	if (!changed) {
		changed = arena_alloc(facts->arena, sizeof(*changed));
		changed->facts = facts;
		if (change_of(facts, pair, changed) != ANSWER_YES)
			return ANSWER_UNKNOWN;
		map_set(facts->changed, bytes_copy(facts->arena, key), changed);
	}
	*ret_paths = changed->paths;
	*ret_count = changed->count;
	return ANSWER_YES;
}

static enum answer parse(struct facts *facts, const struct oid *id, struct commit *commit)
{
	struct object_problem problem;
	struct bytes raw;

	if (facts_raw(facts, id, &raw) != ANSWER_YES)
		return ANSWER_UNKNOWN;
	if (!commit_parse(facts->arena, bytes_copy(facts->arena, raw), commit, &problem))
		return facts_unknown(facts,
				     bytes_printf(facts->arena, "commit %s: %s", oid_hex(id).text, problem.text).data);
	commit->id = *id;
	return ANSWER_YES;
}

enum answer facts_commit(struct facts *facts, const struct oid *id, const struct commit **ret_commit)
{
	struct bytes key = {(const char *)id->id, sizeof(id->id)};
	struct commit *commit = map_get(facts->commits, key);

	if (!commit) {
		commit = arena_alloc(facts->arena, sizeof(*commit));
		if (parse(facts, id, commit) != ANSWER_YES)
			return ANSWER_UNKNOWN;
		map_set(facts->commits, bytes_copy(facts->arena, key), commit);
	}
	*ret_commit = commit;
	return ANSWER_YES;
}

enum answer facts_outside(struct facts *facts, const struct oid *tip, const struct oids *hidden,
			  const struct oid **ret_ids, size_t *ret_count)
{
	struct oid id = *tip;
	struct oids tips = {.ids = &id, .count = 1};
	struct introduced *found;

	if (history_without(facts->history, &tips, hidden, &found, ret_count) != ANSWER_YES)
		return facts_unknown(facts, history_problem(facts->history));
	struct oid *ids = arena_array(facts->arena, *ret_count, sizeof(*ids));

	for (size_t i = 0; i < *ret_count; i++)
		ids[i] = *found[i].id;
	*ret_ids = ids;
	return ANSWER_YES;
}
