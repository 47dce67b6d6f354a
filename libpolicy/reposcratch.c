/* reposcratch: libgit2's merges, in memory: nothing is written, not even the time of a file. */
#include <stdlib.h>
#include <string.h>

#include "repogit.h"

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
 * A repository without files, and so without configuration, attributes and merge drivers: a merge is what the trees
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

/* Writes the tree of a merge without conflicts, and forgets everything that was made on the way. */
static int take_tree(struct repo *repo, int code, git_index *index, git_oid *ret_tree)
{
	if (!code && git_index_has_conflicts(index))
		code = GIT_EMERGECONFLICT;
	if (!code)
		code = git_index_write_tree_to(ret_tree, index, repo->scratch);
	git_index_free(index);
	git_mempack_reset(repo->scratch_memory);
	return code;
}

int repo_merge_trees(struct repo *repo, const struct repo_sides *sides, git_oid *ret_tree)
{
	git_merge_options options;
	git_tree *trees[SIDE_RESULT] = {NULL};
	git_index *index = NULL;
	int code = open_scratch(repo);

	if (code)
		return code;
	code = git_merge_options_init(&options, GIT_MERGE_OPTIONS_VERSION);
	options.flags |= GIT_MERGE_FAIL_ON_CONFLICT;
	for (size_t i = 0; !code && i < SIDE_RESULT; i++)
		code = tree_of(repo, &sides->trees[i], &trees[i]);
	if (!code)
		code = git_merge_trees(&index, repo->scratch, trees[SIDE_BASE], trees[SIDE_OURS], trees[SIDE_THEIRS],
				       &options);
	code = take_tree(repo, code, index, ret_tree);
	for (size_t i = 0; i < SIDE_RESULT; i++)
		git_tree_free(trees[i]);
	return code;
}
