/* stated: the version that files state, held against the version that a ref's name states. */
#ifndef POLICY_STATED_H
#define POLICY_STATED_H

#include "rule.h"

/** key.check of `version-file`: "<path> <expression>", one clause a line. */
bool stated_check(struct setting *setting, struct findings *errors);
/** The version in the name of a ref ("refs/tags/v1.2.0") that `section` governs; false when the pattern tells none. */
bool stated_version(const struct section *section, struct bytes ref, struct bytes *ret_version);

/** What is asked about one commit. */
struct stated {
	const struct rule_case *c;
	const struct setting *setting; /**< the `version-file` that holds */
	struct oid commit;	       /**< whose files are read */
	struct bytes version;	       /**< what they are to state */
	struct bytes fix;	       /**< what to do once they do, after "set it in package.json" */
};
/** Adds a finding for each file that is not there or states another version. False: could not tell. */
bool stated_judge(const struct stated *stated, struct findings *findings);

#endif
