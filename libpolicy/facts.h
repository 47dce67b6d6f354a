/* facts: lazy, memoised questions to the repository (or to a commit being made); the only way a rule learns about the
 * world. */
#ifndef POLICY_FACTS_H
#define POLICY_FACTS_H

#include "model.h"
#include "object.h"
#include "push.h"

struct facts;

/** Three answers; not being able to tell is never folded into yes or no. */
enum answer {
	ANSWER_UNKNOWN, /**< facts_reason() says why */
	ANSWER_NO,
	ANSWER_YES,
};

/** What an id names in the end: tags are followed, at most 16 deep. */
struct target {
	enum object_type type;	 /**< of the id itself */
	enum object_type peeled; /**< of what it comes to */
	struct oid commit;	 /**< that commit, when peeled is OBJECT_COMMIT */
	bool too_deep;		 /**< a tag of a tag of … beyond the limit; then peeled is OBJECT_TAG */
};

/** Why the last answer was ANSWER_UNKNOWN: a sentence, never empty. */
const char *facts_reason(const struct facts *facts);

/** The pusher, or NULL: anonymous. `facts_user_claim` is the name the transport gave, empty for none. */
const struct user *facts_user(const struct facts *facts);
struct bytes facts_user_claim(const struct facts *facts);
/** The user with that e-mail address (compared without case), whichever layer names the people; or NULL. */
const struct user *facts_email(const struct facts *facts, struct bytes email);
/** Who is asking the question cannot be known here: a client, not the server (design 1). */
bool facts_on_client(const struct facts *facts);

/** YES when some update of this push or the repository before it has `ref`; its value then in *ret_id. */
enum answer facts_ref(struct facts *facts, struct bytes ref, struct oid *ret_id);
/** What `id` names. YES, or UNKNOWN when an object is missing or broken. */
enum answer facts_target(struct facts *facts, const struct oid *id, struct target *ret_target);
/** Whether `ancestor` is reachable from `tip` (a commit reaches itself). */
enum answer facts_descends(struct facts *facts, const struct oid *tip, const struct oid *ancestor);
/** Whether a move keeps its old commit: old is reachable from new. */
enum answer facts_forward(struct facts *facts, const struct update *update);
/**
 * YES with a commit without parents that a move brings in (reachable from new, not from old): an unrelated history.
 */
enum answer facts_new_root(struct facts *facts, const struct update *update, struct oid *ret_root);
/**
 * The nearest commit on the first-parent line of `tip` that some trunk of `policy` (its value before the push) reaches:
 * YES with it in *ret_commit, NO when the line ends without one.
 */
enum answer facts_fork_point(struct facts *facts, const struct policy *policy, const struct oid *tip,
			     struct oid *ret_commit);

/** Why the form of a commit's message may be spared. */
enum exemption {
	EXEMPT_NOT,
	/**
	 * it brings in history: two or more parents, the later ones not reachable from the first; where one of them
	 * reaches the first, as with git merge --no-ff, its tree is that parent's
	 */
	EXEMPT_MERGE,
	/** proved: its tree is the inverse of the commit it names, applied to its parent, and another than its parent's
	 */
	EXEMPT_REVERT,
	EXEMPT_LIKELY, /**< only on a client: git's own generated subject; the server decides by the commit */
};
/** Tells which; UNKNOWN when it could not be worked out. */
enum answer facts_exempt(struct facts *facts, const struct commit *commit, enum exemption *ret_exemption);

#endif
