/* gather: what the judge and the runs ask of the facts, beside what rules may ask. */
#ifndef POLICY_GATHER_H
#define POLICY_GATHER_H

#include "facts.h"
#include "history.h"
#include "repo.h"

/** The facts of a push by `user` (NULL: anonymous), who the transport says is `claim`. Everything is borrowed. */
struct facts *facts_new(struct arena *arena, struct repo *repo, const struct layers *layers, const struct user *user,
			struct bytes claim);
/** The facts of a push that somebody might make: who would, only the server knows. */
struct facts *facts_new_client(struct arena *arena, struct repo *repo, const struct layers *layers);
/** The facts of a message being made in a person's clone. */
struct facts *facts_new_message(struct arena *arena, struct repo *repo, const struct layers *layers);
/** Says who would push after all, as facts_new() takes it. */
void facts_say_pusher(struct facts *facts, const struct user *user, struct bytes claim);

/**
 * From here on the facts are those from before `push` (borrowed, its values of `old` true), which has happened already:
 * what a ref was, and what its account told then. In a clone: what the server's refs are, whatever they are here.
 */
void facts_past(struct facts *facts, const struct push *push);

/** Turns the clock to when a push that has happened did (facts_now()). */
void facts_clock(struct facts *facts, int64_t now);

/** The trunks of `policy` (full refs, `ref` itself aside) that reach `commit`: YES, or NO when none does. */
enum answer facts_trunks_with(struct facts *facts, const struct policy *policy, struct bytes ref,
			      const struct oid *commit, const struct bytes **ret_trunks, size_t *ret_count);

/**
 * The commits that moving a ref from `old` to `new` brought, oldest first, at most the newest 10000 of them: outside
 * the old value, the trunks before the push and the baseline. None for what is no commit or has gone. YES or UNKNOWN.
 */
enum answer facts_brought(struct facts *facts, const struct oid *old, const struct oid *new, struct oids *ret_commits);

/** YES, or UNKNOWN where the policy was installed (policy/baseline is there) and the account has gone since. */
enum answer facts_intact(struct facts *facts);

/** A record that was asked about. */
struct consulted {
	struct consulted *next;
	struct record record;
	struct bytes ref;		  /**< its own */
	struct oid id;			  /**< what that is at */
	const struct record_value *value; /**< NULL: the bare commit, or what cannot count */
	const char *problem;		  /**< why it cannot; or NULL */
};
/** The records that were asked about so far and were there, as they were before the push, the last one first. */
const struct consulted *facts_consulted(const struct facts *facts);
/** Whether a record bears on an update: it is for the move of that ref, or of a commit that the update brings there as
 * what lands. */
bool facts_concerns(struct facts *facts, const struct record *record, const struct update *update);

/** The independent tips of the day the policy was installed, an id a line (arena): NO when that is not known. */
enum answer facts_baseline(struct facts *facts, struct bytes *ret_content);

/** The raw bytes of a commit, valid until the next question. YES, or UNKNOWN. */
enum answer facts_raw(struct facts *facts, const struct oid *id, struct bytes *ret_raw);

/**
 * What a commit adds to each of its parents: the files that no parent has so. With `whole` all that is in its tree.
 * Valid until the next question for it. YES or UNKNOWN.
 */
enum answer facts_added(struct facts *facts, const struct commit *commit, bool whole, const struct added **ret_added,
			size_t *ret_count);

/**
 * The commits that the updates `indexes` of the push (all its creates and moves of whose commits exactly this much is
 * asked) introduce (design 4.3), but for those that updates of which more is asked introduce; `tip` of each is an index
 * into `indexes`. Vouching, at their values before the push: these updates' own refs, the refs of whose commits no less
 * is asked, and the baseline. In a policy without ref sections the defaults of its kind say what is asked of a ref; in
 * one with some, a ref that it does not govern vouches for nothing; records never do, nor does a symbolic ref: the
 * branch it comes to does, by its own section.
 */
enum answer facts_introduced(struct facts *facts, const struct policy *policy, const struct push *push,
			     const size_t *indexes, size_t count, struct demand demand, struct introduced **ret_commits,
			     size_t *ret_count);

#endif
