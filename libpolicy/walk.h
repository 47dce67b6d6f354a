/* walk: what history's questions are made of: reading commits once, and painting two sides of history. Only history.c,
 * outside.c, bases.c and marks.c use it. */
#ifndef POLICY_WALK_H
#define POLICY_WALK_H

#include "graph.h"
#include "history.h"

#define WALK_SLACK ((uint32_t)30 * 24 * 60 * 60)

#define REACHES_MAX 4u

/** What some tips reach, worked out as far down as was asked and kept for the next question about the same tips. */
struct reach {
	struct oids tips;
	struct nodes queue; /**< reached, their parents not yet */
	struct nodes marked;
	unsigned flag; /**< marks what is reached */
	bool known;    /**< it is begun, and nothing failed */
};

struct history {
	struct arena *arena;
	struct repo *repo;
	struct graph *graph;
	struct oid *parents; /**< room for one commit's */
	struct arena *brief; /**< holds what one question needs: the next three */
	struct nodes stack;
	struct nodes queue;   /**< painted nodes whose parents are not */
	struct nodes touched; /**< everything painted */
	struct arena *memory; /**< holds what is kept for history_raw() */
	size_t kept_bytes;
	size_t fresh_run;		   /**< so many were found fresh since one was not */
	uint32_t ranks;			   /**< given out in the last walk */
	size_t pending;			   /**< nodes in the queue that only the near side reaches */
	size_t far_pending;		   /**< and those that only the far side does */
	size_t near;			   /**< nodes that only the near side reaches */
	size_t doubtful;		   /**< those of them that the far side might yet reach */
	uint32_t oldest;		   /**< the least date of a doubtful one so far */
	struct reach reaches[REACHES_MAX]; /**< the first for history_fork(), the others for history_descends() */
	size_t reach_next;
	const struct node *asked[REACHES_MAX]; /**< the tips history_descends() was asked about last */
	size_t asked_next;
	char problem[256];
};

/** Keeps what is wrong with the commit `id` as the problem; `what` is NULL where the repository has said it. False. */
bool walk_broken(struct history *history, const struct oid *id, const char *what);
/** Reads the links of `node`; false when it is missing or broken, or no commit. */
bool walk_read(struct history *history, struct node *node);
/** Whether the store did not have `node` before the push. */
bool walk_fresh(struct history *history, struct node *node);

/** Paints `node` with NODE_NEAR or NODE_FAR (or both) and queues it; false when it cannot be read. */
bool walk_paint(struct history *history, struct node *node, unsigned sides);
/** Takes the newest node off the queue and paints its parents. */
bool walk_step(struct history *history);
/**
 * Paints on until only commits that the far side reaches are left to do for the near side. Then the far side is
 * followed down to WALK_SLACK before the oldest commit in doubt: a date that lies by more makes a commit near that is
 * not, never the reverse.
 */
bool walk_settle(struct history *history);
/**
 * After that, and with nothing more to paint far: makes what is near exact, whatever the dates say, by following the
 * far side to the end of history while a commit is in doubt. Work that the store had and nothing vouches for costs
 * this. Without a quarantine every commit is in doubt, as it is when the question is not about what is `pushed`: there
 * it is done only when a date is seen to lie, where the far side stopped.
 */
bool walk_drain(struct history *history, bool pushed);
/** Takes off all paint. */
void walk_clear(struct history *history);

/** Begins `reach` for these tips, unless it is about them already; false when one cannot be read. */
bool walk_reach(struct history *history, struct reach *reach, const struct oids *tips);
/**
 * Whether the tips reach `node`, looking at what is no older than `down_to` less WALK_SLACK: YES is exact, and so is NO
 * for 0.
 */
enum answer walk_reaches(struct history *history, struct reach *reach, struct node *node, uint32_t down_to);

/** A walk from tips: depth first, first parents first. It marks with NODE_SEEN what belongs to it. */
struct walk_descent {
	struct history *history;
	bool settled; /**< stored commits belong to it when painted near only; else those it meets get that paint */
	bool ranked;  /**< it gives out the ranks: each commit one, after its parents */
};

/** Walks from all tips; ret_ends[i] (may be NULL) is the last rank given out for tip i. */
bool walk_descend(const struct walk_descent *descent, const struct oids *tips, uint32_t *ret_ends);

#endif
