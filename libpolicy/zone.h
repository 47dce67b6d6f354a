/* zone: the one door to the tz database: local times of a named zone, and the instants they stand for. */
#ifndef POLICY_ZONE_H
#define POLICY_ZONE_H

#include <stdint.h>

#include "model.h"

/*
 * Where clocks change, local times are skipped or come twice. Both follow from what the two instants of a range are:
 * it begins at the first instant by which local time has come to it, and ends at the last instant at which local time
 * is no further. So a skipped time stands for the moment of the jump; of a time that comes twice the beginning of a
 * range is the first, its end the last.
 */

struct zone;

/** Which instant a local time stands for, where there is more than one, or none. */
enum zone_edge {
	ZONE_BEGIN,
	ZONE_END,
};

/**
 * The zone called `name`, its file read from the tz database of this machine, whatever TZ and TZDIR say; "UTC" without
 * one. NULL with a sentence in *ret_problem: it is no name of a zone, it is not there, or it cannot be read.
 */
struct zone *zone_open(struct arena *arena, struct bytes name, const char **ret_problem);
/** The zone of a loaded policy's local times; NULL, which is UTC, when it names none. */
const struct zone *zone_of(const struct policy *policy);

/** What local time is ahead of UTC at an instant, in seconds. */
int64_t zone_offset(const struct zone *zone, int64_t at);
/** The instant that `local` stands for: seconds since 1970-01-01T00:00:00 by local clocks, each day having 86400. */
int64_t zone_instant(const struct zone *zone, int64_t local, enum zone_edge edge);
/** An instant for people: "2025-06-15T04:15:00+02:00 (2025-06-15T02:15:00Z)"; in UTC only that. */
struct bytes zone_text(const struct zone *zone, int64_t at, struct arena *arena);

/** key.check of `timezone`: opens the zone into setting->parsed. */
bool zone_check(struct setting *setting, struct findings *errors);

#endif
