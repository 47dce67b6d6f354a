/* lint: what a policy that loads says in vain. */
#ifndef POLICY_LINT_H
#define POLICY_LINT_H

#include "model.h"

/**
 * Adds a warning (rule "policy", with origin and fix) for each heading that an earlier one covers or its own `name`
 * refuses, group with nobody in it, rule that can never apply, list that lets nobody through, create-from or delete
 * naming a branch no section governs, deny that a deletion gets around, and severity that changes nothing.
 */
void lint_policy(const struct policy *policy, const struct people *people, struct findings *findings);

#endif
