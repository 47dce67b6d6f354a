/* judgegrant: what a grant lets pass. */
#ifndef POLICY_JUDGEGRANT_H
#define POLICY_JUDGEGRANT_H

#include "plan.h"

/**
 * Hands what the rules about flow found of update `index` on to `findings`. Unchanged, unless some of it would stop the
 * update and a grant for exactly that move counts: then all that is not firm becomes a note, behind one that says who
 * granted it, why, and what was skipped. Where there is a grant that does not count, the first finding says why.
 */
void judge_grant(const struct plan *plan, size_t index, struct findings *flow, struct findings *findings);

/** The rules about flow that would stop an update, each once: with any, it passes with a grant only. In the arena of
 * `flow`. */
void judge_stops(const struct findings *flow, struct bytes **ret_rules, size_t *ret_count);

#endif
