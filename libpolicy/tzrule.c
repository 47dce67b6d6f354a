/* tzrule: reading a rule, and the changes it makes in the years around an instant. */
#include "tzrule.h"

#include "clock.h"

#define HOUR 3600
#define DAY 86400
/* Hours of an offset, and of the time of a change. */
#define OFFSET_HOURS_MAX 24
#define TIME_HOURS_MAX 167

static bool take_byte(struct bytes *rest, char byte)
{
	if (!rest->len || rest->data[0] != byte)
		return false;
	*rest = bytes_from(*rest, 1);
	return true;
}

static bool is_digit(char byte)
{
	return byte >= '0' && byte <= '9';
}

static bool take_number(struct bytes *rest, int64_t min, int64_t max, int64_t *ret_number)
{
	size_t digits = 0;

	*ret_number = 0;
	while (digits < rest->len && digits < 3 && is_digit(rest->data[digits]))
		*ret_number = *ret_number * 10 + (rest->data[digits++] - '0');
	*rest = bytes_from(*rest, digits);
	return digits && *ret_number >= min && *ret_number <= max;
}

/* [+-]hh[:mm[:ss]] */
static bool take_time(struct bytes *rest, int64_t hours_max, int64_t *ret_seconds)
{
	bool minus = take_byte(rest, '-');
	int64_t minutes = 0, seconds = 0;

	if (!minus)
		take_byte(rest, '+');
	if (!take_number(rest, 0, hours_max, ret_seconds) ||
	    (take_byte(rest, ':') &&
	     (!take_number(rest, 0, 59, &minutes) || (take_byte(rest, ':') && !take_number(rest, 0, 59, &seconds)))))
		return false;
	*ret_seconds = *ret_seconds * HOUR + minutes * 60 + seconds;
	if (minus)
		*ret_seconds = -*ret_seconds;
	return true;
}

static bool is_letter(char byte)
{
	return (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z');
}

/* "CET", or "<+0530>". */
static bool take_name(struct bytes *rest)
{
	bool quoted = take_byte(rest, '<');
	size_t len = 0;

	while (len < rest->len &&
	       (is_letter(rest->data[len]) ||
		(quoted && (is_digit(rest->data[len]) || rest->data[len] == '+' || rest->data[len] == '-'))))
		len++;
	*rest = bytes_from(*rest, len);
	return len >= 3 && (!quoted || take_byte(rest, '>'));
}

/* ",Jn", ",n" or ",Mm.w.d", and perhaps "/time". */
static bool take_change(struct bytes *rest, struct tzrule_change *change)
{
	bool good = take_byte(rest, ',');

	*change = (struct tzrule_change){.kind = TZRULE_DAY, .time = 2 * HOUR};
	if (good && take_byte(rest, 'M')) {
		change->kind = TZRULE_WEEKDAY;
		good = take_number(rest, 1, 12, &change->month) && take_byte(rest, '.') &&
		       take_number(rest, 1, 5, &change->week) && take_byte(rest, '.') &&
		       take_number(rest, 0, 6, &change->day);
	} else if (good && take_byte(rest, 'J')) {
		change->kind = TZRULE_JULIAN;
		good = take_number(rest, 1, 365, &change->day);
	} else if (good) {
		good = take_number(rest, 0, 365, &change->day);
	}
	return good && (!take_byte(rest, '/') || take_time(rest, TIME_HOURS_MAX, &change->time));
}

/* It writes what must be added to local time. */
static bool take_offset(struct bytes *rest, int64_t *ret_offset)
{
	bool good = take_time(rest, OFFSET_HOURS_MAX, ret_offset);

	*ret_offset = -*ret_offset;
	return good;
}

bool tzrule_parse(struct bytes text, struct tzrule *ret_rule)
{
	struct tzrule rule = {0};

	if (!take_name(&text) || !take_offset(&text, &rule.standard))
		return false;
	rule.changes = text.len;
	if (rule.changes) {
		rule.summer = rule.standard + HOUR;
		if (!take_name(&text) || (text.len && text.data[0] != ',' && !take_offset(&text, &rule.summer)) ||
		    !take_change(&text, &rule.begin) || !take_change(&text, &rule.end))
			return false;
	}
	*ret_rule = rule;
	return !text.len;
}

/* The weekday of a day, 0 for Sunday; no day here is long before 1970. */
static int64_t weekday_of(int64_t days)
{
	return ((days + 4) % 7 + 7) % 7;
}

/* The day of `year` that a change is on, counted from 1970. */
static int64_t day_of(const struct tzrule_change *change, int64_t year)
{
	int64_t first = clock_days(year, change->kind == TZRULE_WEEKDAY ? change->month : 1, 1);
	int64_t length = clock_days(year, change->month + 1, 1) - first;

	if (change->kind == TZRULE_DAY)
		return first + change->day;
	if (change->kind == TZRULE_JULIAN) /* as in a year without a leap day */
		return first + change->day - 1 + (change->day > 59 ? clock_days(year, 3, 1) - first - 59 : 0);
	int64_t day = (change->day - weekday_of(first) + 7) % 7 + 7 * (change->week - 1);

	return first + (day < length ? day : day - 7);
}

/* Narrows the span around `at` by a change to `offset`. */
static void narrow(struct tzspan *span, int64_t at, int64_t change, int64_t offset)
{
	if (change > at) {
		span->end = change < span->end ? change : span->end;
	} else if (change >= span->begin) {
		span->begin = change;
		span->offset = offset;
	}
}

/* A zone that has summer time all year ends and begins it in one instant: so the ends come first. */
struct tzspan tzrule_span(const struct tzrule *rule, int64_t at)
{
	struct tzspan span = {INT64_MIN, INT64_MAX, rule->standard};
	int64_t year = clock_year(at);

	for (int64_t y = year - 2; rule->changes && y <= year + 1; y++)
		narrow(&span, at, day_of(&rule->end, y) * DAY + rule->end.time - rule->summer, rule->standard);
	for (int64_t y = year - 2; rule->changes && y <= year + 1; y++)
		narrow(&span, at, day_of(&rule->begin, y) * DAY + rule->begin.time - rule->standard, rule->summer);
	return span;
}
