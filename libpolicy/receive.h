/* receive: what the files that work after a push share; nobody else includes this. */
#ifndef POLICY_RECEIVE_H
#define POLICY_RECEIVE_H

#include "account.h"
#include "plan.h"
#include "run.h"
#include "spool.h"

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
	struct bytes event;    /**< of this push */
	int64_t installed;     /**< when the policy was; 0: not known */
	struct arena *scratch; /**< emptied after every ref */
	struct spool spool;    /**< see receive_lock() */
	bool dry_run;	       /**< what is missed is told and not written */
};

/** Looks back at a push whose updates are complete; what it says is borrowed. */
void received_init(struct receiving *receiving, struct received *received, const struct push *push,
		   struct facts *facts);
/** What update `index` landed, where it comes from, and by whose leave, by the way of seeing it that was accepted:
 * fills in the landings, trunks and grant of `line`. What cannot be told is left out. */
void received_describe(struct received *received, size_t index, struct account_line *line);

/** Fills in who pushed, the event id that the lines of one run share, and when the policy was installed. False with a
 * finding. */
bool receive_begin(struct receiving *receiving, struct facts *facts);
/**
 * Writes what the account misses of `ref` up to `line`, the last one, whose time, user and event are filled in here.
 * What landed in the others is added to the landings of `line` once it is written. False with a finding.
 */
bool receive_write(struct receiving *receiving, struct bytes ref, struct account_line *line);
/** Writes what the account misses of `ref`, for which nobody speaks; with `line`, that too, which nobody saw. What
 * landed is retired. False with a finding. */
bool receive_missed(struct receiving *receiving, struct bytes ref, const struct account_line *line);
/** Does what is left to do of an update that another run put down in the spool as `name`, and did not finish. */
bool receive_again(struct receiving *receiving, struct bytes ref, struct account_line *line, struct bytes name);
/** Retires what an update of `ref`, which landed what `line` says, has used up: approvals of heads, grants for the
 * move. False with a finding. */
bool receive_retire(struct receiving *receiving, struct bytes ref, const struct account_line *line);
/** Deletes a record that is still at `id`, and accounts for it. False with a finding. */
bool receive_delete(struct receiving *receiving, struct bytes ref, const struct oid *id);
/** Publishes the policy in force. False with a finding. */
bool receive_publish(struct receiving *receiving);
/** Whether what is published is the policy in force, by the layers of the run and the facts of `receiving`, or nothing
 * is to be. UNKNOWN with a finding. */
enum answer receive_published(struct receiving *receiving);

/** From here to receive_unlock(), or the end of the run, no other run writes updates down. False with a finding. */
bool receive_lock(struct receiving *receiving);
void receive_unlock(struct receiving *receiving);
/** Finishes what runs that died had put into the spool. False with a finding. */
bool receive_recover(struct receiving *receiving);
/**
 * Puts down what triggers are to be told of the update that `line` is about to tell, if there are any, and its name in
 * *ret_name, else empty; a line that was missed gets an event of its own. False with a finding.
 */
bool receive_put(struct receiving *receiving, struct facts *facts, struct bytes ref, struct account_line *line,
		 struct bytes *ret_name);
/** Hands it to the triggers, now that the account has it. False with a finding. */
bool receive_hand(struct receiving *receiving, struct bytes ref, struct bytes name);

/** Names to the pusher the branches that have landed whole by the push, of which `lines` tell, and may be deleted. */
void receive_advise(struct receiving *receiving, const struct account_line *lines);
/** Adds a finding, unless it has been said, and returns false. */
bool receive_fail(struct receiving *receiving, const char *problem);

#endif
