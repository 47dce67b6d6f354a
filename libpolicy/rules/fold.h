/* fold: commits that git rebase --autosquash is to dissolve, and how to have them dissolved. */
#ifndef POLICY_FOLD_H
#define POLICY_FOLD_H

#include "rule.h"

/** Whether the header begins with fixup!, squash! or amend!. */
bool fold_is_asked(struct bytes header);
/** Says that the commit is to be folded into another one, and how. */
void fold_refuse(const struct rule_case *c, struct findings *findings);

#endif
