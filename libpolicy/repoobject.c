/* repoobject: reading objects: raw bytes, headers, and the blob at a path. */
#include <stdio.h>
#include <string.h>

#include "arena.h"
#include "repogit.h"

#define SIZE_MAX_READ ((size_t)64 * 1024 * 1024)
#define COMPONENT_MAX 256u

_Static_assert(sizeof(struct oid) == GIT_OID_RAWSZ, "an id is what libgit2 takes for one");

git_oid repo_foreign_id(const struct oid *id)
{
	git_oid oid;

	memcpy(oid.id, id->id, sizeof(id->id));
	return oid;
}

struct oid repo_native_id(const git_oid *id)
{
	struct oid oid;

	memcpy(oid.id, id->id, sizeof(oid.id));
	return oid;
}

static enum object_type type_of(git_object_t type)
{
	switch (type) {
	case GIT_OBJECT_COMMIT:
		return OBJECT_COMMIT;
	case GIT_OBJECT_TREE:
		return OBJECT_TREE;
	case GIT_OBJECT_BLOB:
		return OBJECT_BLOB;
	case GIT_OBJECT_TAG:
		return OBJECT_TAG;
	default:
		return OBJECT_NONE;
	}
}

enum answer repo_header(struct repo *repo, const struct oid *id, enum object_type *ret_type, size_t *ret_size)
{
	git_oid oid = repo_foreign_id(id);
	git_object_t type;

	if (repo->progress)
		progress_step(repo->progress);
	int code = git_odb_read_header(ret_size, &type, repo->odb, &oid);

	if (code == GIT_ENOTFOUND)
		return ANSWER_NO;
	if (code || type_of(type) == OBJECT_NONE)
		return repo_unknown_id(repo, "cannot read object", id);
	*ret_type = type_of(type);
	return ANSWER_YES;
}

/* Lends an object out through `lent`. The size is looked at first: what is too large to judge is not inflated. */
static enum answer lend(struct repo *repo, git_odb_object **lent, const struct oid *id, enum object_type *ret_type,
			struct bytes *ret_raw)
{
	git_oid oid = repo_foreign_id(id);
	size_t size;
	enum answer answer = repo_header(repo, id, ret_type, &size);

	if (answer != ANSWER_YES)
		return answer;
	if (size > SIZE_MAX_READ) {
		snprintf(repo->problem, sizeof(repo->problem), "object %s is larger than %zu MiB", oid_hex(id).text,
			 SIZE_MAX_READ >> 20);
		return ANSWER_UNKNOWN;
	}
	git_odb_object_free(*lent);
	*lent = NULL;
	if (git_odb_read(lent, repo->odb, &oid))
		return repo_unknown_id(repo, "cannot read object", id);
	*ret_type = type_of(git_odb_object_type(*lent));
	*ret_raw = (struct bytes){git_odb_object_data(*lent), git_odb_object_size(*lent)};
	return ANSWER_YES;
}

enum answer repo_read(struct repo *repo, const struct oid *id, enum object_type *ret_type, struct bytes *ret_raw)
{
	return lend(repo, &repo->object, id, ret_type, ret_raw);
}

enum answer repo_content(struct repo *repo, const struct oid *id, struct bytes *ret_content)
{
	enum object_type type;
	enum answer answer = lend(repo, &repo->content, id, &type, ret_content);

	return answer == ANSWER_YES && type != OBJECT_BLOB ? ANSWER_NO : answer;
}

/* Only a content that no memory holds could fail to be hashed, and this one is in memory. */
struct oid repo_hash(struct bytes content)
{
	git_oid oid = {{0}};

	git_odb_hash(&oid, content.data ? content.data : "", content.len, GIT_OBJECT_BLOB);
	return repo_native_id(&oid);
}

/* Not refreshed on a miss: every new commit misses, and packs that git adds meanwhile are not from before this push. */
enum answer repo_stored(struct repo *repo, const struct oid *id)
{
	git_oid oid = repo_foreign_id(id);

	return git_odb_exists_ext(repo->stored, &oid, GIT_ODB_LOOKUP_NO_REFRESH) ? ANSWER_YES : ANSWER_NO;
}

bool repo_quarantined(const struct repo *repo)
{
	return repo->quarantine.len;
}

enum answer repo_commit_tree(struct repo *repo, const struct oid *id, size_t nth, struct oid *ret_tree,
			     struct oid *ret_parent)
{
	struct bytes parent = BYTES("\nparent ");
	enum object_type type;
	struct bytes raw, rest;
	enum answer answer = repo_read(repo, id, &type, &raw);

	if (answer == ANSWER_UNKNOWN)
		return answer;
	git_error_clear();
	if (answer == ANSWER_NO || type != OBJECT_COMMIT || !bytes_starts(raw, BYTES("tree ")) ||
	    !oid_parse(bytes_first(bytes_from(raw, 5), OID_HEX), ret_tree))
		return repo_unknown_id(repo, "no commit, or a broken one:", id);
	rest = bytes_from(raw, 5 + OID_HEX);
	*ret_parent = (struct oid){{0}};
	for (; nth && bytes_starts(rest, parent); nth--)
		rest = bytes_from(rest, parent.len + OID_HEX);
	if (bytes_starts(rest, parent) && !oid_parse(bytes_first(bytes_from(rest, parent.len), OID_HEX), ret_parent))
		return repo_unknown_id(repo, "broken commit", id);
	return ANSWER_YES;
}

/* The entry `name` of `tree`; a tree that cannot be read is not one without the entry. */
static enum answer entry_of(struct repo *repo, git_oid *tree, const char *name, git_oid *ret_id, git_object_t *ret_type)
{
	git_tree *parsed = NULL;
	const git_tree_entry *entry = NULL;

	if (git_tree_lookup(&parsed, repo->git, tree))
		return repo_unknown(repo, "cannot read the tree with", bytes_of(name));
	entry = git_tree_entry_byname(parsed, name);
	if (entry) {
		*ret_id = *git_tree_entry_id(entry);
		*ret_type = git_tree_entry_type(entry);
	}
	git_tree_free(parsed);
	return entry ? ANSWER_YES : ANSWER_NO;
}

enum answer repo_blob(struct repo *repo, const struct oid *commit, const char *path, struct arena *arena,
		      struct bytes *ret_content)
{
	struct oid tree, parent;
	enum answer answer = repo_commit_tree(repo, commit, 0, &tree, &parent);
	git_oid at = repo_foreign_id(&tree);
	git_object_t found = GIT_OBJECT_TREE;
	enum object_type type;

	for (struct bytes rest = bytes_of(path); answer == ANSWER_YES && rest.len;) {
		size_t len = bytes_index(rest, '/');
		char name[COMPONENT_MAX];

		if (found != GIT_OBJECT_TREE || len >= sizeof(name))
			return ANSWER_NO;
		memcpy(name, rest.data, len);
		name[len] = '\0';
		answer = entry_of(repo, &at, name, &at, &found);
		rest = bytes_from(rest, len + 1);
	}
	if (answer != ANSWER_YES || found != GIT_OBJECT_BLOB)
		return answer == ANSWER_YES ? ANSWER_NO : answer;
	struct oid blob = repo_native_id(&at);

	answer = repo_read(repo, &blob, &type, ret_content);
	if (answer == ANSWER_NO)
		return repo_unknown_id(repo, "missing blob", &blob);
	if (answer == ANSWER_YES)
		*ret_content = bytes_copy(arena, *ret_content);
	return answer;
}
