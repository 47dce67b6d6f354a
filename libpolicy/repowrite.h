/* repowrite: what is changed in a repository once a push has happened: records retired, the policy published. Nothing
 * that judges includes this. */
#ifndef POLICY_REPOWRITE_H
#define POLICY_REPOWRITE_H

#include <stdint.h>

#include "repo.h"

/** Deletes a ref that is still at `old`. YES; NO when it is gone or has moved; UNKNOWN with repo_problem(). */
enum answer repo_retire(struct repo *repo, struct bytes ref, const struct oid *old);

/** A file at the top of a tree, or in a folder there. */
struct repo_file {
	struct bytes name; /**< "policy.ini", "host/policy.ini"; a NUL behind it */
	struct bytes content;
};

/**
 * Puts a commit whose tree is exactly these files, those of a folder side by side, on top of `ref` (a NUL behind it),
 * by git-policy at `time`, unless the ref has that tree already. YES with the ref's old value (zero: none) and the new
 * one; NO when there is nothing to do or another run has done it; UNKNOWN with repo_problem().
 */
enum answer repo_publish(struct repo *repo, struct bytes ref, const struct repo_file *files, size_t count, int64_t time,
			 struct oid *ret_old, struct oid *ret_new);

#endif
