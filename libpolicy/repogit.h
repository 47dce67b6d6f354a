/* repogit: the one include of libgit2, and the handles that the repo*.c files share; nobody else includes this. */
#ifndef POLICY_REPOGIT_H
#define POLICY_REPOGIT_H

#include <git2.h>
#include <git2/sys/mempack.h>
#include <git2/sys/odb_backend.h>

#include "repo.h"

/** Every foreign handle lives here, borrowed ones aside, so that repo_close() frees them even when memory ran out. */
struct repo {
	git_repository *git;
	git_odb *odb;	 /**< every object: the quarantine first, then the store with its alternates */
	git_odb *stored; /**< the store with its alternates only */
	git_config *config;
	git_odb_object *object; /**< what repo_read() lent out last */
	git_reference *reference;
	git_reference_iterator *references;
	git_odb *scratch_odb; /**< reads through to odb, writes to memory */
	git_odb_backend *scratch_memory;
	git_repository *scratch;
	struct bytes git_dir;
	struct bytes work_tree;
	bool client;
	bool quarantined;
	char problem[256];
};

/** Says why the answer is UNKNOWN, in the library's words, and returns it. */
enum answer repo_unknown(struct repo *repo, const char *what, struct bytes name);
enum answer repo_unknown_id(struct repo *repo, const char *what, const struct oid *id);

git_oid repo_foreign_id(const struct oid *id);
struct oid repo_native_id(const git_oid *id);

#endif
