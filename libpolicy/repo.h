/* repo: the one door to libgit2: opening a repository from a hook, reading objects, refs and configuration; it never
 * writes. */
#ifndef POLICY_REPO_H
#define POLICY_REPO_H

#include "bytes.h"
#include "facts.h"
#include "oid.h"
#include "progress.h"

struct repo;

/** How git called us: the values of the environment that say where objects are. Any may be NULL. */
struct repo_environment {
	const char *git_dir;	/**< GIT_DIR; NULL: found upwards from the working directory */
	const char *quarantine; /**< GIT_QUARANTINE_PATH: where the pushed objects are */
	const char *alternates; /**< GIT_ALTERNATE_OBJECT_DIRECTORIES, quoted as git quotes */
	const char *shallow;	/**< GIT_SHALLOW_FILE: set when the push would make the repository shallow */
	const char *namespace;	/**< GIT_NAMESPACE: the names git tells are below it; heeded only on a server */
	const char *work_tree;	/**< GIT_WORK_TREE; heeded only on a client */
	const char *remote; /**< a clone: the server's branches are those of this remote, as fetched; NULL: our own */
	struct progress *progress; /**< hears of every object that is read; NULL: nobody does */
	bool client; /**< a person's clone: ownership is validated, user and system configuration are read */
};

/** The problem where there is none, and none was named. */
#define REPO_NONE "there is no repository to work in"
/**
 * Opens it. NULL with a sentence in *ret_problem (arena): no repository, somebody else's, a format libgit2 cannot judge
 * (SHA-256, reftable, …: "cannot judge this repository format"), shallow, a push into a namespace. The caller closes it
 * with repo_close().
 */
struct repo *repo_open(struct arena *arena, const struct repo_environment *environment, const char **ret_problem);
void repo_close(struct repo *repo);
/** The version of libgit2 that runs; and the one it was built with, if that is another. */
const char *repo_library(struct arena *arena);
/** Why the last call answered UNKNOWN. */
const char *repo_problem(const struct repo *repo);

/** Whether it was cloned without all of its history. */
bool repo_is_shallow(const struct repo *repo);
/** The git directory, and the work tree's root (empty: bare), absolute, without a final slash. */
struct bytes repo_git_dir(const struct repo *repo);
struct bytes repo_work_tree(const struct repo *repo);
/** Whether it is where people push to: bare, or with a work tree and guarded by the installer all the same. */
bool repo_is_served(const struct repo *repo);

/** Reads an object whole: YES, NO when it does not exist, UNKNOWN otherwise. The bytes are valid until the next
 * repo_read(). */
enum answer repo_read(struct repo *repo, const struct oid *id, enum object_type *ret_type, struct bytes *ret_raw);
/** The content of a blob: YES, NO when there is no blob of that id, UNKNOWN otherwise. Valid until the next
 * repo_content(), whatever else is read meanwhile. */
enum answer repo_content(struct repo *repo, const struct oid *id, struct bytes *ret_content);
/** Type and size from the header, without inflating. */
enum answer repo_header(struct repo *repo, const struct oid *id, enum object_type *ret_type, size_t *ret_size);
/** Whether the object store has it outside the quarantine. Without a quarantine: whether it has it at all. */
enum answer repo_stored(struct repo *repo, const struct oid *id);
/** Whether this push is in quarantine, so that repo_stored() tells new from old. */
bool repo_quarantined(const struct repo *repo);

/** Whether what is asked about the server's refs is answered by a clone's copies of them. */
bool repo_is_copy(const struct repo *repo);
/** From here on it is: of what was fetched from `remote` (borrowed). */
void repo_copy(struct repo *repo, struct bytes remote);

/** The value of a direct ref, symbolic ones followed at most 5 deep. NO: no such ref, or a symbolic one to nowhere. */
enum answer repo_ref(struct repo *repo, struct bytes ref, struct oid *ret_id);
/** YES when `ref` is symbolic: the ref it comes to in the end (which need not exist). UNKNOWN for a loop, for more than
 * 5 steps, and, but in a clone, where a symbolic link of the file system is or leads to one of these refs. */
enum answer repo_symbolic(struct repo *repo, struct bytes ref, struct bytes *ret_target, struct arena *arena);
/** Whether git hands a push to `ref` on to hooks/proc-receive (receive.procReceiveRefs, git-config(1)), which moves
 * what it likes. YES, NO (of a clone: nobody can tell there), or UNKNOWN. */
enum answer repo_handed_on(struct repo *repo, struct bytes ref);
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

/** What comparing a tree with that of an automatic merge came to. */
enum proof {
	PROOF_UNKNOWN,	 /**< it could not be worked out; repo_problem() says why */
	PROOF_SAME,	 /**< the tree is the merge's */
	PROOF_DIFFERENT, /**< the merge is clean, its tree another one */
	PROOF_CONFLICT,	 /**< there is no automatic merge; repo_problem() names the first file in conflict */
};

/**
 * Whether `tree` is the tree that git's own merge of the commits `ours` and `theirs` gives (git-merge(1), ort, default
 * options, no attributes, no merge drivers). `bases` are their best common ancestors: none for unrelated histories.
 * Where no file changed on both sides the trees alone tell; else `git merge-tree --write-tree` does, in a repository of
 * its own outside of this one. Nothing is written here; git may renew the times of objects that it would have written.
 * `git` is asked at most 128 times, then it is UNKNOWN.
 */
enum proof repo_is_merge(struct repo *repo, const struct oid *tree, const struct oid *ours, const struct oid *theirs,
			 const struct oid *bases, size_t base_count);
/** Whether `tree` is that of re-applying `commit`, which has one parent, on the commit `onto` (git-cherry-pick(1)). */
enum proof repo_is_applied(struct repo *repo, const struct oid *tree, const struct oid *commit, const struct oid *onto);

/** A file that two trees do not have alike; a side without it has a zero id and mode 0. No renames. */
struct change {
	struct bytes path;
	unsigned old_mode, new_mode;
	struct oid old_id, new_id;
};
/**
 * Calls `each` for every difference between two trees (zero: an empty one), in the order of git's trees; false stops.
 * YES or UNKNOWN. The path is valid during the call, which may ask for no other changes or entries.
 */
enum answer repo_changes(struct repo *repo, const struct oid *old_tree, const struct oid *new_tree,
			 bool (*each)(void *context, const struct change *change), void *context);
/**
 * Calls `each` for every file, link, submodule and folder (then the path ends in "/") of `tree` that none of the trees
 * `others` (zero: an empty one) has so, in the order of git's trees; false stops. YES or UNKNOWN. The path is valid
 * during the call, which may ask for no other changes or entries.
 */
enum answer repo_added(struct repo *repo, const struct oid *tree, const struct oid *others, size_t other_count,
		       bool (*each)(void *context, const struct added *added), void *context);
/** The names in the folder `tree`, in its order, in the arena. YES or UNKNOWN. */
enum answer repo_names(struct repo *repo, const struct oid *tree, struct arena *arena, const struct bytes **ret_names,
		       size_t *ret_count);
/** The id that git gives a blob of this content. */
struct oid repo_hash(struct bytes content);
/** What `tree` has at `path`, a folder too: NO when nothing. */
enum answer repo_entry(struct repo *repo, const struct oid *tree, struct bytes path, unsigned *ret_mode,
		       struct oid *ret_id);
/** repo_refs() for the refs that begin with `prefix`, which ends in "/": costs what is there, not all refs. */
enum answer repo_refs_below(struct repo *repo, struct bytes prefix,
			    bool (*each)(void *context, struct bytes ref, const struct oid *id), void *context);

#endif
