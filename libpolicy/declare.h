/* declare: where a section that was read belongs in the policy. */
#ifndef POLICY_DECLARE_H
#define POLICY_DECLARE_H

#include "model.h"

/**
 * Gives a section with all its settings to the policy; `name` is its name as the heading has it. Faults: what
 * people_declare() and govern_add() find, a trigger without a program, an audit that must be written nowhere.
 */
void declare_section(struct policy *policy, struct section *section, const struct clause *name, struct arena *arena,
		     struct findings *errors);
/** Tells every section, all of them declared, what holds for its kind. */
void declare_defaults(struct policy *policy, struct arena *arena);
/** Finds the triggers that sections name and that are not there. */
void declare_links(const struct policy *policy, struct findings *errors);

#endif
