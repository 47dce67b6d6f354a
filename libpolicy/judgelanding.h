/* judgelanding: which way of seeing what a branch's new commits are counts, and what the rules say of its steps. */
#ifndef POLICY_JUDGELANDING_H
#define POLICY_JUDGELANDING_H

#include "landing.h"
#include "plan.h"

/**
 * Judges what update `index` lands, when its section switches on a rule about landing or the account keeps it: a cut
 * without an error wins, else that with the fewest steps, then with the fewest findings (design 4.4). Findings of the
 * chosen cut go to `findings`; *ret_cut (may be NULL) is that cut. UNKNOWN becomes a finding. NO when nothing is to be
 * judged.
 */
enum answer judge_landing(const struct plan *plan, size_t index, struct findings *findings,
			  struct landing_cut *ret_cut);

#endif
