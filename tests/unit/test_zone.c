/* test_zone: which zones there are, what local times stand for where clocks change, and that glibc has it the same. */
#include "memory_policy.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "clock.h"
#include "tzif.h"
#include "zone.h"

#define ZONEINFO "/usr/share/zoneinfo"

static struct zone *open_zone(struct arena *arena, const char *name)
{
	const char *problem;
	struct zone *zone = zone_open(arena, bytes_of(name), &problem);

	if (!zone)
		fail_msg("%s", problem);
	return zone;
}

static void names(void **state)
{
	static const struct {
		const char *name, *problem;
	} table[] = {
		{"", "\"\" is no name of a time zone"},
		{"/etc/localtime", "is no name of a time zone"},
		{"../zoneinfo/Europe/Berlin", "is no name of a time zone"},
		{"Europe/../Europe/Berlin", "is no name of a time zone"},
		{"./Europe/Berlin", "is no name of a time zone"},
		{"Europe//Berlin", "is no name of a time zone"},
		{"Europe/Berlin/", "is no name of a time zone"},
		{"Europe/Berlin ", "is no name of a time zone"},
		{":Europe/Berlin", "is no name of a time zone"},
		{"Europe/Berl\xc3\xadn", "is no name of a time zone"},
		{"CET-1CEST,M3.5.0,M10.5.0/3", "is no name of a time zone"},
		{"zone.tab", "is no name of a time zone"},
		{"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "is no name of a time zone"},
		{"CEST", "the tz database in " ZONEINFO " has no zone \"CEST\""},
		{"Europe/berlin", "has no zone \"Europe/berlin\""},
		{"Europe/Berlin/Mitte", "has no zone \"Europe/Berlin/Mitte\""},
		{"+02", "has no zone \"+02\""},
		{"Europe", ZONEINFO "/Europe cannot be read"},
		{"leapseconds", ZONEINFO "/leapseconds is no file of the tz database"},
	};
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(table); i++) {
		const char *problem = "";

		if (zone_open(arena, bytes_of(table[i].name), &problem))
			fail_msg("\"%s\" is taken for a zone", table[i].name);
		if (!strstr(problem, table[i].problem))
			fail_msg("\"%s\": %s", table[i].name, problem);
	}
	open_zone(arena, "UTC");
	open_zone(arena, "Etc/GMT+5");
	open_zone(arena, "America/Port-au-Prince");
	open_zone(arena, "America/Argentina/Ushuaia");
	arena_free(arena);
}

