/* leave: how a move gets past a rule about flow: what mends it, or the leave of a second person. */
#ifndef POLICY_LEAVE_H
#define POLICY_LEAVE_H

#include "rule.h"

/** Sets the finding's fix: `otherwise` and, where the section has `grant`, the command of whoever may give leave. */
void leave_fix(const struct rule_case *c, struct finding *finding, const char *otherwise, struct findings *findings);

#endif
