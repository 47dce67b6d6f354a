/* counted: whose approvals of a landing count, and why the others do not (design 4.5). */
#ifndef POLICY_COUNTED_H
#define POLICY_COUNTED_H

#include "rule.h"

/**
 * Those who approve a landing's head: each one person, however many names, known, and neither author, committer nor
 * pusher of what lands; nobody, when the same push may land that head before. Who asks for changes under one name does
 * not approve under another.
 */
struct counted {
	const struct user **users;
	size_t count;
	struct bytes others; /**< "erin does not count: author of 3f2c1ab; mallory does not count: unknown", or empty */
	const struct user **rejecting; /**< who asks for changes and could approve: they block */
	size_t rejecting_count;
	bool signed_only;    /**< `signed = required`: unsigned ones are among the others */
	bool unknown_pusher; /**< nobody knows who pushed some of what lands: that excludes nobody */
	bool open;	     /**< in a clone: the server may know, and leave out more */
};

/** Counts for the case of a SCOPE_LANDING rule; false when it cannot be told, with facts_reason(). */
bool counted_approvers(const struct rule_case *c, struct arena *arena, struct counted *ret_counted);
/** Adds that it is open who counts, where it is. */
void counted_note(const struct rule_case *c, const struct counted *counted, struct findings *findings);
/** Whether `user` is one of those that count. */
bool counted_has(const struct counted *counted, const struct user *user);

#endif
