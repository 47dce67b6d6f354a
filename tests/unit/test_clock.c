/* test_clock: times are written and read in one form, for every day from year 1 to 9999. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "clock.h"

static const struct {
	int64_t seconds;
	const char *text;
} times[] = {
	{0, "1970-01-01T00:00:00Z"},
	{-1, "1969-12-31T23:59:59Z"},
	{951782399, "2000-02-28T23:59:59Z"},
	{951782400, "2000-02-29T00:00:00Z"},
	{951868800, "2000-03-01T00:00:00Z"},
	{4107542399, "2100-02-28T23:59:59Z"},
	{4107542400, "2100-03-01T00:00:00Z"},
	{1769860800, "2026-01-31T12:00:00Z"},
	{-62135596800, "0001-01-01T00:00:00Z"},
	{253402300799, "9999-12-31T23:59:59Z"},
};

static void both_ways(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(times) / sizeof(times[0]); i++) {
		int64_t seconds;

		assert_string_equal(clock_format(times[i].seconds).text, times[i].text);
		assert_true(clock_parse(bytes_of(times[i].text), &seconds));
		assert_int_equal(seconds, times[i].seconds);
	}
}

static void as_the_system_has_it(void **state)
{
	const int64_t step = 86399 * 91;

	(void)state;
	for (time_t seconds = -62135596800; seconds < 253402300799; seconds += step) {
		struct tm tm;
		int64_t back;
		char text[64];

		assert_non_null(gmtime_r(&seconds, &tm));
		tm.tm_year += 1900;
		snprintf(text, sizeof(text), "%04d-%02d-%02dT%02d:%02d:%02dZ", tm.tm_year, tm.tm_mon + 1, tm.tm_mday,
			 tm.tm_hour, tm.tm_min, tm.tm_sec);
		assert_string_equal(clock_format(seconds).text, text);
		assert_true(clock_parse(bytes_of(text), &back) && back == seconds);
	}
}

static void what_no_year_holds_is_the_nearest_that_one_does(void **state)
{
	(void)state;
	assert_string_equal(clock_format(INT64_MIN).text, "0001-01-01T00:00:00Z");
	assert_string_equal(clock_format(INT64_MAX).text, "9999-12-31T23:59:59Z");
}

static void no_times(void **state)
{
	static const char *const texts[] = {
		"",
		"2026-01-31",
		"2026-01-31T12:00:00",
		"2026-01-31T12:00:00z",
		"2026-01-31T12:00:00Z ",
		" 2026-01-31T12:00:00Z",
		"2026-01-31 12:00:00Z",
		"2026-01-31T12:00:00+00:00",
		"2026-1-31T12:00:00Z",
		"2026-02-29T12:00:00Z",
		"2100-02-29T12:00:00Z",
		"2026-13-01T12:00:00Z",
		"2026-00-01T12:00:00Z",
		"2026-01-00T12:00:00Z",
		"2026-01-32T12:00:00Z",
		"2026-01-31T24:00:00Z",
		"2026-01-31T12:60:00Z",
		"2026-01-31T12:00:60Z",
		"0000-01-01T00:00:00Z",
		"-026-01-31T12:00:00Z",
		"20260-01-31T12:00:00Z",
		"202x-01-31T12:00:00Z",
	};
	int64_t seconds;

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		if (clock_parse(bytes_of(texts[i]), &seconds))
			fail_msg("%s is taken for a time", texts[i]);
	assert_false(clock_parse((struct bytes){"2026-01-31T12:00:00Z\0", 21}, &seconds));
}

static void spans(void **state)
{
	static const struct {
		int64_t seconds;
		const char *text;
	} table[] = {
		{-5, "0 s"},   {45, "45 s"},	     {119, "119 s"},	      {120, "2 min"},	  {7199, "119 min"},
		{7200, "2 h"}, {7800, "2 h 10 min"}, {172799, "47 h 59 min"}, {172800, "2 days"}, {864000, "10 days"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		assert_string_equal(clock_span(table[i].seconds).text, table[i].text);
}

/* In a build with -Dclock=env the variable counts, and one that cannot be read makes everything old; in any other it is
 * not looked at. */
static void the_door(void **state)
{
	int64_t before = time(NULL), now;

	(void)state;
	assert_int_equal(unsetenv("GIT_POLICY_NOW"), 0);
	assert_true(clock_now() >= before);
	assert_int_equal(setenv("GIT_POLICY_NOW", "2030-01-02T03:04:05Z", 1), 0);
	now = clock_now();
	assert_int_equal(setenv("GIT_POLICY_NOW", "tomorrow", 1), 0);
	if (now == 1893553445) {
		assert_int_equal(clock_now(), 253402300799);
	} else {
		assert_true(now >= before && now < before + 3600);
		assert_true(clock_now() < before + 3600);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(both_ways),
		cmocka_unit_test(as_the_system_has_it),
		cmocka_unit_test(what_no_year_holds_is_the_nearest_that_one_does),
		cmocka_unit_test(no_times),
		cmocka_unit_test(spans),
		cmocka_unit_test(the_door),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
