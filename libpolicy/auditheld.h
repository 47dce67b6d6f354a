/* auditheld: what happened to a ref, held against what was accepted. */
#ifndef POLICY_AUDITHELD_H
#define POLICY_AUDITHELD_H

#include "account.h"
#include "auditmoves.h"
#include "auditstart.h"
#include "gather.h"

/** A move that nobody has accepted, as far as has been read. */
struct unaccepted {
	struct unaccepted *next;
	struct bytes ref, user, event;
	struct oid old, new;
	int64_t time;
};

struct auditheld {
	struct repo *repo;
	struct facts *facts;
	struct auditmoves *moves;
	struct findings *findings;
	struct arena *scratch; /**< for one ref */
	struct oids baseline;
	struct auditstarts starts; /**< where refs were when the policy was installed, */
	bool started;		   /**< if that is known */
	struct unaccepted *first, **tail;
	int64_t installed; /**< when the policy was; 0: not known */
	bool more;	   /**< what was read is not all of the audit: it has later lines */
	size_t refs;
	size_t count; /**< of moves that were held against the audit */
	size_t older; /**< of those from before it begins */
};

/** Ready for the first ref. False with a finding. */
bool auditheld_init(struct auditheld *held, struct repo *repo, struct facts *facts, struct auditmoves *moves);
/**
 * Follows the account of `ref`, with what only its reflog knows, from its present value back. What does not fit
 * becomes a finding; moves that were not accepted are kept, since they may be later than what was read of the audit.
 */
void auditheld_ref(struct auditheld *held, struct bytes ref);
/** Tells of the moves that were kept and are still not accepted, and of those that were accepted and never made. */
void auditheld_end(struct auditheld *held);

#endif
