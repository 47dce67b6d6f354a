/* beginning: what is said of a branch that has nothing to begin on. */
#ifndef POLICY_BEGINNING_H
#define POLICY_BEGINNING_H

#include "rule.h"

/** Says that no trunk has a commit of the branch and what is wanted; how to mend it is the caller's to say. NULL where
 * the repository is empty: that was said, and who may begin. */
struct finding *beginning_refuse(const struct rule_case *c, const char *wanted, struct findings *findings);

#endif
