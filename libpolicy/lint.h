/* lint: what a policy that loads says in vain. */
#ifndef POLICY_LINT_H
#define POLICY_LINT_H

#include "model.h"

/**
 * Adds a warning (rule "policy", with origin and fix) for each heading of `policy`, one of `layers`, that an earlier
 * one covers, that its own `name` refuses or that differs from another in letter case only, for each group with nobody
 * in it, rule that can never apply, list that lets nobody through, create-from or delete naming a branch no section
 * governs, deny that a deletion gets around, severity that changes nothing, and for users nobody can tell apart.
 */
void lint_policy(const struct policy *policy, const struct layers *layers, struct findings *findings);

#endif
