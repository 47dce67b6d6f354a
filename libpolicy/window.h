/* window: the value of `window` and `freeze`: times of the week, and dates. */
#ifndef POLICY_WINDOW_H
#define POLICY_WINDOW_H

#include "zone.h"

/** One line: "Mon-Thu 09:00-16:00", "2025-06-15T02:15/03:50". Half-open. */
struct window_range {
	unsigned days; /**< 1 << day it begins on, Monday being 0; 0: it has dates */
	bool utc;      /**< its dates are instants */
	/** With days: seconds of the day, the end perhaps of the day after. Else since 1970-01-01T00:00:00, local. */
	int64_t begin, end;
};

struct window {
	struct window_range *ranges;
	size_t count;
};

/** key.check: parses the clauses into setting->parsed, a struct window. */
bool window_check(struct setting *setting, struct findings *errors);
/** A fault for every setting with a local time, in a policy that does not say where. */
void window_check_zones(const struct policy *policy, struct findings *errors);

/** The index of the first range that holds an instant, or `count`. */
size_t window_find(const struct window *window, const struct zone *zone, int64_t at);
/**
 * The first instant from `at` on that `open` holds (NULL: it holds them all) and `closed` does not (NULL: none): true
 * with it in *ret_at. False: not before *ret_at, INT64_MAX being never, after so much looking that this can be said.
 */
bool window_opens(const struct window *open, const struct window *closed, const struct zone *zone, int64_t at,
		  int64_t *ret_at);

#endif
