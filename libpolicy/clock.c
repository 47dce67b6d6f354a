/* clock: the time of day, and times as ISO 8601 writes them. */
#include "clock.h"

#include <stdio.h>
#include <time.h>

#ifdef POLICY_CLOCK_ENV
#include "environment.h"
#endif

#define MINUTE 60
#define HOUR 3600
#define DAY 86400
#define YEAR_ONE ((int64_t)-62135596800)    /* 0001-01-01T00:00:00Z */
#define LAST_SECOND ((int64_t)253402300799) /* 9999-12-31T23:59:59Z */

#ifdef POLICY_CLOCK_ENV
/* With a time that cannot be read it is the end of time: every record is too old and every grant has expired. */
int64_t clock_now(void)
{
	struct bytes now = environment_get("GIT_POLICY_NOW");
	int64_t seconds;

	if (!now.len)
		return time(NULL);
	return clock_parse(now, &seconds) ? seconds : LAST_SECOND;
}
#else
int64_t clock_now(void)
{
	return time(NULL);
}
#endif

int64_t clock_elapsed(void)
{
	struct timespec now = {0};

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* A day of the Gregorian calendar. */
struct day {
	int64_t year, month, day;
};

/* Years begin in March here, so that the leap day is a year's last: then months follow a fixed pattern of lengths. */
static int64_t days_of(struct day date)
{
	int64_t year = date.month > 2 ? date.year : date.year - 1;
	int64_t month = date.month > 2 ? date.month - 3 : date.month + 9;

	return year * 365 + year / 4 - year / 100 + year / 400 + (month * 153 + 2) / 5 + date.day - 719469;
}

/* The inverse, by narrowing down: first the year, then the month. */
static struct day day_of(int64_t days)
{
	struct day date = {.year = (days + 719469) * 400 / 146097 + 1, .month = 12, .day = 1};

	while (days_of((struct day){date.year, 1, 1}) > days)
		date.year--;
	while (days_of((struct day){date.year, date.month, 1}) > days)
		date.month--;
	date.day += days - days_of(date);
	return date;
}

int64_t clock_days(int64_t year, int64_t month, int64_t day)
{
	return days_of((struct day){year, month, day});
}

/* The day of an instant, and in *ret_second how far it has gone. */
static struct day day_at(int64_t seconds, int64_t *ret_second)
{
	int64_t at = seconds < YEAR_ONE ? YEAR_ONE : seconds > LAST_SECOND ? LAST_SECOND : seconds;
	int64_t days = (at - YEAR_ONE) / DAY + YEAR_ONE / DAY;

	*ret_second = at - days * DAY;
	return day_of(days);
}

int64_t clock_year(int64_t seconds)
{
	int64_t second;

	return day_at(seconds, &second).year;
}

struct clock_text clock_format(int64_t seconds)
{
	struct clock_text text;
	int64_t second;
	struct day date = day_at(seconds, &second);

	snprintf(text.text, sizeof(text.text), "%04d-%02d-%02dT%02d:%02d:%02dZ", (int)date.year, (int)date.month,
		 (int)date.day, (int)(second / HOUR), (int)(second / MINUTE % 60), (int)(second % 60));
	return text;
}

/* A decimal number of exactly `digits` digits at the beginning of `*rest`, and the byte after it. */
static bool take(struct bytes *rest, size_t digits, char after, int64_t *ret_number)
{
	if (rest->len <= digits || rest->data[digits] != after)
		return false;
	*ret_number = 0;
	for (size_t i = 0; i < digits; i++) {
		if (rest->data[i] < '0' || rest->data[i] > '9')
			return false;
		*ret_number = *ret_number * 10 + (rest->data[i] - '0');
	}
	*rest = bytes_from(*rest, digits + 1);
	return true;
}

static bool is_day(struct day date)
{
	struct day same = {0};

	if (date.year > 0 && date.month >= 1 && date.month <= 12 && date.day >= 1)
		same = day_of(days_of(date));
	return same.year == date.year && same.month == date.month && same.day == date.day;
}

bool clock_parse(struct bytes text, int64_t *ret_seconds)
{
	struct day date;
	int64_t hour, minute, second;

	if (!take(&text, 4, '-', &date.year) || !take(&text, 2, '-', &date.month) || !take(&text, 2, 'T', &date.day) ||
	    !take(&text, 2, ':', &hour) || !take(&text, 2, ':', &minute) || !take(&text, 2, 'Z', &second) || text.len)
		return false;
	if (!is_day(date) || hour > 23 || minute > 59 || second > 59)
		return false;
	*ret_seconds = days_of(date) * DAY + hour * HOUR + minute * MINUTE + second;
	return true;
}

bool clock_parse_day(struct bytes text, int64_t *ret_seconds)
{
	char whole[CLOCK_TEXT];

	if (text.len != BYTES("2026-01-31").len)
		return false;
	snprintf(whole, sizeof(whole), "%.*sT00:00:00Z", BYTES_ARG(text));
	return clock_parse(bytes_of(whole), ret_seconds);
}

struct clock_text clock_span(int64_t seconds)
{
	struct clock_text text;

	if (seconds < 0)
		seconds = 0;
	if (seconds < 2 * MINUTE)
		snprintf(text.text, sizeof(text.text), "%d s", (int)seconds);
	else if (seconds < 2 * HOUR)
		snprintf(text.text, sizeof(text.text), "%d min", (int)(seconds / MINUTE));
	else if (seconds < 2 * DAY && seconds % HOUR >= MINUTE)
		snprintf(text.text, sizeof(text.text), "%d h %d min", (int)(seconds / HOUR),
			 (int)(seconds % HOUR / MINUTE));
	else if (seconds < 2 * DAY)
		snprintf(text.text, sizeof(text.text), "%d h", (int)(seconds / HOUR));
	else
		snprintf(text.text, sizeof(text.text), "%lld days", (long long)(seconds / DAY));
	return text;
}
