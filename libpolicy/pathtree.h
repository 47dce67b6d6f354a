/* pathtree: path patterns as in gitignore(5), all matched at once. */
#ifndef POLICY_PATHTREE_H
#define POLICY_PATHTREE_H

#include "bytes.h"

struct pathtree;

/** A tree without patterns. */
struct pathtree *pathtree_new(struct arena *arena);
/** Why a pattern cannot be added, a static sentence; NULL: it can. */
const char *pathtree_problem(struct bytes pattern);
/**
 * Adds a pattern (borrowed) of components that are not empty, with a rank higher than any before. "*" and "?" stop at
 * "/", "**" as a component does not; a slash at the beginning or inside ties the pattern to the root, one at its end
 * wants a folder; a backslash takes the next byte as it is. A pattern that matches a folder matches all below it,
 * unless its last component is "*" alone, which matches only what is directly there.
 */
void pathtree_add(struct pathtree *tree, struct bytes pattern, size_t rank);
/**
 * The highest rank of the patterns that match `path`, with all that is below it when it ends in a slash; 0 for none.
 * Time O(path * patterns that share its way).
 */
size_t pathtree_find(struct pathtree *tree, struct bytes path);

#endif