/* What a local time is as the beginning and as the end of a range. */
static void edges(void **state)
{
	static const struct {
		const char *zone, *local, *begin, *end; /* end NULL: as begin */
	} table[] = {
		{"UTC", "2025-03-30T02:30:00Z", "2025-03-30T02:30:00Z", NULL},
		/* clocks go from 02:00 to 03:00 */
		{"Europe/Berlin", "2025-03-30T01:59:59Z", "2025-03-30T00:59:59Z", NULL},
		{"Europe/Berlin", "2025-03-30T02:00:00Z", "2025-03-30T01:00:00Z", NULL},
		{"Europe/Berlin", "2025-03-30T02:30:00Z", "2025-03-30T01:00:00Z", NULL},
		{"Europe/Berlin", "2025-03-30T03:00:00Z", "2025-03-30T01:00:00Z", NULL},
		{"Europe/Berlin", "2025-03-30T03:00:01Z", "2025-03-30T01:00:01Z", NULL},
		/* from 03:00 to 02:00 */
		{"Europe/Berlin", "2025-10-26T01:59:59Z", "2025-10-25T23:59:59Z", NULL},
		{"Europe/Berlin", "2025-10-26T02:00:00Z", "2025-10-26T00:00:00Z", "2025-10-26T01:00:00Z"},
		{"Europe/Berlin", "2025-10-26T02:30:00Z", "2025-10-26T00:30:00Z", "2025-10-26T01:30:00Z"},
		{"Europe/Berlin", "2025-10-26T02:59:59Z", "2025-10-26T00:59:59Z", "2025-10-26T01:59:59Z"},
		{"Europe/Berlin", "2025-10-26T03:00:00Z", "2025-10-26T02:00:00Z", NULL},
		{"America/New_York", "2025-03-09T02:30:00Z", "2025-03-09T07:00:00Z", NULL},
		{"America/New_York", "2025-11-02T01:30:00Z", "2025-11-02T05:30:00Z", "2025-11-02T06:30:00Z"},
		{"America/New_York", "2025-07-04T12:00:00Z", "2025-07-04T16:00:00Z", NULL},
		/* never */
		{"Asia/Kolkata", "2025-03-30T02:30:00Z", "2025-03-29T21:00:00Z", NULL},
		/* by half an hour: 02:00 to 01:30, 02:00 to 02:30 */
		{"Australia/Lord_Howe", "2025-04-06T01:45:00Z", "2025-04-05T14:45:00Z", "2025-04-05T15:15:00Z"},
		{"Australia/Lord_Howe", "2025-04-06T02:00:00Z", "2025-04-05T15:30:00Z", NULL},
		{"Australia/Lord_Howe", "2025-10-05T02:15:00Z", "2025-10-04T15:30:00Z", NULL},
		/* a day that never was */
		{"Pacific/Apia", "2011-12-30T12:00:00Z", "2011-12-30T10:00:00Z", NULL},
		{"Pacific/Apia", "2011-12-31T00:00:00Z", "2011-12-30T10:00:00Z", NULL},
		/* winter is ahead of what the law calls standard */
		{"Europe/Dublin", "2025-07-01T12:00:00Z", "2025-07-01T11:00:00Z", NULL},
		{"Europe/Dublin", "2025-12-01T12:00:00Z", "2025-12-01T12:00:00Z", NULL},
		/* by the rule, for ever */
		{"Europe/Berlin", "2999-07-01T12:00:00Z", "2999-07-01T10:00:00Z", NULL},
		{"Europe/Berlin", "2999-01-01T12:00:00Z", "2999-01-01T11:00:00Z", NULL},
		{"Europe/Berlin", "9999-12-31T23:59:59Z", "9999-12-31T22:59:59Z", NULL},
		{"Europe/Berlin", "0001-01-02T00:00:00Z", "0001-01-01T23:06:32Z", NULL},
	};
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(table); i++) {
		const struct zone *zone = open_zone(arena, table[i].zone);
		int64_t local;

		assert_true(clock_parse(bytes_of(table[i].local), &local));
		assert_string_equal(clock_format(zone_instant(zone, local, ZONE_BEGIN)).text, table[i].begin);
		assert_string_equal(clock_format(zone_instant(zone, local, ZONE_END)).text,
				    table[i].end ? table[i].end : table[i].begin);
	}
	arena_free(arena);
}

static void texts(void **state)
{
	static const struct {
		const char *zone, *instant, *text;
	} table[] = {
		{"UTC", "2025-06-15T02:15:00Z", "2025-06-15T02:15:00Z"},
		{"Europe/Berlin", "2025-06-15T02:15:00Z", "2025-06-15T04:15:00+02:00 (2025-06-15T02:15:00Z)"},
		{"America/New_York", "2025-06-15T02:15:00Z", "2025-06-14T22:15:00-04:00 (2025-06-15T02:15:00Z)"},
		{"Asia/Kolkata", "2025-06-15T02:15:00Z", "2025-06-15T07:45:00+05:30 (2025-06-15T02:15:00Z)"},
		{"America/St_Johns", "2025-01-15T02:15:00Z", "2025-01-14T22:45:00-03:30 (2025-01-15T02:15:00Z)"},
		{"Europe/Berlin", "1880-01-01T00:00:00Z", "1880-01-01T00:53:28+00:53:28 (1880-01-01T00:00:00Z)"},
	};
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(table); i++) {
		int64_t at;

		assert_true(clock_parse(bytes_of(table[i].instant), &at));
		struct bytes text = zone_text(open_zone(arena, table[i].zone), at, arena);

		assert_string_equal(bytes_copy(arena, text).data, table[i].text);
	}
	assert_true(bytes_equal(zone_text(NULL, 0, arena), BYTES("1970-01-01T00:00:00Z")));
	arena_free(arena);
}

