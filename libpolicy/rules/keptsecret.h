/* keptsecret: whether a secret that a commit's file holds was there before. */
#ifndef POLICY_KEPTSECRET_H
#define POLICY_KEPTSECRET_H

#include "rule.h"

/** What is looked for in the parents of one commit: {.c = the case, .arena = of its findings}. */
struct kept {
	const struct rule_case *c;
	struct arena *arena;
	struct oid *removed; /**< the files that a parent has and the commit has not, once one was looked for */
	size_t removed_count;
	size_t room;
	size_t reads; /**< how many of them were read */
	bool listed;
};

/**
 * Whether a parent has the same secret in a file of this path; or, where no parent has the path, in one that the commit
 * takes away, as a renamed file is. An empty `secret` asks for the path alone. UNKNOWN: facts_reason().
 */
enum answer kept_secret(struct kept *kept, const struct added *added, struct bytes secret);

#endif
