/* examine: the parts of looking a repository over; private to examine*.c. */
#ifndef POLICY_EXAMINE_H
#define POLICY_EXAMINE_H

#include "run.h"

/** Where something is looked at. */
enum examine_where {
	EXAMINE_SERVER = 1 << 0,
	EXAMINE_CLONE = 1 << 1,
	EXAMINE_LOADED = 1 << 2, /**< and only when the policy loads */
};

/** One thing to look at. */
struct examination {
	const char *name;
	unsigned where;
	const char *well; /**< said when nothing is found */
	/** Adds what it finds, of whatever rule: it is told under `name`. */
	void (*look)(struct policy_run *run);
};

/** In the order they are told. The first loads the policy. */
extern const struct examination examinations[];
extern const size_t examination_count;

/** Programs and libraries that judging needs. */
void examine_programs(struct policy_run *run);

/** Who of the users is nobody yet. */
void examine_people(struct policy_run *run);

/** What clients have of the policy. */
void examine_published(struct policy_run *run);

/** Whether this is where the repository is served. */
bool examine_is_server(const struct policy_run *run);
/** A path below the git directory. */
const char *examine_path(const struct policy_run *run, const char *name);
/** The git directory, as a shell takes it. */
const char *examine_place(const struct policy_run *run);
/** Adds a finding of the look that is being taken. */
struct finding *examine_add(struct policy_run *run, enum severity severity, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

#endif
