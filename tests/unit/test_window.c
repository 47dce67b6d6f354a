/* test_window: what times of a window look like, what does not, what they hold and when they open. */
#include "memory_policy.h"

#include "clock.h"
#include "window.h"

#define BERLIN "[policy]\nversion = 1\ntimezone = Europe/Berlin\n"
#define UTC "[policy]\nversion = 1\ntimezone = UTC\n"

static const struct window *window_in(const struct policy *policy, const char *key)
{
	const struct section *section = section_find(policy, BYTES("refs/heads/main"));
	const struct setting *setting = section_setting(section, key);

	return setting ? setting->parsed : NULL;
}

/* A policy whose window is `window` and whose freeze is `freeze`; either may be NULL. */
static struct memory memory_with(const char *head, const char *window, const char *freeze)
{
	struct memory memory = memory_new(NULL, NULL);
	struct buffer text = {.arena = memory.arena};

	buffer_printf(&text, "%s[branch \"main\"]\n", head);
	if (window)
		buffer_printf(&text, "window = %s\n", window);
	if (freeze)
		buffer_printf(&text, "freeze = %s\n", freeze);
	buffer_add(&text, (struct bytes){"", 1});
	memory.policy = buffer_bytes(&text).data;
	return memory;
}

static void reads(void **state)
{
	static const struct {
		const char *text;
		unsigned days;
		int64_t begin, end;
		bool utc;
	} table[] = {
		{"Mon-Thu 09:00-16:00", 0x0f, 32400, 57600, false},
		{"Mon,Wed 09:00-12:00", 0x05, 32400, 43200, false},
		{"Sat", 0x20, 0, 86400, false},
		{"Sat Sun", 0x60, 0, 86400, false},
		{"Mon-Tue,Thu Sun", 0x4b, 0, 86400, false},
		{"Fri-Mon", 0x71, 0, 86400, false},
		{"Wed-Wed", 0x04, 0, 86400, false},
		{"Fri 22:00-02:00", 0x10, 79200, 93600, false},
		{"Mon 00:00-24:00", 0x01, 0, 86400, false},
		{"Mon 22:00-00:00", 0x01, 79200, 86400, false},
		{"Mon 09:00:30-09:00:31", 0x01, 32430, 32431, false},
		{"2025-06-15T02:15/2025-06-15T03:50", 0, 1749953700, 1749959400, false},
		{"2025-06-15T02:15/03:50", 0, 1749953700, 1749959400, false},
		{"2025-06-15T02:15:01/24:00", 0, 1749953701, 1750032000, false},
		{"2025-06-15T02:15Z/03:50Z", 0, 1749953700, 1749959400, true},
		{"2025-06-15T02:15Z/2025-06-16T01:00Z", 0, 1749953700, 1750035600, true},
		{"2025-12-20/2026-01-06", 0, 1766188800, 1767744000, false},
		{"2025-12-24/2025-12-24", 0, 1766534400, 1766620800, false},
		{"2025-12-24", 0, 1766534400, 1766620800, false},
		{"9999-12-31", 0, 253402214400, 253402300800, false},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(table); i++) {
		struct memory memory = memory_with(UTC, table[i].text, NULL);
		const struct policy *policy = memory_load(&memory);

		if (!policy)
			fail_msg("%s: %s", table[i].text, memory_said(&memory, true));
		const struct window_range *range = &window_in(policy, "window")->ranges[0];

		assert_int_equal(range->days, table[i].days);
		assert_int_equal(range->begin, table[i].begin);
		assert_int_equal(range->end, table[i].end);
		assert_int_equal(range->utc, table[i].utc);
		arena_free(memory.arena);
	}
}

