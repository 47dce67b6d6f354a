/* auditmoves: which moves an audit has accepted, to be crossed off as they are met elsewhere. */
#ifndef POLICY_AUDITMOVES_H
#define POLICY_AUDITMOVES_H

#include "auditline.h"
#include "findings.h"
#include "map.h"

/** A move that was accepted, as often as `left` says and was not crossed off. */
struct auditmove {
	struct auditmove *next; /**< in the order they were read */
	struct bytes ref;
	struct oid old, new;
	struct bytes event; /**< of the last time, */
	int64_t time;	    /**< and when that was */
	unsigned long left;
};

struct auditmoves {
	struct arena *arena;
	struct arena *scratch; /**< for one line */
	struct bytes repository, id;
	struct findings *findings;
	struct map *map; /**< ref and values -> struct auditmove */
	struct auditmove *first, **tail;
	int64_t begin; /**< the earliest time of a line about this repository; INT64_MAX: there is none */
	int64_t end;   /**< the latest such time */
	size_t lines;  /**< about this repository */
};

/** None yet, for the repository of that path and of that name (empty: it has none). What is wrong with lines becomes
 * findings. */
void auditmoves_init(struct auditmoves *moves, struct findings *findings, struct bytes repository, struct bytes id);
/** Reads what there is of a file called `name`; what was appended since, when called again. False with a finding. */
bool auditmoves_read(struct auditmoves *moves, struct auditlines *lines, const char *name);
/** Crosses one off; false when there is none left. */
bool auditmoves_take(struct auditmoves *moves, struct bytes ref, const struct oid *old, const struct oid *new);

#endif
