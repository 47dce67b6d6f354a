/* repo: the one door to libgit2: opening a repository from a hook, reading objects, refs and configuration; it never
 * writes. */
#ifndef POLICY_REPO_H
#define POLICY_REPO_H

#include "bytes.h"
#include "facts.h"
#include "oid.h"

struct repo;

/** How git called us: the values of the environment that say where objects are. Any may be NULL. */
struct repo_environment {
	const char *git_dir;	/**< GIT_DIR; NULL: found upwards from the working directory */
	const char *quarantine; /**< GIT_QUARANTINE_PATH: where the pushed objects are */
	const char *alternates; /**< GIT_ALTERNATE_OBJECT_DIRECTORIES, quoted as git quotes */
	const char *shallow;	/**< GIT_SHALLOW_FILE: set when the push would make the repository shallow */
	const char *work_tree;	/**< GIT_WORK_TREE; heeded only on a client */
	bool client;		/**< a person's clone: ownership is validated, user and system configuration are read */
};

/**
 * Opens it. NULL with a sentence in *ret_problem (arena): no repository, a format libgit2 cannot judge (SHA-256,
 * reftable, …: "cannot judge this repository format"), shallow. The caller closes it with repo_close().
 */
struct repo *repo_open(struct arena *arena, const struct repo_environment *environment, const char **ret_problem);
void repo_close(struct repo *repo);
/** Why the last call answered UNKNOWN. */
const char *repo_problem(const struct repo *repo);

/** The git directory, and the work tree's root (empty: bare), absolute, without a final slash. */
struct bytes repo_git_dir(const struct repo *repo);
struct bytes repo_work_tree(const struct repo *repo);

/** Reads an object whole: YES, NO when it does not exist, UNKNOWN otherwise. The bytes are valid until the next
 * repo_read(). */
enum answer repo_read(struct repo *repo, const struct oid *id, enum object_type *ret_type, struct bytes *ret_raw);
/** Type and size from the header, without inflating. */
enum answer repo_header(struct repo *repo, const struct oid *id, enum object_type *ret_type, size_t *ret_size);
/** Whether the object store has it outside the quarantine. Without a quarantine: whether it has it at all. */
enum answer repo_stored(struct repo *repo, const struct oid *id);
/** Whether this push is in quarantine, so that repo_stored() tells new from old. */
bool repo_quarantined(const struct repo *repo);

/** The value of a direct ref, symbolic ones followed at most 5 deep. NO: no such ref, or a symbolic one to nowhere. */
enum answer repo_ref(struct repo *repo, struct bytes ref, struct oid *ret_id);
/** YES when `ref` is symbolic: the ref it comes to in the end (which need not exist). UNKNOWN for a loop or more than 5
 * steps. */
enum answer repo_symbolic(struct repo *repo, struct bytes ref, struct bytes *ret_target, struct arena *arena);
/** Calls `each` for every direct ref below refs/ with its unpeeled id; stops when it returns false. YES when all were
 * listed or stopped. */
enum answer repo_refs(struct repo *repo, bool (*each)(void *context, struct bytes ref, const struct oid *id),
		      void *context);

/** A configuration value ("core.commentChar"), the environment's (git -c) first: NO when unset. */
enum answer repo_config(struct repo *repo, const char *name, struct arena *arena, struct bytes *ret_value);
/** The tree of the commit `id` and its parent number `nth` from 0 on, zero when it has fewer; read leniently. YES or
 * UNKNOWN. */
enum answer repo_commit_tree(struct repo *repo, const struct oid *id, size_t nth, struct oid *ret_tree,
			     struct oid *ret_parent);
/** The blob at `path` in the tree of commit `commit`, into the arena; NO when there is none. */
enum answer repo_blob(struct repo *repo, const struct oid *commit, const char *path, struct arena *arena,
		      struct bytes *ret_content);
/**
 * Whether `tree` is the tree that reverting `reverted` on the commit `onto` gives, for a merge against any one of its
 * parents (git revert --mainline): YES, NO for another tree, a conflict or one that changes nothing, UNKNOWN for a
 * failure. Merges in memory; nothing is written.
 */
enum answer repo_is_revert(struct repo *repo, const struct oid *tree, const struct oid *reverted,
			   const struct oid *onto);

#endif
