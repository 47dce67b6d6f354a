/* repowrite: writing a commit and moving a ref to it; the only file that changes a repository through libgit2. */
#include "repowrite.h"

#include <string.h>

#include "repogit.h"

#define FILE_MODE GIT_FILEMODE_BLOB
#define FOLDER_MAX 64u

/* Another process holding the ref's lock, or having moved it, is an answer and no failure. */
static bool is_moved(int code)
{
	return code == GIT_ENOTFOUND || code == GIT_EMODIFIED || code == GIT_EEXISTS;
}

/* Files whose names have `folder` in front, up to the first without; how many in *ret_count. */
static int write_files(struct repo *repo, git_treebuilder *builder, struct bytes folder, const struct repo_file *files,
		       size_t count, size_t *ret_count)
{
	int code = 0;
	size_t i = 0;

	for (; !code && i < count && bytes_starts(files[i].name, folder); i++) {
		struct bytes name = bytes_from(files[i].name, folder.len);
		git_oid blob;

		if (bytes_index(name, '/') < name.len)
			break;
		code = git_blob_create_from_buffer(&blob, repo->git, files[i].content.data, files[i].content.len);
		if (!code)
			code = git_treebuilder_insert(NULL, builder, name.data, &blob, FILE_MODE);
	}
	*ret_count = i;
	return code;
}

/* Puts the folder that the first file is in. */
static int write_folder(struct repo *repo, git_treebuilder *top, const struct repo_file *files, size_t count,
			size_t *ret_count)
{
	struct bytes folder = bytes_first(files[0].name, bytes_index(files[0].name, '/') + 1);
	char name[FOLDER_MAX] = "";
	git_treebuilder *builder = NULL;
	git_oid tree;
	int code = folder.len > sizeof(name) ? GIT_EINVALIDSPEC : git_treebuilder_new(&builder, repo->git, NULL);

	if (!code)
		code = write_files(repo, builder, folder, files, count, ret_count);
	if (!code && !*ret_count)
		code = GIT_EINVALIDSPEC;
	if (!code)
		code = git_treebuilder_write(&tree, builder);
	if (!code) {
		memcpy(name, folder.data, folder.len - 1);
		code = git_treebuilder_insert(NULL, top, name, &tree, GIT_FILEMODE_TREE);
	}
	git_treebuilder_free(builder);
	return code;
}

static int write_tree(struct repo *repo, const struct repo_file *files, size_t count, git_oid *ret_tree)
{
	git_treebuilder *builder = NULL;
	int code = git_treebuilder_new(&builder, repo->git, NULL);

	for (size_t done = 0, more; !code && done < count; done += more) {
		code = write_files(repo, builder, BYTES(""), files + done, count - done, &more);
		if (!code && !more)
			code = write_folder(repo, builder, files + done, count - done, &more);
	}
	if (!code)
		code = git_treebuilder_write(ret_tree, builder);
	git_treebuilder_free(builder);
	return code;
}

static int write_commit(struct repo *repo, const git_oid *tree_id, const git_commit *parent, int64_t time,
			git_oid *ret_id)
{
	git_signature *signature = NULL;
	git_tree *tree = NULL;
	int code = git_tree_lookup(&tree, repo->git, tree_id);

	if (!code)
		code = git_signature_new(&signature, "git-policy", "git-policy@localhost", time, 0);
	if (!code)
		code = git_commit_create(ret_id, repo->git, NULL, signature, signature, NULL,
					 "chore: publish the policy in force\n", tree, parent ? 1 : 0, &parent);
	git_signature_free(signature);
	git_tree_free(tree);
	return code;
}

/* The commit that the ref is at; NULL: there is no such ref. */
static int read_current(struct repo *repo, const char *ref, git_commit **ret_commit)
{
	git_oid id;
	int code = git_reference_name_to_id(&id, repo->git, ref);

	if (code)
		return code == GIT_ENOTFOUND ? 0 : code;
	return git_commit_lookup(ret_commit, repo->git, &id);
}

static int move_ref(struct repo *repo, const char *ref, const git_oid *id, const git_commit *current)
{
	const char *why = "git-policy: the policy in force";
	git_reference *reference = NULL;
	int code;

	if (current)
		code = git_reference_create_matching(&reference, repo->git, ref, id, 1, git_commit_id(current), why);
	else
		code = git_reference_create(&reference, repo->git, ref, id, 0, why);
	git_reference_free(reference);
	return code;
}

enum answer repo_publish(struct repo *repo, struct bytes ref, const struct repo_file *files, size_t count, int64_t time,
			 struct oid *ret_old, struct oid *ret_new)
{
	git_commit *current = NULL;
	git_oid tree, commit;
	int code = write_tree(repo, files, count, &tree);

	if (!code)
		code = read_current(repo, ref.data, &current);
	if (!code && current && git_oid_equal(git_commit_tree_id(current), &tree))
		code = GIT_EEXISTS;
	if (!code)
		code = write_commit(repo, &tree, current, time, &commit);
	if (!code)
		code = move_ref(repo, ref.data, &commit, current);
	*ret_old = current ? repo_native_id(git_commit_id(current)) : (struct oid){0};
	git_commit_free(current);
	if (code && !is_moved(code))
		return repo_unknown(repo, "cannot write", ref);
	if (code)
		return ANSWER_NO;
	*ret_new = repo_native_id(&commit);
	return ANSWER_YES;
}
