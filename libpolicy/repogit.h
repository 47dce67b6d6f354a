/* repogit: the one include of libgit2, and the handles that the repo*.c files share; nobody else includes this. */
#ifndef POLICY_REPOGIT_H
#define POLICY_REPOGIT_H

#include <dirent.h>
#include <git2.h>
#include <git2/sys/odb_backend.h>
#include <git2/sys/repository.h>
#include <signal.h>

#include "repo.h"

/** Every foreign handle lives here, borrowed ones aside, so that repo_close() frees them even when memory ran out. */
struct repo {
	git_repository *git;
	git_odb *odb;	 /**< every object: the quarantine first, then the store with its alternates */
	git_odb *stored; /**< the store with its alternates only */
	git_config *config;
	git_odb_object *object;	 /**< what repo_read() lent out last */
	git_odb_object *content; /**< what repo_content() did */
	git_reference *reference;
	git_reference_iterator *references;
	struct arena *arena;
	struct arena *names;	 /**< for one repo_refs_below() */
	DIR *folder;		 /**< of loose refs, while it is listed */
	int root;		 /**< the folder that refs/ is in, once it was looked into; -1 */
	struct bytes packed;	 /**< the file of packed refs, while it is mapped */
	struct arena *memory;	 /**< for one call, reset at its end */
	struct bytes objects;	 /**< the store's directory */
	struct bytes quarantine; /**< empty: none */
	struct bytes alternates; /**< as git gave them, quoted */
	char temporary[64];	 /**< the repository that git merges in; empty: none */
	sigset_t before;	 /**< the signals before interrupt_hold(), while there is one */
	struct progress *progress;
	unsigned opinions; /**< how often git was asked */
	struct bytes git_dir;
	struct bytes work_tree;
	struct bytes remote; /**< empty: the refs are the server's own */
	bool client;
	bool served;
	bool hands_nothing_on; /**< see repo_handed_on(): it was asked, and there is no such setting */
	char problem[256];
};

/** Why libgit2, whose error `code` is, does not open what is at `path`, which somebody `named`; in the arena. */
const char *repo_open_problem(struct arena *arena, int code, const char *path, bool named);
/** Says why the answer is UNKNOWN, in the library's words, and returns it. */
enum answer repo_unknown(struct repo *repo, const char *what, struct bytes name);
enum answer repo_unknown_id(struct repo *repo, const char *what, const struct oid *id);

git_oid repo_foreign_id(const struct oid *id);
struct oid repo_native_id(const git_oid *id);

/**
 * Opens repo->odb and repo->stored. The object directories are put together by hand: libgit2's own reading of the
 * environment splits quoted paths at colons and refuses GIT_WORK_TREE, and it follows relative paths otherwise than git
 * (gitrepository-layout(5)). 0, or libgit2's code.
 */
int repo_open_objects(struct repo *repo);
/** A backend for the loose objects in `directory`; 0, or -1 without memory. The database it is added to frees it. */
int repo_loose_new(const char *directory, git_odb_backend **ret_backend);

/** The raw tree `id`, in repo->memory; the zero id is an empty one. False: repo_problem(). */
bool repo_read_tree(struct repo *repo, const struct oid *id, struct bytes *ret_raw);

/** The four trees of a question about a merge; a zero id is an empty tree. */
enum { SIDE_BASE, SIDE_OURS, SIDE_THEIRS, SIDE_RESULT, SIDES };
struct repo_sides {
	struct oid trees[SIDES];
};

/** What the trees alone say of the result, the least certain last. */
enum repo_likeness {
	LIKENESS_SAME,	    /**< it is the merge's, name by name */
	LIKENESS_DIFFERENT, /**< the merge is clean and gives another */
	LIKENESS_OPEN,	    /**< merging has to tell: both sides changed a file, something is gone on both, or a folder
			       gone on one and changed on the other, which git may follow to where it went */
};
/** 0 with the likeness, or libgit2's code. */
int repo_compare_trees(struct repo *repo, const struct repo_sides *roots, enum repo_likeness *ret_likeness);

/** git's own answer on the result: by the trees, or by the commits when these are given (several bases). */
enum proof repo_ask_git(struct repo *repo, const struct repo_sides *sides, const struct oid *ours,
			const struct oid *theirs);
/** Removes what repo_ask_git() made outside of the repository; nothing when that was done. */
void repo_remove_temporary(struct repo *repo);

/** Room for the name of a ref, as libgit2 takes it, and its NUL. */
#define REPO_NAME_MAX 4096u
/** A ref's name with a NUL behind it; false when it is too long or holds one. */
bool repo_name_keep(struct repo *repo, struct bytes ref, char name[REPO_NAME_MAX]);
/** The same for what the server's `ref`, or the beginning of one, is called here: in a clone its branches are a
 * remote's. */
bool repo_name_here(struct repo *repo, struct bytes ref, char name[REPO_NAME_MAX]);
/** The inverse, borrowing from `here` or `name`; false for what is not the server's. */
bool repo_name_there(const struct repo *repo, struct bytes here, char name[REPO_NAME_MAX], struct bytes *ret_ref);
/** Hands repo->reference on by the server's name of it, and frees it; a symbolic one is passed over. What `each` says.
 */
bool repo_tell(struct repo *repo, bool (*each)(void *context, struct bytes ref, const struct oid *id), void *context);
/** Gives back what repo_refs_below() holds while it lists. */
void repo_close_listing(struct repo *repo);

#endif
