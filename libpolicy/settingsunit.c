/* settingsunit: whole numbers with a unit: durations and sizes. */
#include "settings.h"

#include <limits.h>

#define SECONDS_MAX (3650ul * 24 * 60 * 60)
#define BYTES_MAX LONG_MAX

struct unit {
	char name;
	unsigned long factor;
};

/* The factor of the unit that `text` ends in; 0: none. */
static unsigned long unit_of(struct bytes text, const struct unit *units, size_t count)
{
	for (size_t i = 0; text.len && i < count; i++)
		if (text.data[text.len - 1] == units[i].name)
			return units[i].factor;
	return 0;
}

static bool multiply(struct bytes number, unsigned long unit, unsigned long max, unsigned long *ret_number)
{
	if (!bytes_number(number, max / unit, ret_number))
		return false;
	*ret_number *= unit;
	return true;
}

bool settings_duration(struct bytes text, unsigned long *ret_seconds)
{
	static const struct unit units[] = {{'s', 1}, {'m', 60}, {'h', 60 * 60}, {'d', 24 * 60 * 60}};
	unsigned long unit = unit_of(text, units, sizeof(units) / sizeof(*units));

	return unit && multiply(bytes_first(text, text.len - 1), unit, SECONDS_MAX, ret_seconds);
}

bool settings_size(struct bytes text, unsigned long *ret_bytes)
{
	static const struct unit units[] = {{'k', 1ul << 10}, {'M', 1ul << 20}, {'G', 1ul << 30}};
	unsigned long unit = unit_of(text, units, sizeof(units) / sizeof(*units));

	if (!unit)
		return multiply(text, 1, BYTES_MAX, ret_bytes);
	return multiply(bytes_first(text, text.len - 1), unit, BYTES_MAX, ret_bytes);
}
