/* windowtime: times of day and dates, and what is nearly one. */
#include "windowtime.h"

#include <stdio.h>

#include "clock.h"

#define DAY 86400

bool windowtime_read(struct bytes text, int64_t *ret_time)
{
	char whole[32];

	if (bytes_equal(text, BYTES("24:00")) || bytes_equal(text, BYTES("24:00:00"))) {
		*ret_time = DAY;
		return true;
	}
	if (text.len != BYTES("09:00").len && text.len != BYTES("09:00:00").len)
		return false;
	snprintf(whole, sizeof(whole), "1970-01-01T%.*s%sZ", BYTES_ARG(text), text.len == 5 ? ":00" : "");
	return clock_parse(bytes_of(whole), ret_time);
}

static bool is_digit(char byte)
{
	return byte >= '0' && byte <= '9';
}

bool windowtime_is_date(struct bytes text)
{
	const struct bytes form = BYTES("0000-00-00");
	bool same = text.len == form.len;

	for (size_t i = 0; same && i < form.len; i++)
		same = form.data[i] == '-' ? text.data[i] == '-' : is_digit(text.data[i]);
	return same;
}

/* The next number of a date, and the byte that divides it from the one before, if there is one. */
static bool take_number(struct bytes *rest, bool divided, unsigned long *ret_number)
{
	struct bytes digits = bytes_from(*rest, divided && rest->len);
	size_t len = 0;

	while (len < digits.len && is_digit(digits.data[len]))
		len++;
	*rest = bytes_from(digits, len);
	for (digits.len = len; digits.len && digits.data[0] == '0';)
		digits = bytes_from(digits, 1);
	return bytes_number(digits, 9999, ret_number);
}

/* Adds such a date to what may be meant; false when there is none. */
static bool suggest(struct buffer *meant, unsigned long year, unsigned long month, unsigned long day)
{
	struct bytes date = bytes_printf(meant->arena, "%04lu-%02lu-%02lu", year, month, day);
	int64_t unused;

	if (year < 1000 || !clock_parse_day(date, &unused))
		return false;
	buffer_printf(meant, "%s%.*s", meant->len ? " or " : "", BYTES_ARG(date));
	return true;
}

struct bytes windowtime_meant_date(struct arena *arena, struct bytes word)
{
	struct buffer meant = {.arena = arena};
	struct bytes rest = word;
	unsigned long a, b, c;

	if (!take_number(&rest, false, &a) || !take_number(&rest, true, &b) || !take_number(&rest, true, &c))
		return (struct bytes){0};
	suggest(&meant, a, b, c);
	suggest(&meant, c, b, a);
	if (a != b)
		suggest(&meant, c, a, b);
	for (unsigned long day = 30; !meant.len && c > 28 && c < 32 && day > 27; day--)
		suggest(&meant, a, b, day);
	return buffer_bytes(&meant);
}

/* Adds a time of day, its hour with two digits. */
static bool add_time(struct buffer *hours, struct bytes text)
{
	size_t begin = hours->len;
	int64_t unused;

	if (bytes_index(text, ':') == 1)
		buffer_add(hours, BYTES("0"));
	buffer_add(hours, text);
	return windowtime_read(bytes_from(buffer_bytes(hours), begin), &unused);
}

struct bytes windowtime_meant_hours(struct arena *arena, struct bytes word)
{
	struct buffer hours = {.arena = arena};
	size_t hyphen = bytes_index(word, '-');
	bool good = hyphen < word.len && add_time(&hours, bytes_first(word, hyphen));

	buffer_add(&hours, BYTES("-"));
	return good && add_time(&hours, bytes_from(word, hyphen + 1)) ? buffer_bytes(&hours) : (struct bytes){0};
}
