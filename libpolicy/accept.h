/* accept: the value of `accept`: which branches may land on another, and how. */
#ifndef POLICY_ACCEPT_H
#define POLICY_ACCEPT_H

#include "landing.h"
#include "model.h"

/** "fix/ * from main by squash merge": one line of the value. */
struct accept_clause {
	struct pattern **patterns; /**< of branch names, without refs/heads/ */
	size_t pattern_count;
	struct bytes *from; /**< full refs of the trunks they must have been created from; none: wherever */
	size_t from_count;
	unsigned methods; /**< 1 << enum landing_method for each that is accepted; never 0 */
};

struct accept {
	struct accept_clause *clauses;
	size_t count;
};

/** key.check of `accept`: parses the clauses into setting->parsed, a struct accept. */
bool accept_check(struct setting *setting, struct findings *errors);
/** Whether a branch (full ref) matches one of the clause's patterns. */
bool accept_matches(const struct accept_clause *clause, struct bytes ref);

#endif