static void refuses(void **state)
{
	static const struct {
		const char *text, *said;
	} table[] = {
		{"15/06/2025", "5:10 \"15/06/2025\": a date is year, month and day: 2025-06-15 (fix: write "
			       "2025-06-15)\n"},
		{"08/06/2025", "5:10 \"08/06/2025\": a date is year, month and day: 2025-06-15 (fix: write 2025-06-08 "
			       "or 2025-08-06)\n"},
		{"06/15/2025", "(fix: write 2025-06-15)\n"},
		{"15.06.2025", "(fix: write 2025-06-15)\n"},
		{"2025/06/15", "(fix: write 2025-06-15)\n"},
		{"2025-6-5", "(fix: write 2025-06-05)\n"},
		{"08/06/2025 - 14/06/2025", "(fix: write 2025-06-08 or 2025-08-06)\n"},
		{"2025-12-20/06.01.2026", "5:21 \"06.01.2026\": a date is year, month and day: 2025-06-15 (fix: write "
					  "2026-01-06 or 2026-06-01)\n"},
		{"2025-02-29", "5:10 \"2025-02-29\": there is no such day (fix: write 2025-02-28)\n"},
		{"2025-02-30/2025-03-05", "5:10 \"2025-02-30\": there is no such day (fix: write 2025-02-28)\n"},
		{"2025-06-01/2025-06-31", "5:21 \"2025-06-31\": there is no such day (fix: write 2025-06-30)\n"},
		{"2025-13-13", "there is no such day (fix: write Mon-Thu 09:00-16:00, 2025-06-15T02:15/03:50 or "},
		{"2025-12-20..2026-01-06", "5:10 \"2025-12-20..2026-01-06\": a slash stands between two dates (fix: "
					   "write 2025-12-20/2026-01-06)\n"},
		{"2025-06-15T02:15..03:50", "(fix: write 2025-06-15T02:15/03:50)\n"},
		{"2025-12-20...2026-01-06", "a date is year, month and day"},
		{"08/06/25", "(fix: write Mon-Thu"},
		{"15 June 2025", "5:10 \"15\": a date is year, month and day"},
		{"June 15", "5:10 \"June\": no day of the week, nor a date"},
		{"2025-06-15T02:15", "5:10 \"2025-06-15T02:15\": it does not end (fix: write 2025-06-15T02:15/03:50)"},
		{"2025-06-15T2:15/03:50", "5:10 \"2025-06-15T2:15\": no date and time"},
		{"2025-06-15T02:15/3:50", "5:27 \"3:50\": no date and time"},
		{"2025-06-15T02:15+02:00/03:50+02:00", "5:10 \"2025-06-15T02:15+02:00\": no date and time"},
		{"2025-06-15T24:00/2025-06-16T01:00", "5:10 \"2025-06-15T24:00\": no date and time"},
		{"2025-06-15T02:15/02:15", "5:10 \"2025-06-15T02:15/02:15\": it ends before it begins"},
		{"2025-06-15T22:00/02:00",
		 "it ends before it begins (fix: put the earlier side first; over midnight, both with their dates)"},
		{"2025-06-15/2025-06-14", "it ends before it begins"},
		{"2025-06-15/2025-06-16T01:00", "one side has a time of day, the other has none"},
		{"2025-06-15/03:50", "one side has a time of day, the other has none"},
		{"2025-06-15T02:15Z/03:50", "one side is UTC, the other is not"},
		{"2025-06-15T02:15/03:50Z", "one side is UTC, the other is not"},
		{"2025-06-15T02:15/", "5:10 \"2025-06-15T02:15/\": a date is"},
		{"/2025-06-15", "5:10 \"/2025-06-15\": no day of the week"},
		{"02:15/03:50", "5:10 \"02:15\": no date and time"},
		{"09:00-17:00", "5:10 \"09:00-17:00\": hours without the days they are on (fix: write Mon-Sun "
				"09:00-17:00, or the days that are meant)\n"},
		{"9:00-17:00", "(fix: write Mon-Sun 09:00-17:00, or"},
		{"mon 09:00-16:00", "5:10 \"mon\": a day of the week has three letters (fix: write Mon)\n"},
		{"Monday-Thu 09:00-16:00", "5:10 \"Monday-Thu\": a day of the week has three letters (fix: write Mon)"},
		{"Mon-Thursday", "5:14 \"Thursday\": a day of the week has three letters (fix: write Thu)"},
		{"Mon- Thu", "5:10 \"Mon-\": a day of the week"},
		{"Mon - Thu", "5:14 \"-\": no day of the week"},
		{"Mon, Wed", "5:10 \"Mon,\": a comma stands between two days (fix: write Mon,Wed or Mon Wed)"},
		{",Mon", "a comma stands between two days"},
		{"Mon 9:00-16:00", "5:14 \"9:00-16:00\": no time of day (fix: write 09:00-16:00)\n"},
		{"Mon 9:00-25:00", "no time of day (fix: write HH:MM-HH:MM, from 00:00 to 24:00)\n"},
		{"Mon 09:00", "no time of day"},
		{"Mon 09:00-16:00Z", "no time of day"},
		{"Mon 24:00-02:00", "no time of day"},
		{"Mon 09:00-25:00", "no time of day"},
		{"Mon 09:60-10:00", "no time of day"},
		{"Mon 2025-06-15", "no time of day"},
		{"Mon 09:00-09:00", "it ends as it begins (fix: write 00:00-24:00 for a whole day)"},
		{"Mon 09:00-12:00 13:00-16:00", "5:26 \"13:00-16:00\": the range has ended (fix: a further one stands "
						"on a line of its own)"},
		{"Mon 09:00-12:00 # lunch", "5:26 \"#\": the range has ended"},
		{"2025-12-20/2026-01-06 2026-02-01", "the range has ended"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(table); i++) {
		struct memory memory = memory_with(UTC, table[i].text, NULL);

		assert_null(memory_load(&memory));
		const char *said = memory_said(&memory, true);

		if (!bytes_contains(bytes_of(said), bytes_of(table[i].said)) || memory.findings.count != 1)
			fail_msg("%s: %s", table[i].text, said);
		arena_free(memory.arena);
	}
}

static void local_times_need_a_zone(void **state)
{
	static const struct {
		const char *policy, *said;
	} table[] = {
		{HEAD "[branch \"main\"]\nwindow = 2025-06-15T02:15Z/03:50Z\n", ""},
		{HEAD "[branch \"main\"]\nwindow = 2025-06-15T02:15Z/03:50Z\n  Sat\n",
		 "6:3 a local time, and [policy] does not say where (fix: timezone = UTC, or another zone of the tz "
		 "database, in [policy])\n"},
		{HEAD "[branch \"main\"]\nfreeze = 2025-12-20/2026-01-06\n", "5:10 a local time"},
		{HEAD "[branch]\nfreeze = Sun\n[branch \"**\"]\n", "5:10 a local time"},
		{HEAD "[deploy \"production/live\"]\nwindow = 2025-06-15T02:15/03:50\n", "5:10 a local time"},
		{"[branch \"main\"]\nfreeze = Sun\n[policy]\nversion = 1\ntimezone = UTC\n", ""},
		/* one fault is enough */
		{"[policy]\nversion = 1\ntimezone = CEST\n[branch \"main\"]\nfreeze = Sun\n", "3:12 the tz database"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(table); i++) {
		struct memory memory = memory_new(table[i].policy, NULL);
		const struct policy *policy = memory_load(&memory);
		const char *said = memory_said(&memory, true);

		assert_int_equal(policy == NULL, *table[i].said != 0);
		if (!bytes_contains(bytes_of(said), bytes_of(table[i].said)) || memory.findings.count > 1)
			fail_msg("%s", said);
		arena_free(memory.arena);
	}
}

static int64_t instant(const char *text)
{
	int64_t at;

	assert_true(clock_parse(bytes_of(text), &at));
	return at;
}

static void holds(void **state)
{
	static const struct {
		const char *head, *window, *first, *past; /* first instant held, and first one after it that is not */
	} table[] = {
		{UTC, "2025-06-15T02:15/03:50", "2025-06-15T02:15:00Z", "2025-06-15T03:50:00Z"},
		{BERLIN, "2025-06-15T02:15/03:50", "2025-06-15T00:15:00Z", "2025-06-15T01:50:00Z"},
		{BERLIN, "2025-06-15T02:15Z/03:50Z", "2025-06-15T02:15:00Z", "2025-06-15T03:50:00Z"},
		{BERLIN, "2025-12-20/2026-01-06", "2025-12-19T23:00:00Z", "2026-01-06T23:00:00Z"},
		{BERLIN, "2025-03-30", "2025-03-29T23:00:00Z", "2025-03-30T22:00:00Z"}, /* 23 hours */
		{BERLIN, "2025-10-26", "2025-10-25T22:00:00Z", "2025-10-26T23:00:00Z"}, /* 25 hours */
		{UTC, "Mon-Thu 09:00-16:00", "2025-06-16T09:00:00Z", "2025-06-16T16:00:00Z"},
		{BERLIN, "Mon-Thu 09:00-16:00", "2025-06-16T07:00:00Z", "2025-06-16T14:00:00Z"},
		{UTC, "Fri 22:00-02:00", "2025-06-20T22:00:00Z", "2025-06-21T02:00:00Z"},
		{UTC, "Sun 22:00-02:00", "2025-06-15T22:00:00Z", "2025-06-16T02:00:00Z"},
		{UTC, "Sat Sun", "2025-06-14T00:00:00Z", "2025-06-16T00:00:00Z"},
		{UTC, "Sat-Mon", "2025-06-14T00:00:00Z", "2025-06-17T00:00:00Z"},
		{BERLIN, "Sat 22:00-06:00", "2025-03-29T21:00:00Z", "2025-03-30T04:00:00Z"}, /* 7 hours */
		{BERLIN, "Sat 22:00-06:00", "2025-10-25T20:00:00Z", "2025-10-26T05:00:00Z"}, /* 9 hours */
		{BERLIN, "Sun 01:30-02:30", "2025-03-30T00:30:00Z", "2025-03-30T01:00:00Z"}, /* half of it is skipped */
		{BERLIN, "Sun 01:30-02:30", "2025-10-25T23:30:00Z", "2025-10-26T01:30:00Z"}, /* half of it twice */
		{BERLIN, "Sun 02:15-02:45", "2025-10-26T00:15:00Z", "2025-10-26T01:45:00Z"},
		{UTC, "Thu 00:00-24:00", "1969-12-25T00:00:00Z", "1969-12-26T00:00:00Z"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(table); i++) {
		struct memory memory = memory_with(table[i].head, table[i].window, NULL);
		const struct policy *policy = memory_load(&memory);
		const struct window *window = window_in(policy, "window");
		const struct zone *zone = zone_of(policy);
		int64_t first = instant(table[i].first), past = instant(table[i].past);

		for (int64_t at = first; at < past; at += (past - first) / 8)
			if (window_find(window, zone, at) != 0)
				fail_msg("%s does not hold %s", table[i].window, clock_format(at).text);
		assert_int_equal(window_find(window, zone, past - 1), 0);
		if (window_find(window, zone, first - 1) != 1 || window_find(window, zone, past) != 1)
			fail_msg("%s holds more than %s to %s", table[i].window, table[i].first, table[i].past);
		arena_free(memory.arena);
	}
}

static void opens(void **state)
{
	static const struct {
		const char *head, *window, *freeze, *now, *at; /* at NULL: never */
	} table[] = {
		{UTC, "Mon-Thu 09:00-16:00", NULL, "2025-06-16T09:00:00Z", "2025-06-16T09:00:00Z"},
		{UTC, "Mon-Thu 09:00-16:00", NULL, "2025-06-16T08:59:59Z", "2025-06-16T09:00:00Z"},
		{UTC, "Mon-Thu 09:00-16:00", NULL, "2025-06-16T16:00:00Z", "2025-06-17T09:00:00Z"},
		{UTC, "Mon-Thu 09:00-16:00", NULL, "2025-06-19T16:00:00Z", "2025-06-23T09:00:00Z"},
		{BERLIN, "Mon-Thu 09:00-16:00", NULL, "2025-10-24T12:00:00Z", "2025-10-27T08:00:00Z"},
		{UTC, "2025-06-15T02:15/03:50", NULL, "2025-06-15T02:14:59Z", "2025-06-15T02:15:00Z"},
		{UTC, "2025-06-15T02:15/03:50", NULL, "2025-06-15T03:50:00Z", NULL},
		{UTC, "2025-06-15T02:15/03:50\n  2027-01-01", NULL, "2025-06-15T03:50:00Z", "2027-01-01T00:00:00Z"},
		{UTC, NULL, "2025-12-20/2026-01-06", "2025-12-24T12:00:00Z", "2026-01-07T00:00:00Z"},
		{UTC, NULL, "2025-12-20/2026-01-06\n  2026-01-07", "2025-12-24T12:00:00Z", "2026-01-08T00:00:00Z"},
		{UTC, NULL, "Fri 12:00-24:00\n  Sat Sun", "2025-06-13T12:00:00Z", "2025-06-16T00:00:00Z"},
		{UTC, "Mon-Thu 09:00-16:00", "2025-12-20/2026-01-06", "2025-12-19T12:00:00Z", "2026-01-07T09:00:00Z"},
		{UTC, "Mon-Thu 09:00-16:00", "Mon\n  Tue 00:00-10:30", "2025-06-14T12:00:00Z", "2025-06-17T10:30:00Z"},
		{UTC, "2025-06-15T02:15/03:50", "2025-06-15", "2025-06-14T00:00:00Z", NULL},
		{UTC, "Mon", "2025-01-01/2999-12-31\n  Wed", "2025-06-14T00:00:00Z", "3000-01-06T00:00:00Z"},
		/* 02:15 is skipped one Sunday */
		{BERLIN, "Sun 02:15-02:45", NULL, "2025-03-30T00:00:00Z", "2025-04-06T00:15:00Z"},
		{BERLIN, "Sun 02:15-02:45", NULL, "2025-10-26T01:00:00Z", "2025-10-26T01:00:00Z"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(table); i++) {
		struct memory memory = memory_with(table[i].head, table[i].window, table[i].freeze);
		const struct policy *policy = memory_load(&memory);
		int64_t at;
		bool ever = window_opens(window_in(policy, "window"), window_in(policy, "freeze"), zone_of(policy),
					 instant(table[i].now), &at);

		assert_int_equal(ever, table[i].at != NULL);
		if (ever)
			assert_string_equal(clock_format(at).text, table[i].at);
		else
			assert_int_equal(at, INT64_MAX);
		arena_free(memory.arena);
	}
}

/* Nobody can say that it never will, but not soon. */
static void never_opens(void **state)
{
	struct memory memory = memory_with(BERLIN, "Mon", "Sun 23:00-01:00\n  Mon 01:00-24:00");
	const struct policy *policy = memory_load(&memory);
	int64_t now = instant("2025-06-14T12:00:00Z"), at;

	(void)state;
	assert_false(window_opens(window_in(policy, "window"), window_in(policy, "freeze"), zone_of(policy), now, &at));
	assert_true(at > now + (int64_t)5 * 365 * 86400 && at < INT64_MAX);
	arena_free(memory.arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads), cmocka_unit_test(refuses), cmocka_unit_test(local_times_need_a_zone),
		cmocka_unit_test(holds), cmocka_unit_test(opens),   cmocka_unit_test(never_opens),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
