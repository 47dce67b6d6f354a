/* receive: what the files that work after a push share; nobody else includes this. */
#ifndef POLICY_RECEIVE_H
#define POLICY_RECEIVE_H

#include "account.h"
#include "plan.h"
#include "run.h"

/** A push that has happened, as it was judged: by the facts from before it. */
struct received {
	struct arena *arena;
	const struct layers *layers;
	const struct push *push;
	struct facts *facts;
	struct plan plans[2];	/**< of each layer */
	struct findings unsaid; /**< what the rules found: it has been said */
};

struct receiving {
	struct policy_run *run;
	struct received now;
	struct bytes user;     /**< who pushed; empty: nobody knows */
	struct bytes event;    /**< 16 random hex digits for this push */
	int64_t installed;     /**< when the policy was; 0: not known */
	struct arena *scratch; /**< emptied after every ref */
};

/** Looks back at a push whose updates are complete; what it says is borrowed. */
void received_init(struct receiving *receiving, struct received *received, const struct push *push,
		   struct facts *facts);
/** What update `index` landed, where it comes from, and by whose leave, by the way of seeing it that was accepted:
 * fills in the landings, trunks and grant of `line`. What cannot be told is left out. */
void received_describe(struct received *received, size_t index, struct account_line *line);

/** Draws the event id that the lines of one run share. False with a finding. */
bool receive_event(struct receiving *receiving);
/**
 * Writes what the account misses of `ref` up to `line`, the last one, whose time, user and event are filled in here.
 * What landed in the others is added to the landings of `line` once it is written. False with a finding.
 */
bool receive_write(struct receiving *receiving, struct bytes ref, struct account_line *line);
/** Retires what update `index`, which landed what `line` says, has used up: approvals of heads, grants for the move.
 * False with a finding. */
bool receive_retire(struct receiving *receiving, size_t index, const struct account_line *line);
/** Deletes a record that is still at `id`, and accounts for it. False with a finding. */
bool receive_delete(struct receiving *receiving, struct bytes ref, const struct oid *id);
/** Publishes the policy in force. False with a finding. */
bool receive_publish(struct receiving *receiving);
/** Adds a finding and returns false. */
bool receive_fail(struct receiving *receiving, const char *problem);

#endif
