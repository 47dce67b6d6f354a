/* arrival: when each commit first came to the repository and who brought it, beside the accounts of the refs. */
#ifndef POLICY_ARRIVAL_H
#define POLICY_ARRIVAL_H

#include "facts.h"

/** How a commit came. */
struct arrival {
	int64_t time;	   /**< of its first line */
	struct bytes user; /**< whom the first line that knows names; empty: nobody knows */
	struct bytes ref;  /**< of its first line */
};

/** policy/account/arrived/<first two hex digits>, one line a commit, "<commit> <ISO time> <user|?> <ref>": read once.
 */
struct arrivals;

struct arrivals *arrivals_new(struct arena *arena, struct bytes git_dir);
/** YES; NO: not known; UNKNOWN with a sentence in *ret_problem: a file cannot be read or is no such list. */
enum answer arrivals_find(struct arrivals *arrivals, const struct oid *commit, struct arrival *ret_arrival,
			  const char **ret_problem);

/**
 * Appends those of `commits` that are not listed, and those listed without a user when `arrival` has one: whole lines,
 * under the lock of each file, whose torn last line is cut off. False with a sentence; some may be written then.
 */
bool arrivals_write(struct arena *arena, struct bytes git_dir, const struct oids *commits,
		    const struct arrival *arrival, const char **ret_problem);

#endif
