/* mood: whether the first word of a subject is plainly no imperative, as far as word lists can tell for English. */
#ifndef POLICY_MOOD_H
#define POLICY_MOOD_H

#include "bytes.h"

/**
 * Whether `word` is a verb in another form ("added", "adds", "adding"); its imperative then goes to *ret_base (arena),
 * or empty when it is not known. Anything but lower-case ASCII letters after the first makes it a name, code or an
 * abbreviation, and the answer no.
 */
bool mood_wrong(struct arena *arena, struct bytes word, struct bytes *ret_base);

#endif
