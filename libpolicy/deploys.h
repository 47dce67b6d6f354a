/* deploys: what a policy says of the stages of its environments, when all of it is read. */
#ifndef POLICY_DEPLOYS_H
#define POLICY_DEPLOYS_H

#include "model.h"

/** Adds a fault for each stage that a [deploy] section comes after and that no section of its environment names. What
 * patterns leave open is lint's business. */
void deploys_check(const struct policy *policy, struct findings *errors);

#endif
