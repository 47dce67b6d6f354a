/* nearest: the word somebody probably meant. */
#ifndef POLICY_NEAREST_H
#define POLICY_NEAREST_H

#include "bytes.h"

/** Which of `count` candidates has the least edit distance to `word`, ignoring case, when it is near enough to be a
 * slip; else `count`. */
size_t nearest_index(struct bytes word, const struct bytes *candidates, size_t count);
/** That candidate, copied; or empty. */
struct bytes nearest_word(struct arena *arena, struct bytes word, const struct bytes *candidates, size_t count);

#endif
