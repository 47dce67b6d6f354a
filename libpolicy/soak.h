/* soak: the values of `soak` and `soak-exempt`: how long commits are tried where, and which need not be. */
#ifndef POLICY_SOAK_H
#define POLICY_SOAK_H

#include "model.h"

/** "3d..5d on staging" */
struct soak {
	unsigned long least; /**< seconds */
	unsigned long most;  /**< more than that is worth a warning; 0: no time is */
	struct bytes span;   /**< `least` as written */
	struct bytes longer; /**< `most` as written */
	struct bytes ref;    /**< of the branch, full name */
};

/** The patterns of branches, without refs/heads/, whose commits need not wait. */
struct soak_exempt {
	struct pattern **patterns;
	size_t count;
};

/** key.check of `soak` and of `soak-exempt`: parse the value into setting->parsed. */
bool soak_check(struct setting *setting, struct findings *errors);
bool soak_check_exempt(struct setting *setting, struct findings *errors);
/** Whether a branch (full ref) matches one of the patterns. */
bool soak_exempts(const struct soak_exempt *exempt, struct bytes ref);

#endif
