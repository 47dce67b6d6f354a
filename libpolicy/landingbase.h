/* landingbase: what the files that work out landings share; nobody else includes this. */
#ifndef POLICY_LANDINGBASE_H
#define POLICY_LANDINGBASE_H

#include "factsbase.h"

/** Heads compared with one step, beyond which it is left open. */
#define LANDING_TRIED_MAX 64u

/** A branch that may land here, before the push. */
struct landing_branch {
	struct bytes ref;
	struct oid tip;
	bool walked;			  /**< its line is among the heads */
	bool recalled;			  /**< `approved` is known */
	struct landing_head *approved[2]; /**< the newest of its earlier tips that approvals speak of; NULL: no more */
};

/** What came of comparing a head with a step X -> Y. */
struct landing_trial {
	struct landing_trial *next;
	size_t place;	     /**< of Y */
	enum answer landed;  /**< X reaches the head */
	struct oid base;     /**< what the two have in common, when that is one commit; else zero */
	enum proof proof;    /**< whether Y has the tree of merging the head into X */
	const char *problem; /**< what conflicts, or why it is unknown */
};

/** A commit that may have landed, or that is on the line of a branch which may land here. */
struct landing_head {
	struct oid id;
	bool candidate; /**< it may have landed without being a parent */
	bool tip;	/**< of a branch that may land here */
	bool opined;	/**< approvals for this ref speak of it */
	size_t place;	/**< on the line of the update, beyond where that begins; 0: none was seen */
	struct landing_source *sources;
	size_t source_count;
	size_t source_room;
	size_t landed; /**< the first place where it may have landed; 0: at none */
	bool replaced_known;
	struct oid replaced; /**< see landing_replaced() */
	struct landing_trial *trials;
	bool measured;	    /**< `beyond` and `fork` are known */
	size_t beyond;	    /**< commits of its line that ours does not reach; not counted further than ours is long */
	size_t fork;	    /**< the place of the one that its line goes on with; 0 also where that is at none */
	bool looked_up;	    /**< `exists` and `tree` are known */
	enum answer exists; /**< it is a commit that is there */
	struct oid tree;
};

/** Everything worked out about one update under one policy. */
struct landing_work {
	struct landing_work *next;
	struct facts *facts;
	const struct policy *policy;
	const struct section *section;
	struct bytes ref;
	struct oid old, new;
	struct oid *line;    /**< from where it begins up to the new value */
	size_t length;	     /**< commits on it beyond the first */
	bool aside;	     /**< the old value is not on the first-parent line: the move is one step */
	struct map *heads;   /**< id -> struct landing_head */
	struct map *commits; /**< id -> struct landing_commit */
	struct map *applied; /**< four trees -> struct application */
	struct landing_head **candidates;
	size_t candidate_count, candidate_room;
	struct landing_head *sifted[LANDING_TRIED_MAX]; /**< those of them that a step could come of, the likeliest */
	bool opined;					/**< approvals speak of some head */
	struct map *by_ref;				/**< ref -> struct landing_branch */
	struct landing_branch **branches;
	size_t branch_count, branch_room;
	struct landing *edges;
	size_t edge_count, edge_room;
	bool looked;		/**< the edges are known, */
	enum landing_look look; /**< as far as this goes */
};

/** A commit as far as landing goes. */
struct landing_commit {
	struct oid tree;
	struct oid parents[2]; /**< the first ones; zero where there are fewer */
	size_t parent_count;   /**< 3 for more than two */
};

/** One step X -> Y of the line, and what is found out about it. */
struct landing_step {
	size_t place; /**< of Y */
	struct oid from, to;
	struct oid from_tree;
	struct landing_commit commit; /**< Y */
	const char *doubt, *doubt_fix;
	const struct landing_head *nearly;
};

/** What a deploy asks for: YES with it, the same each time; NO for a delete, and for what comes to no commit; UNKNOWN.
 */
enum answer landing_deploy(struct facts *facts, const struct update *update, const struct landing **ret_landing);

/** The head with this id, made if need be. */
struct landing_head *landing_head(struct landing_work *work, const struct oid *id);
/** Finds the branches that may land here, and the heads that may have landed (design 4.4). False: facts_reason(). */
bool landing_gather(struct landing_work *work);
/** Adds the heads that approvals for this ref speak of: there may be many. False: facts_reason(). */
bool landing_gather_opined(struct landing_work *work);
/** Reads the head's tree: NO when it is no commit or not there, UNKNOWN with facts_reason(). */
enum answer landing_head_read(struct landing_work *work, struct landing_head *head);

/** Adds what the branch's first-parent line has before the line of the update begins. False: facts_reason(). */
bool landing_walk(struct landing_work *work, struct landing_branch *branch);
/** Adds a branch to those that bring the head. */
void landing_add_source(struct landing_work *work, struct landing_head *head, const struct landing_branch *branch,
			bool past);
/** Completes the branches that bring the head. False: facts_reason(). */
bool landing_trace(struct landing_work *work, const struct landing_head *head);
/**
 * The newest head that approvals speak of and that this one replaces: an earlier commit of its line, or an earlier tip
 * of a branch that brings it. *ret_replaced is zero when there is none. False: facts_reason().
 */
bool landing_replaced(struct landing_work *work, struct landing_head *head, struct oid *ret_replaced);

/** Finds out where the head's line leaves ours, and how long it is from there. False: facts_reason(). */
bool landing_measure(struct landing_work *work, struct landing_head *head);
/** Reads a commit, each once. False: facts_reason(). */
bool landing_read(struct landing_work *work, const struct oid *id, struct landing_commit *ret_commit);
/** A commit that was read: of the line, each up to the step that is being added. */
const struct landing_commit *landing_known(const struct landing_work *work, const struct oid *id);
/** Adds an edge from place `first` to place `last`. */
struct landing *landing_add(struct landing_work *work, size_t first, size_t last, enum landing_method method,
			    const struct oid *head);
/** Adds every way to see the one commit at `place`, which was read, and rebases that end there. False: facts_reason().
 */
bool landing_add_step(struct landing_work *work, size_t place);

/** Compares Y with the merge of the head into X; remembered. Never NULL. */
const struct landing_trial *landing_try(struct landing_work *work, const struct landing_step *step,
					struct landing_head *head);
/**
 * Counts the candidates that Y could come of, and fills `sifted` with them, likeliest first, at most LANDING_TRIED_MAX.
 * False: facts_reason().
 */
bool landing_sift(struct landing_work *work, const struct landing_step *step, size_t *ret_count);

#endif
