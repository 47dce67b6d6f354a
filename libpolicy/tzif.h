/* tzif: a file of the tz database (RFC 9636), read strictly from its bytes. */
#ifndef POLICY_TZIF_H
#define POLICY_TZIF_H

#include "tzrule.h"

struct tzif;

/**
 * What the file `content` says, in the arena. NULL with the end of a sentence about it in *ret_problem: it is no such
 * file, of version 1, torn, or counts leap seconds, which no clock of ours does.
 */
struct tzif *tzif_parse(struct arena *arena, struct bytes content, const char **ret_problem);
/** What holds at an instant, and how long; the next span may have the same offset. */
struct tzspan tzif_span(const struct tzif *tzif, int64_t at);

#endif