static void as_the_system_has_it(void **state)
{
	static const char *const zones[] = {
		"Africa/Casablanca", "America/New_York",    "America/Nuuk",  "America/Sao_Paulo", "Asia/Gaza",
		"Asia/Tehran",	     "Australia/Lord_Howe", "Europe/Berlin", "Europe/Dublin",	  "Pacific/Apia",
	};
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(zones); i++) {
		const struct zone *zone = open_zone(arena, zones[i]);

		setenv("TZ", bytes_printf(arena, ":" ZONEINFO "/%s", zones[i]).data, 1);
		tzset();
		for (time_t at = -6000000000; at < 100000000000; at += at < 4102444800 ? 864007 : 86400007) {
			struct tm tm;

			assert_non_null(localtime_r(&at, &tm));
			if (tm.tm_gmtoff != zone_offset(zone, at))
				fail_msg("%s at %s", zones[i], clock_format(at).text);
		}
	}
	unsetenv("TZ");
	arena_free(arena);
}

static void the_environment_does_not_matter(void **state)
{
	struct arena *arena = arena_new();

	(void)state;
	setenv("TZ", "America/New_York", 1);
	setenv("TZDIR", "/nowhere", 1);
	assert_int_equal(zone_offset(open_zone(arena, "Europe/Berlin"), 0), 3600);
	assert_int_equal(zone_offset(open_zone(arena, "UTC"), 0), 0);
	unsetenv("TZ");
	unsetenv("TZDIR");
	arena_free(arena);
}

static void rules_of_years_to_come(void **state)
{
	static const char *const good[] = {
		"UTC0",
		"CET-1CEST,M3.5.0,M10.5.0/3",
		"<-03>3",
		"<+1030>-10:30<+11>-11,M10.1.0,M4.1.0",
		"IST-1GMT0,M10.5.0,M3.5.0/1",
		"EET-2EEST,M3.4.4/50,M10.4.4/50",
		"<-02>2<-01>,M3.5.0/-1,M10.5.0/0",
		"XXX3EDT4,0/0,J365/23",
		"AAA-1:30:15BBB,J60,J300/-167:59:59",
	};
	static const char *const bad[] = {
		"",
		"UTC",
		"UT0",
		"CET-1CEST",
		"CET-1CEST,M3.5.0",
		"CET-1CEST,M3.5.0,M10.5.0/3 ",
		"CET-1CEST,M13.5.0,M10.5.0",
		"CET-1CEST,M0.5.0,M10.5.0",
		"CET-1CEST,M3.6.0,M10.5.0",
		"CET-1CEST,M3.5.7,M10.5.0",
		"CET-1CEST,J0,J100",
		"CET-1CEST,J366,J100",
		"CET-1CEST,366,100",
		"CET-25",
		"CET-1:60",
		"CET-1CEST,M3.5.0/168,M10.5.0",
		"<CET-1",
		"<>0",
		"CET--1",
		"CET0001",
	};
	struct tzrule rule;

	(void)state;
	for (size_t i = 0; i < COUNT(good); i++)
		if (!tzrule_parse(bytes_of(good[i]), &rule))
			fail_msg("%s is refused", good[i]);
	for (size_t i = 0; i < COUNT(bad); i++)
		if (tzrule_parse(bytes_of(bad[i]), &rule))
			fail_msg("\"%s\" is taken for a rule", bad[i]);
	/* summer time all year: it ends as it begins */
	assert_true(tzrule_parse(BYTES("XXX3EDT4,0/0,J365/23"), &rule));
	for (int64_t at = 1735689600; at < 1735689600 + 800 * 86400; at += 43200)
		assert_int_equal(tzrule_span(&rule, at).offset, -4 * 3600);
	/* leap days are none of Julian's */
	assert_true(tzrule_parse(BYTES("AAA0BBB,J60/0,J300/0"), &rule));
	assert_int_equal(tzrule_span(&rule, 1709251199).offset, 0);
	assert_int_equal(tzrule_span(&rule, 1709251200).offset, 3600);
}

