/* threshold: how many of whom must approve: "2 @reviewers unless vuln_high=0", one line of `approvals`. */
#ifndef POLICY_THRESHOLD_H
#define POLICY_THRESHOLD_H

#include "condition.h"

struct threshold {
	struct who_list people; /**< with how many of them are needed */
	struct bytes named;	/**< they, as written */
	bool unless;		/**< not asked when all the conditions are met */
	struct condition *conditions;
	size_t condition_count;
};

/** key.check of `approvals`: setting->parsed becomes an array of one threshold a clause, their people its lists. */
bool threshold_check(struct setting *setting, struct findings *errors);

#endif
