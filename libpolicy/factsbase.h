/* factsbase: what the files that gather facts share; nobody else includes this. */
#ifndef POLICY_FACTSBASE_H
#define POLICY_FACTSBASE_H

#include "gather.h"

/** The ids that vouch for what they reach, under one policy at one level: asked for once. */
struct vouchers {
	struct vouchers *next;
	const struct policy *policy;
	enum commits_level level;
	struct oids ids;
};

struct facts {
	struct arena *arena;
	struct repo *repo;
	struct history *history;
	const struct layers *layers;
	const struct user *user;
	struct bytes claim;
	bool on_client;
	bool merging;	     /**< on a client: MERGE_HEAD is there */
	bool reverting;	     /**< REVERT_HEAD */
	struct map *refs;    /**< ref -> struct ref_value */
	struct map *targets; /**< id -> struct target */
	struct vouchers *vouchers;
	struct oids *baseline; /**< NULL: not read yet */
	const char *reason;
};

/** Keeps `reason` (borrowed) and returns UNKNOWN. */
enum answer facts_unknown(struct facts *facts, const char *reason);
/** Adds the commit that `id` comes to; nothing for what is no commit. False when it cannot be told. */
bool facts_add_commit(struct facts *facts, struct oids *commits, const struct oid *id);
/** Whether `policy` takes the commits of `ref` at least this seriously, which its value before the push shows. */
bool facts_vouches(const struct policy *policy, enum commits_level level, struct bytes ref);
/**
 * Adds the values before the push of the branches that `policy` names literally and takes at least this seriously; a
 * symbolic one no more seriously than the branch it comes to.
 */
bool facts_add_trunks(struct facts *facts, const struct policy *policy, enum commits_level level, struct oids *commits);

#endif