static struct bytes read_whole(struct arena *arena, const char *path)
{
	char *data = arena_alloc(arena, 65536);
	FILE *file = fopen(path, "r");

	assert_non_null(file);
	size_t len = fread(data, 1, 65536, file);

	fclose(file);
	return (struct bytes){data, len};
}

/* Every beginning of a file, and every file with one byte changed. */
static void broken_files(void **state)
{
	struct arena *arena = arena_new(), *scratch = arena_child(arena);
	struct bytes whole = read_whole(arena, ZONEINFO "/Australia/Lord_Howe");
	const char *problem;

	(void)state;
	assert_non_null(tzif_parse(scratch, whole, &problem));
	for (size_t len = 0; len < whole.len; len++) {
		arena_reset(scratch);
		char *copy = malloc(len + 1); /* so that a sanitizer sees what is read beyond it */

		memcpy(copy, whole.data, len);
		assert_null(tzif_parse(scratch, (struct bytes){copy, len}, &problem));
		free(copy);
	}
	for (size_t i = 0; i < whole.len; i++) {
		arena_reset(scratch);
		char *copy = malloc(whole.len);

		memcpy(copy, whole.data, whole.len);
		copy[i] = (char)(copy[i] ^ 0xff);
		const struct tzif *tzif = tzif_parse(scratch, (struct bytes){copy, whole.len}, &problem);

		for (int64_t at = -(int64_t)1 << 33; tzif && at < (int64_t)1 << 36; at += (int64_t)1 << 31) {
			struct tzspan span = tzif_span(tzif, at);

			assert_true(span.begin <= at && at < span.end && llabs(span.offset) < 26 * 3600);
		}
		free(copy);
	}
	arena_free(arena);
}

static void the_key(void **state)
{
	static const struct {
		const char *policy, *said;
	} table[] = {
		{"[policy]\nversion = 1\ntimezone = Europe/Berlin\n[branch \"**\"]\n", ""},
		{"[policy]\nversion = 1\ntimezone = CEST\n[branch \"**\"]\n",
		 "3:12 the tz database in " ZONEINFO " has no zone \"CEST\" (fix: UTC, or a zone that tzdata has, such "
		 "as Europe/Berlin)\n"},
		{"[policy]\nversion = 1\ntimezone = europe/berlin\n[branch \"**\"]\n",
		 "3:12 the tz database in " ZONEINFO
		 " has no zone \"europe/berlin\" (fix: did you mean Europe/Berlin?)\n"},
		{"[policy]\nversion = 1\ntimezone = Berlin\n[branch \"**\"]\n",
		 "3:12 the tz database in " ZONEINFO " has no zone \"Berlin\" (fix: did you mean Europe/Berlin?)\n"},
		{"[policy]\nversion = 1\ntimezone = Europe/Berln\n[branch \"**\"]\n",
		 "3:12 the tz database in " ZONEINFO
		 " has no zone \"Europe/Berln\" (fix: did you mean Europe/Berlin?)\n"},
		{"[policy]\nversion = 1\ntimezone = /etc/localtime\n[branch \"**\"]\n",
		 "3:12 \"/etc/localtime\" is no name of a time zone (fix: UTC, or a zone that tzdata has, such as "
		 "Europe/Berlin)\n"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(table); i++) {
		struct memory memory = memory_new(table[i].policy, NULL);
		const struct policy *policy = memory_load(&memory);

		assert_string_equal(memory_said(&memory, true), table[i].said);
		if (policy)
			assert_int_equal(zone_offset(zone_of(policy), 0), 3600);
		arena_free(memory.arena);
	}
	struct memory memory = memory_new(HEAD "[branch \"**\"]\n", NULL);

	assert_null(zone_of(memory_load(&memory)));
	arena_free(memory.arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names),
		cmocka_unit_test(edges),
		cmocka_unit_test(texts),
		cmocka_unit_test(as_the_system_has_it),
		cmocka_unit_test(the_environment_does_not_matter),
		cmocka_unit_test(rules_of_years_to_come),
		cmocka_unit_test(broken_files),
		cmocka_unit_test(the_key),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
