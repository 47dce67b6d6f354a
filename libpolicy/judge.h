/* judge: every rule that applies, on every update and every commit it introduces, layer by layer. */
#ifndef POLICY_JUDGE_H
#define POLICY_JUDGE_H

#include "rule.h"

/**
 * Judges the push under each layer; push's updates are resolved (resolve.h). What is wrong, and what could not be
 * decided, becomes findings. Returns true only when every update of the push has been judged to the end under every
 * layer, whatever the findings say.
 */
bool judge_push(const struct layers *layers, const struct push *push, struct facts *facts, struct findings *findings);

/**
 * Judges the message of a commit that is being made on branch `ref` (full name; empty: none is known), under each
 * layer. `commit` has its message, identities and encoding filled in, nothing else. Returns true when it was judged to
 * the end.
 */
bool judge_message(const struct layers *layers, struct bytes ref, const struct commit *commit, struct facts *facts,
		   struct findings *findings);

struct plan;
/** What the rules about flow find of update `index` under one layer, whatever was granted; the others' word goes to the
 * plan's findings. */
void judge_flow(const struct plan *plan, size_t index, struct findings *flow);

/** Whether the layer lets `user` fill an empty repository unjudged (`[policy] bootstrap`). */
bool judge_bootstraps(const struct policy *policy, const struct user *user);

#endif
