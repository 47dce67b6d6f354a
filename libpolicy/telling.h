/* telling: what lands, step by step, with every rule's word on it, for whoever asks before or after a push. */
#ifndef POLICY_TELLING_H
#define POLICY_TELLING_H

#include "plan.h"

/**
 * Judges update `index` as the server would, but for its commits, and writes each step that lands with the word of
 * every rule that is asked about it. What the rules found goes to plan->findings too.
 */
void telling_update(const struct plan *plan, size_t index, struct buffer *out);
/** Puts one landing of update `index` to one rule, and writes its word if it refuses: true then. */
bool telling_refusal(const struct plan *plan, size_t index, const struct landing *landing, const char *rule,
		     struct buffer *out);

#endif
