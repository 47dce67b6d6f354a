/* windowtime: a time of day and a date as a window has them, and which was meant by what is none. */
#ifndef POLICY_WINDOWTIME_H
#define POLICY_WINDOWTIME_H

#include <stdint.h>

#include "bytes.h"

/** "09:00", "09:00:30", and "24:00" for the end of the day, as seconds; false for anything else. */
bool windowtime_read(struct bytes text, int64_t *ret_time);
/** Whether it looks like a date, of a day there is or not. */
bool windowtime_is_date(struct bytes text);
/** The dates that may be meant by `word`, "2025-06-08 or 2025-08-06" for 08/06/2025, the end of the month for a day
 * behind it; empty: none. */
struct bytes windowtime_meant_date(struct arena *arena, struct bytes word);
/** "09:00-17:00" for that or 9:00-17:00; empty: `word` is no such thing. */
struct bytes windowtime_meant_hours(struct arena *arena, struct bytes word);

#endif
