/* rehearse: what judging a push that nobody has made takes, shared by those who hear of it in different ways. */
#ifndef POLICY_REHEARSE_H
#define POLICY_REHEARSE_H

#include "run.h"

struct rehearsal {
	const struct policy_move *moves;
	size_t count;
	const char *user;  /**< who would push; NULL: run_say_pusher() */
	struct push push;  /**< what is judged */
	struct push known; /**< what is told of the server's refs, these among them */
};

/** Adds that something about a ref, or whatever `what` is, could not be told; false. */
bool rehearse_refuse(struct policy_run *run, struct bytes what, const char *problem);
/**
 * Takes up that `ref` is at `old` on the server and, when it is `pushed`, is to be at `new`. What the server has and
 * this clone has not is told, and is judged by what was fetched last, or left to the server.
 */
void rehearse_take(struct policy_run *run, struct rehearsal *rehearsal, struct bytes ref, struct oid old,
		   const struct oid *new, bool pushed);
/** Judges what was taken up; false when that was not possible to the end. */
bool rehearse_judge(struct policy_run *run, struct rehearsal *rehearsal);

#endif
