/* secretfiles: the rules for secrets that a policy adds, read together with it. */
#ifndef POLICY_SECRETFILES_H
#define POLICY_SECRETFILES_H

#include "policyfile.h"

/**
 * Makes policy->secrets, with the rules of the files that `[content] secret-rules` names, from where the policy's
 * includes come from and trusted as they are. What cannot be read, or is broken, is a finding.
 */
void secretfiles_read(struct policy *policy, const struct policy_source *source, struct arena *arena,
		      struct findings *errors);

#endif
