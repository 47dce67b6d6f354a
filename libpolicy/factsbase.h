/* factsbase: what the files that gather facts share; nobody else includes this. */
#ifndef POLICY_FACTSBASE_H
#define POLICY_FACTSBASE_H

#include "gather.h"

struct arrival;
struct arrivals;
struct moves;
struct landing_work;

/** The ids that vouch for what they reach, under one policy for one demand: asked for once. */
struct vouchers {
	struct vouchers *next;
	const struct policy *policy;
	struct demand demand;
	struct oids ids;
};

struct facts {
	struct arena *arena;
	struct repo *repo;
	struct history *history;
	const struct layers *layers;
	const struct user *user;
	struct bytes claim;
	bool rehearsed;		/**< nobody makes this push, or not yet */
	bool making;		/**< the commit in question is not made yet */
	bool merging;		/**< MERGE_HEAD is there */
	bool reverting;		/**< REVERT_HEAD */
	struct arena *added;	/**< what facts_added() told, emptied when it is asked again */
	struct map *refs;	/**< ref -> struct ref_value */
	struct map *targets;	/**< id -> struct target */
	struct map *commits;	/**< id -> struct commit */
	struct map *changed;	/**< two ids -> struct changed_paths */
	struct map *signatures; /**< what was signed, and the signature -> struct verdict */
	struct vouchers *vouchers;
	struct map *checks;    /**< ref of a record -> struct known_check */
	struct map *opinions;  /**< folder of records -> struct known_opinions */
	struct map *opined;    /**< folder of records -> struct oids */
	struct map *made;      /**< policy and landing -> struct known_makers */
	struct arena *reading; /**< for one account at a time, while makers are looked for; NULL: not asked yet */
	struct map *kept;      /**< section and push -> see facts_kept() */
	struct oids *reviewed; /**< see contributors.c; of `reviewed_by` */
	const struct policy *reviewed_by;
	struct oids *baseline;	       /**< NULL: not read yet */
	struct oids *there;	       /**< what the server has, as a clone knows; NULL: not listed yet */
	struct oids *branches;	       /**< of that, its branches; NULL: not listed yet */
	const struct push *past;       /**< see facts_past(); NULL: what is asked about has not happened yet */
	struct map *moved;	       /**< of its refs -> struct update */
	struct map *landed;	       /**< ref -> struct landed_heads */
	struct arrivals *arrivals;     /**< NULL: not asked yet */
	struct moves *moves;	       /**< see facts_move_brought() */
	struct map *stays;	       /**< branch, and how long is enough -> map of commits -> struct stay */
	int64_t now;		       /**< 0: not read yet */
	struct map *deploys;	       /**< id of a deploy's tag -> struct landing; NULL: not asked yet */
	struct landing_work *landings; /**< what was worked out about updates so far */
	struct consulted *consulted;   /**< see facts_consulted() */
	struct map *consulted_refs;    /**< of these records -> themselves; NULL: none */
	const char *reason;
};

/**
 * Calls `each` for every direct ref below `prefix` ("refs/heads/"; empty: all refs) with its value before the push;
 * false stops. What facts_past() moved comes last. YES when all were listed or stopped.
 */
enum answer facts_list(struct facts *facts, struct bytes prefix,
		       bool (*each)(void *context, struct bytes ref, const struct oid *id), void *context);
struct account_line;
/** facts_account() for who asks often: what is read lies in `arena`. */
enum answer facts_account_within(struct facts *facts, struct arena *arena, struct bytes ref,
				 bool (*each)(void *context, const struct account_line *line), void *context);
/** The names in a push that are symbolic refs. */
const struct map *facts_symbolic(const struct facts *facts, const struct push *push);
/** Notes that the record at `ref` was asked, what it is at, and what it said: its value, or why it cannot count. */
void facts_consult(struct facts *facts, const struct record *record, struct bytes ref, const struct oid *id,
		   const struct record_value *value, const char *problem);
/** In a clone: a file that the server publishes beside its policy (arena): NO when there is none. */
enum answer facts_published(struct facts *facts, const char *name, struct bytes *ret_content);
/** Keeps `reason` (borrowed) and returns UNKNOWN. */
enum answer facts_unknown(struct facts *facts, const char *reason);
/** How a commit came (arrival.h). NO: not known. */
enum answer facts_arrived(struct facts *facts, const struct oid *commit, struct arrival *ret_arrival);
/**
 * The commits that `new` reaches, but neither `old` nor any of `hidden`; what is gone brought and had nothing. YES or
 * UNKNOWN. Remembered while `hidden` stays the same.
 */
enum answer facts_move_brought(struct facts *facts, const struct oid *old, const struct oid *new,
			       const struct oids *hidden, const struct oids **ret_commits);
/** Whether the repository has an object of that id. */
bool facts_exists(struct facts *facts, const struct oid *id);
/** Adds the commits of the day the policy was installed, as far as they are still there. False when it cannot be told.
 */
bool facts_add_baseline(struct facts *facts, struct oids *commits);
/** Adds the commit that `id` comes to; nothing for what is no commit. False when it cannot be told. */
bool facts_add_commit(struct facts *facts, struct oids *commits, const struct oid *id);
/** Whether `policy` asks no less of the commits of `ref`, which its value before the push shows. */
bool facts_vouches(const struct policy *policy, struct demand demand, struct bytes ref);
/**
 * Adds the values before the push of the branches that `policy` names literally and that vouch for the demand; a
 * symbolic one only if the branch it comes to does as well. A demand of nothing: all of them. Where `policy` governs no
 * refs, the layer that does names them.
 */
bool facts_add_trunks(struct facts *facts, const struct policy *policy, struct demand demand, struct oids *commits);

/** Whether the account has the move, at or after the grant for it, which is `id` at `ref`, was recorded. */
enum answer facts_spent(struct facts *facts, const struct update *update, struct bytes ref, const struct oid *id);
/** When `ref` last came to `value`, by the account; 0 when that does not say. YES or UNKNOWN. */
enum answer facts_recorded(struct facts *facts, struct bytes ref, const struct oid *value, int64_t *ret_time);

#endif
