/* landing: how content arrived on a branch: which head was merged, squashed, rebased or fast-forwarded (design 4.4). */
#ifndef POLICY_LANDING_H
#define POLICY_LANDING_H

#include "bytes.h"
#include "oid.h"

/** How a step of a branch's first-parent line came about; also bit numbers in the methods of `accept`. */
enum landing_method {
	LANDING_DIRECT,	 /**< anything that is nothing else; its head is the commit itself */
	LANDING_FORWARD, /**< fast-forward: the step ends at the head */
	LANDING_MERGE,	 /**< a commit with the parents X and head, whose tree is that of git's own merge of the two */
	LANDING_SQUASH,	 /**< a commit with the parent X, whose tree is that of merging head into X */
	LANDING_REBASE,	 /**< from X on, the commits of head re-applied one by one */
	LANDING_REVERT,	 /**< a commit that undoes one in X's history, proved; its head is the commit itself */
	LANDING_DEPLOY,	 /**< a deploy ref asks for the head: nothing lands, and approvals and checks are asked of it */
};

/** "fast-forward", "merge" …, as `accept` writes it, the account keeps it and findings say it. */
const char *landing_method_name(enum landing_method method);
/** The method called `name`; false when there is none. */
bool landing_method_find(struct bytes name, enum landing_method *ret_method);

/** How hard to look for what lands: mostly the first looks tell, and they cost the least. */
enum landing_look {
	LOOK_WHOLE,    /**< only the one fast-forward from the beginning to the end */
	LOOK_BRANCHES, /**< every step, with the heads that branches have or had, and those a merge names */
	LOOK_ALL,      /**< also the heads that only approvals speak of */
};

/** A branch that brought a head: the head was on its first-parent line before the push. */
struct landing_source {
	struct bytes ref; /**< full name */
	struct oid tip;	  /**< its tip before the push */
	bool past;	  /**< the head is a past tip of it by the account only: it is not on its line any more */
};

/** One way to see one step X -> Y of a branch's first-parent line. */
struct landing {
	size_t first, last; /**< places of X and Y on the line, O being 0 */
	struct oid start;   /**< O: where the line begins, before the push */
	struct oid from;    /**< X */
	struct oid to;	    /**< Y */
	enum landing_method method;
	struct oid head;
	const struct landing_source *sources;
	size_t source_count;
	bool again;	     /**< an earlier step of the same push may land the same head */
	bool nothing;	     /**< its tree is X's: it lands nothing, and no rule is asked about it */
	struct oid reverted; /**< LANDING_REVERT: the commit undone */
	/**
	 * LANDING_DIRECT: why it could not be told that this is a landing ("merging 3f2c1ab into 0a1b2c3 gives a
	 * conflict in a.txt"), or NULL: it is certain that it is none.
	 */
	const char *doubt;
	const char *doubt_fix; /**< the command that helps, or NULL */
	/** A head that approvals speak of and that this nearly is: the same but for what was changed since; else zero.
	 */
	struct oid nearly;
};

/** A way from O to N: steps that follow one another; those which land nothing are left out. */
struct landing_cut {
	const struct landing **steps;
	size_t count;
};

#endif
