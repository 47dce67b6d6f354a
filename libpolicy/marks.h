/* marks: commits that have a value, and the least of those values that each commit comes upon. */
#ifndef POLICY_MARKS_H
#define POLICY_MARKS_H

#include "map.h"
#include "oid.h"

/** A commit with a value, which is no 0. */
struct mark {
	struct oid commit;
	size_t value;
};

struct marks {
	struct map *own;   /**< commit -> struct mark */
	struct map *least; /**< commit -> the least mark that it reaches, itself included, as far as that is known */
	struct mark none;  /**< stands there for none */
};

/** None yet; put them into `own` before anything is asked. */
struct marks *marks_new(struct arena *arena);

#endif
