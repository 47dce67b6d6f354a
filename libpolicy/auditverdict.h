/* auditverdict: what was judged, as lines of JSON for whoever asks later who let what pass, and why. */
#ifndef POLICY_AUDITVERDICT_H
#define POLICY_AUDITVERDICT_H

#include "gather.h"
#include "policy.h"

/** What is the same for all updates of a push. Texts may be empty, and are left out then. */
struct audit {
	int64_t time;
	struct bytes event;
	const char *hook;
	struct bytes repository; /**< its path */
	struct bytes id;	 /**< its own name, in signed records too */
	struct bytes transport;	 /**< see environment_transport() */
	struct bytes user;	 /**< whom the policy knows the pusher as */
	struct bytes variable;	 /**< where the identity comes from, */
	struct bytes claim;	 /**< and what that said */
	struct oid policy;	 /**< what tells the policies in force from all others; zero: they did not load */
	bool evaluate;		 /**< some policy only evaluates */
	enum policy_exit verdict;
	enum policy_exit would; /**< what it would be if all policies enforced */
	int64_t duration;	/**< milliseconds */
	const struct findings *findings;
	struct facts *facts; /**< NULL: it did not come to asking any */
};

/**
 * Appends a line for every update of the push, of at most POLICY_AUDIT_LINE bytes: findings and records that there is
 * no room for are counted; or, when none could be read, one without a ref. Whatever was pushed, it is valid JSON, and
 * holds nothing that a terminal could act on.
 */
void audit_add(const struct audit *audit, const struct push *push, struct buffer *out);

#endif
