/* govern: which refs a section governs. */
#ifndef POLICY_GOVERN_H
#define POLICY_GOVERN_H

#include "model.h"

/**
 * Adds a section for refs to the policy: as defaults when it has no name, else by the pattern that its `match` or its
 * `name` gives. Faults: no pattern, one for refs that another kind of section or git-policy itself answers for, and a
 * second section for one ref.
 */
void govern_add(struct policy *policy, struct section *section, const struct clause *name, struct arena *arena,
		struct findings *errors);

#endif
