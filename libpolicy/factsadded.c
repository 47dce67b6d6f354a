/* factsadded: what commits add, and what is in them, as facts. */
#include "arena.h"
#include "factsbase.h"
#include "tree.h"

/* The files found so far. */
struct adding {
	struct arena *arena;
	struct added *added;
	size_t count;
	size_t room;
};

static enum answer from_repo(struct facts *facts, enum answer answer)
{
	return answer == ANSWER_UNKNOWN ? facts_unknown(facts, repo_problem(facts->repo)) : answer;
}

/* Whether an object is there that a tree names; nothing else may be missing. */
static enum answer from_tree(struct facts *facts, const struct oid *id, enum answer answer)
{
	if (answer == ANSWER_NO)
		return facts_unknown(facts, bytes_printf(facts->arena, "no file: %s", oid_hex(id).text).data);
	return from_repo(facts, answer);
}

static void keep(struct adding *adding, const struct added *added)
{
	adding->added =
		arena_grow(adding->arena, adding->added, &adding->room, adding->count + 1, sizeof(*adding->added));
	adding->added[adding->count] = *added;
	adding->added[adding->count++].path = bytes_copy(adding->arena, added->path);
}

static bool add_file(void *context, const struct added *added)
{
	if ((added->mode & TREE_KIND) != TREE_FOLDER)
		keep(context, added);
	return true;
}

/* The folders found so far. A path would be as long as they are deep, for each. */
struct nesting {
	struct arena *arena;
	struct added_folder *last;
};

static void keep_folder(struct nesting *nesting, const struct added_folder *in, struct bytes name,
			const struct oid *tree)
{
	struct added_folder *folder = arena_alloc(nesting->arena, sizeof(*folder));

	*folder = (struct added_folder){
		.in = in,
		.name = bytes_copy(nesting->arena, name),
		.tree = *tree,
		.path_len = in ? in->path_len + name.len + 1 : 0,
	};
	if (nesting->last)
		nesting->last->next = folder;
	nesting->last = folder;
}

/* It is in the last folder, or in one that this is in: where its path begins the name. */
static bool add_folder(void *context, const struct added *added)
{
	struct nesting *nesting = context;
	const struct added_folder *in = nesting->last;
	struct bytes path = bytes_first(added->path, added->path.len - 1);
	size_t name = path.len;

	if ((added->mode & TREE_KIND) != TREE_FOLDER)
		return true;
	while (name && path.data[name - 1] != '/')
		name--;
	while (in->path_len > name)
		in = in->in;
	keep_folder(nesting, in, bytes_from(path, name), &added->id);
	return true;
}

static enum answer added_by(struct facts *facts, const struct commit *commit, bool whole,
			    bool (*each)(void *context, const struct added *added), void *context)
{
	size_t count = whole ? 0 : commit->parent_count;
	struct oid *parents = arena_array(facts->added, count, sizeof(*parents)), unused;

	for (size_t i = 0; i < count; i++)
		if (repo_commit_tree(facts->repo, &commit->parents[i], 0, &parents[i], &unused) != ANSWER_YES)
			return from_repo(facts, ANSWER_UNKNOWN);
	return from_repo(facts, repo_added(facts->repo, &commit->tree, parents, count, each, context));
}

enum answer facts_added(struct facts *facts, const struct commit *commit, bool whole, const struct added **ret_added,
			size_t *ret_count)
{
	struct adding adding = {.arena = facts->added};

	arena_reset(facts->added);
	enum answer answer = added_by(facts, commit, whole, add_file, &adding);

	*ret_added = adding.added;
	*ret_count = adding.count;
	return answer;
}

enum answer facts_folders(struct facts *facts, const struct commit *commit, bool whole,
			  const struct added_folder **ret_folders)
{
	struct nesting nesting = {.arena = facts->added};

	keep_folder(&nesting, NULL, BYTES(""), &commit->tree);
	*ret_folders = nesting.last;
	return added_by(facts, commit, whole, add_folder, &nesting);
}

enum answer facts_names(struct facts *facts, const struct oid *tree, const struct bytes **ret_names, size_t *ret_count)
{
	return from_repo(facts, repo_names(facts->repo, tree, facts->added, ret_names, ret_count));
}

enum answer facts_size(struct facts *facts, const struct oid *id, size_t *ret_size)
{
	enum object_type type;

	return from_tree(facts, id, repo_header(facts->repo, id, &type, ret_size));
}

enum answer facts_blob(struct facts *facts, const struct oid *id, struct bytes *ret_content)
{
	return from_tree(facts, id, repo_content(facts->repo, id, ret_content));
}

enum answer facts_entry(struct facts *facts, const struct oid *commit, struct bytes path, unsigned *ret_mode,
			struct oid *ret_id)
{
	struct oid tree, unused;
	enum answer answer = repo_commit_tree(facts->repo, commit, 0, &tree, &unused);

	if (answer == ANSWER_YES)
		answer = repo_entry(facts->repo, &tree, path, ret_mode, ret_id);
	return from_repo(facts, answer);
}

struct oid facts_hash(struct facts *facts, struct bytes content)
{
	(void)facts;
	return repo_hash(content);
}
