/* after: the words of `after`: the stages that must hold the same commit first, and for how long. */
#ifndef POLICY_AFTER_H
#define POLICY_AFTER_H

#include "facts.h"

/** One clause: "migrations", "canary-5 for 10m". */
struct after {
	struct bytes stage;
	unsigned long seconds; /**< 0: at all */
};

/** key.check of `after`: setting->parsed becomes an array of one struct after a clause. */
bool after_check(struct setting *setting, struct findings *errors);
/** The ref of another stage of the environment of `ref`. */
struct bytes after_ref(struct arena *arena, struct bytes ref, struct bytes stage);
/** When the environment of `ref` was last rolled back. NO: never, or nobody knows. */
enum answer after_rollback(struct facts *facts, struct arena *arena, struct bytes ref, int64_t *ret_time);
/**
 * Since when the stage holds the commit that is to be deployed at `ref`, as far as that is newer than the environment's
 * last rollback: YES, as facts_held(); NO; UNKNOWN.
 */
enum answer after_since(struct facts *facts, struct arena *arena, struct bytes ref, const struct after *after,
			const struct oid *commit, int64_t *ret_since);

#endif
