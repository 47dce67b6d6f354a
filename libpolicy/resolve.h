/* resolve: what the updates of a push really are: their old values by the repository, and the refs that symbolic names
 * stand for. */
#ifndef POLICY_RESOLVE_H
#define POLICY_RESOLVE_H

#include "push.h"
#include "repo.h"

/**
 * Fills in `old` and `kind` of every update from the repository, and appends one more update for the ref each symbolic
 * name comes to, so that both names are judged (design 3.4 to 3.6). Findings of rule "push": two names for one real
 * ref, a symbolic ref to nowhere, and, undecided, a loop, a symbolic link of the file system or a ref that cannot be
 * read. Returns false when it added one.
 */
bool resolve_push(struct push *push, struct repo *repo, struct findings *findings);

#endif
