/* auditheld_parts: what following a ref and looking at its beginning share; nobody else includes this. */
#ifndef POLICY_AUDITHELD_PARTS_H
#define POLICY_AUDITHELD_PARTS_H

#include "auditheld.h"

/** One ref's account, newest line first: as much of each as is looked at. */
struct following {
	struct auditheld *held;
	struct bytes ref;
	struct account_line *lines;
	size_t count;
	size_t room;
};

/** A finding about `ref`: the sentence (copied). */
void auditheld_tell(struct auditheld *held, enum severity severity, struct bytes ref, struct bytes sentence);
/** An id for people: "nothing" for zero. */
struct oid_hex auditheld_name(const struct oid *id);

/** Reads policy/refs; without it there is a note. False with a finding. Tells where HEAD leads elsewhere now. */
bool auditbegin_read(struct auditheld *held);
/** How many of the oldest lines are from before the policy was installed; 0 where that is not known. */
size_t auditbegin_skip(const struct following *following);
/** A move, after what the ref was when the policy was installed, whose reflog says that it is older than that. */
void auditbegin_backdated(const struct following *following, const struct account_line *line);
/** The last move before the audit, which nobody wrote down: it says itself how old it is. */
void auditbegin_older(const struct following *following, const struct account_line *line);
/** Whether the account, or without one the ref's `value`, begins where the ref was. `whole`: all of it is audited. */
void auditbegin_check(const struct following *following, const struct oid *value, bool whole);
/** Whether the reflog begins later than the account has it: the ref was deleted, and made again. */
void auditbegin_anew(const struct following *following);
bool auditbegin_is_symbolic(struct auditheld *held, struct bytes ref);
/** Whether there is nothing to follow: it is symbolic, or was. What has changed about that is told. */
bool auditbegin_symbolic(struct auditheld *held, struct bytes ref);

#endif
