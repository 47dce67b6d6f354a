/* clock: the one door to the time of day, and times as ISO 8601 writes them. */
#ifndef POLICY_CLOCK_H
#define POLICY_CLOCK_H

#include <stdint.h>

#include "bytes.h"

/**
 * Seconds since 1970-01-01 UTC by the server's clock. A build with -Dclock=env takes them from GIT_POLICY_NOW
 * ("2026-01-31T12:00:00Z") when that is set and valid; a release build has no such door.
 */
int64_t clock_now(void);

/** Milliseconds from some moment on, whatever is done to the clocks meanwhile. */
int64_t clock_elapsed(void);

#define CLOCK_TEXT 32
/** "2026-01-31T12:00:00Z", for years 1 to 9999. */
struct clock_text {
	char text[CLOCK_TEXT];
};
struct clock_text clock_format(int64_t seconds);
/** Exactly that form, of a real day and time (leap seconds are none); false otherwise. */
bool clock_parse(struct bytes text, int64_t *ret_seconds);
/** "2026-01-31", a real day, as its first second; false otherwise. */
bool clock_parse_day(struct bytes text, int64_t *ret_seconds);
/** Days from 1970-01-01 to a day of the Gregorian calendar; fewer before it. */
int64_t clock_days(int64_t year, int64_t month, int64_t day);
/** The year that an instant is in, of 1 to 9999 the nearest. */
int64_t clock_year(int64_t seconds);
/** A duration for people: "2 h 10 min", "3 days", "45 s". */
struct clock_text clock_span(int64_t seconds);

#endif
