/* spelling: how a name is written that a heading takes. */
#ifndef POLICY_SPELLING_H
#define POLICY_SPELLING_H

#include "bytes.h"

/** What the next template that stands in `headings` takes, "{slug}: lower-case words with …"; NULL: no more. `*at` is 0
 * at first. */
const char *spelling_next(struct bytes headings, size_t *at);
/** `name` in lower case, with hyphens for underscores and blanks; in the arena. */
struct bytes spelling_tidy(struct arena *arena, struct bytes name);

#endif
