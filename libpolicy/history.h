/* history: walks over commits, each read once: ancestry, and which commits a push introduces (design 4.3). */
#ifndef POLICY_HISTORY_H
#define POLICY_HISTORY_H

#include "facts.h"
#include "repo.h"

struct history;

struct history *history_new(struct arena *arena, struct repo *repo);
/** Why the last answer was UNKNOWN. */
const char *history_problem(const struct history *history);

/** Whether `ancestor` is reachable from `tip`; exact whatever the dates say. */
enum answer history_descends(struct history *history, const struct oid *tip, const struct oid *ancestor);

/** Of the commits that have a mark, the least one that a parent of `tip` reaches: YES with it, NO when there is none.
 * What is found on the way stays with `marks`. */
enum answer history_least_below(struct history *history, struct marks *marks, const struct oid *tip,
				const struct mark **ret_mark);

/** A commit found by history_outside(). */
struct introduced {
	const struct oid *id; /**< lives as long as the history */
	unsigned tip;	      /**< index into `tips` of the first tip that reaches it */
};

/** Asked at most once, when the hidden commits given do not settle it: further ones. */
struct history_more {
	bool (*fill)(void *context, struct oids *ret_hidden); /**< false: could not tell */
	void *context;
};

/**
 * The commits reachable from `tips` and from none of `hidden`, nor, if that leaves commits which the store had
 * before the push, from what `more` (may be NULL) adds. Cost follows the result. YES with the list (arena), newest
 * first within a tip; UNKNOWN when an object is missing or broken.
 */
enum answer history_outside(struct history *history, const struct oids *tips, const struct oids *hidden,
			    const struct history_more *more, struct introduced **ret_commits, size_t *ret_count);
/**
 * The same without `more`, for commits that the store may well have had: dates are believed until one is seen to lie,
 * so that the cost follows the result there too. Lying dates can make it more commits, never fewer.
 */
enum answer history_without(struct history *history, const struct oids *tips, const struct oids *hidden,
			    struct introduced **ret_commits, size_t *ret_count);
/** The raw bytes of a commit: from memory when the walk still holds them, else read again. Valid until the next call.
 */
enum answer history_raw(struct history *history, const struct oid *id, struct bytes *ret_raw);
/** A commit without parents that history_outside() of these would list (whatever it is attributed to): YES with it, or
 * NO. */
enum answer history_new_root(struct history *history, const struct oid *tip, const struct oid *hidden,
			     struct oid *ret_root);
/** The nearest commit on the first-parent line of `tip` that one of `trunks` reaches: YES with it, NO when none does.
 */
enum answer history_fork(struct history *history, const struct oid *tip, const struct oids *trunks,
			 struct oid *ret_commit);
/** The first-parent of `id`: YES with it, NO for a root. */
enum answer history_first_parent(struct history *history, const struct oid *id, struct oid *ret_parent);

/**
 * The best common ancestors of two commits (git-merge-base(1) --all), exact whatever the dates say: YES with them
 * (arena), NO when there is none.
 */
enum answer history_bases(struct history *history, const struct oid *a, const struct oid *b, struct oids *ret_bases);

#endif
