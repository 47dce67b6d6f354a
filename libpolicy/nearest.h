/* nearest: the word somebody probably meant. */
#ifndef POLICY_NEAREST_H
#define POLICY_NEAREST_H

#include "bytes.h"

/** The one of `count` candidates with the least edit distance to `word`, ignoring case, when it is near enough to be a
 * slip; else empty. */
struct bytes nearest_word(struct arena *arena, struct bytes word, const struct bytes *candidates, size_t count);

#endif
