/* tzrule: the rule by which a zone's clocks change in the years to come: "CET-1CEST,M3.5.0,M10.5.0/3". */
#ifndef POLICY_TZRULE_H
#define POLICY_TZRULE_H

#include <stdint.h>

#include "bytes.h"

/** A time that one offset from UTC holds: half-open, INT64_MIN and INT64_MAX where it has no end. */
struct tzspan {
	int64_t begin, end;
	int64_t offset; /**< what local time is ahead of UTC, in seconds */
};

/** How a rule says on which day of the year clocks change. */
enum tzrule_kind {
	TZRULE_DAY,	/**< `day` from 0 to 365 */
	TZRULE_JULIAN,	/**< `day` from 1 to 365, the leap day never being counted */
	TZRULE_WEEKDAY, /**< in `month` the weekday `day`, 0 being Sunday, of `week`, 5 being the last */
};

/** That day, and the time of day by the offset until then. */
struct tzrule_change {
	enum tzrule_kind kind;
	int64_t month, week, day;
	int64_t time;
};

struct tzrule {
	int64_t standard, summer;	 /**< offsets */
	bool changes;			 /**< else it is always `standard` */
	struct tzrule_change begin, end; /**< of summer time */
};

/** POSIX's TZ (Base Definitions 8.3) with the times of RFC 9636, -167 to 167 hours. False: it is none. */
bool tzrule_parse(struct bytes text, struct tzrule *ret_rule);
/** What holds at an instant. */
struct tzspan tzrule_span(const struct tzrule *rule, int64_t at);

#endif
