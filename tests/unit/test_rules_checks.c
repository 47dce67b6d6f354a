/* test_rules_checks: results that count for a landing, those that do not, and where it cannot be told. */
#include "memory_policy.h"

#include "fake_facts.h"
#include "rules/rules.h"

#define ID(byte)                                                                                                       \
	{                                                                                                              \
		{                                                                                                      \
			byte                                                                                           \
		}                                                                                                      \
	}
#define HEAD_ID ID(0xaa)
#define MADE ID(0xbb)
#define OTHER ID(0xcc)
#define NOW 1000000
#define HOUR 3600

static const char *const text = HEAD "[user \"dan\"]\n[user \"robot\"]\n[group \"ci\"]\nmembers = robot\n"
				     "[branch \"main\"]\nchecks = ci coverage>=85 coverage<=100\n  scan\n"
				     "[check \"scan\"]\nmax-age = 24h\npush = dan\n[check]\nmax-age = 30d\n";

enum { PASS = 1, FAIL, NUMBER };

/* A result of a check, for short. */
struct result {
	const char *name; /* NULL: no more */
	struct oid commit;
	int said;
	const char *number;
	int64_t age; /* -1: not known */
	const char *malformed;
};

struct given {
	struct result results[5];
	const char *says; /* every finding in a line; NULL: cannot tell */
	bool unknown;
};

#define GOOD_CI                                                                                                        \
	{                                                                                                              \
		.name = "ci", .commit = HEAD_ID, .said = PASS                                                          \
	}
#define GOOD_COVERAGE                                                                                                  \
	{                                                                                                              \
		.name = "coverage", .commit = HEAD_ID, .said = NUMBER, .number = "85.0"                                \
	}
#define GOOD_SCAN                                                                                                      \
	{                                                                                                              \
		.name = "scan", .commit = HEAD_ID, .said = PASS                                                        \
	}

static const struct given cases[] = {
	{.results = {GOOD_CI, GOOD_COVERAGE, GOOD_SCAN}, .says = ""},
	{.unknown = true},
	{.says = "9:0 ci is missing for aa00000 (wanted: ci: pass) (fix: one of @ci reports: git policy report ci pass "
		 "aa00000)\n"
		 "9:0 coverage is missing for aa00000 (wanted: coverage>=85) (fix: one of @ci reports: git policy "
		 "report "
		 "coverage "
		 "<number> aa00000)\n"
		 "9:0 coverage is missing for aa00000 (wanted: coverage<=100) (fix: one of @ci reports: git policy "
		 "report "
		 "coverage "
		 "<number> aa00000)\n"
		 "9:0 scan is missing for aa00000 (wanted: scan: pass) (fix: dan reports: git policy report scan pass "
		 "aa00000)\n"},
	/* on the commit that lands it */
	{.results = {{.name = "ci", .commit = MADE, .said = PASS}, GOOD_COVERAGE, GOOD_SCAN}, .says = ""},
	/* the head's own word wins, good or bad */
	{.results = {{.name = "ci", .commit = MADE, .said = PASS},
		     {.name = "ci", .commit = HEAD_ID, .said = FAIL},
		     GOOD_COVERAGE,
		     GOOD_SCAN},
	 .says = "ci is fail for aa00000"},
	{.results = {{.name = "ci", .commit = MADE, .said = FAIL}, GOOD_CI, GOOD_COVERAGE, GOOD_SCAN}, .says = ""},
	{.results = {{.name = "ci", .commit = MADE, .said = PASS},
		     {.name = "ci", .commit = HEAD_ID, .malformed = "it is no annotated tag"},
		     GOOD_COVERAGE,
		     GOOD_SCAN},
	 .says = "ci is malformed: it is no annotated tag for aa00000"},
	/* of another commit */
	{.results = {{.name = "ci", .commit = OTHER, .said = PASS}, GOOD_COVERAGE, GOOD_SCAN},
	 .says = "ci is missing for aa00000"},
	/* both ends of a range */
	{.results = {GOOD_CI, {.name = "coverage", .commit = HEAD_ID, .said = NUMBER, .number = "84.9"}, GOOD_SCAN},
	 .says = "coverage is 84.9 for aa00000 (wanted: coverage>=85)"},
	{.results = {GOOD_CI, {.name = "coverage", .commit = HEAD_ID, .said = NUMBER, .number = "100.1"}, GOOD_SCAN},
	 .says = "coverage is 100.1 for aa00000 (wanted: coverage<=100)"},
	/* ages */
	{.results = {GOOD_CI, GOOD_COVERAGE, {.name = "scan", .commit = HEAD_ID, .said = PASS, .age = 24 * HOUR}},
	 .says = ""},
	{.results = {GOOD_CI, GOOD_COVERAGE, {.name = "scan", .commit = HEAD_ID, .said = PASS, .age = 25 * HOUR}},
	 .says = "old, max-age is 24h for aa00000"},
	{.results = {GOOD_CI, GOOD_COVERAGE, {.name = "scan", .commit = HEAD_ID, .said = PASS, .age = -1}},
	 .says = "scan was recorded at a time that the account does not tell"},
	{.results = {GOOD_CI, GOOD_COVERAGE, {.name = "scan", .commit = HEAD_ID, .said = PASS, .age = -HOUR}},
	 .says = "scan was recorded in the future"},
	/* the defaults of [check] hold for those without a section */
	{.results = {{.name = "ci", .commit = HEAD_ID, .said = PASS, .age = 31 * 24 * HOUR}, GOOD_COVERAGE, GOOD_SCAN},
	 .says = "old, max-age is 30d for aa00000"},
};

static size_t results_make(struct arena *arena, const struct given *given, struct fake_check *checks)
{
	size_t count = 0;

	for (; count < COUNT(given->results) && given->results[count].name; count++) {
		const struct result *result = &given->results[count];
		struct record_value *value = arena_alloc(arena, sizeof(*value));

		value->passed = result->said == PASS;
		value->failed = result->said == FAIL;
		if (result->number)
			value->number.text = bytes_of(result->number);
		checks[count] = (struct fake_check){
			result->commit,
			bytes_of(result->name),
			{value, result->age == -1 ? 0 : NOW - result->age, result->malformed},
		};
	}
	return count;
}

static void run(struct memory *memory, const struct policy *policy, const struct given *given)
{
	const struct section *section = section_find(policy, BYTES("refs/heads/main"));
	const struct landing landing = {.method = LANDING_SQUASH, .head = HEAD_ID, .to = MADE};
	const struct update update = {.ref = BYTES("refs/heads/main"), .name = BYTES("main"), .kind = UPDATE_MOVE};
	struct fake_check checks[5];
	struct facts facts = {.now = NOW, .checks = checks, .checks_unknown = given->unknown};
	const struct rule_case c = {
		.rule = &rule_checks,
		.severity = SEVERITY_ENFORCE,
		.setting = section_setting(section, "checks"),
		.policy = policy,
		.section = section,
		.update = &update,
		.landing = &landing,
		.facts = &facts,
	};

	facts.check_count = results_make(memory->arena, given, checks);
	memory->findings = (struct findings){.arena = memory->arena};
	bool told = rule_checks.judge(&c, &memory->findings);
	const char *said = memory_said(memory, true);

	assert_int_equal(told, given->says != NULL);
	if (given->says && (!bytes_contains(bytes_of(said), bytes_of(given->says)) || (!*given->says && *said)))
		fail_msg("said: %s\nwanted: %s", said, given->says);
}

static void judges(void **state)
{
	struct memory memory = memory_new(text, NULL);
	struct policy *policy = memory_load(&memory);

	(void)state;
	if (!policy)
		fail_msg("%s", memory_said(&memory, true));
	for (size_t i = 0; i < COUNT(cases); i++)
		run(&memory, policy, &cases[i]);
	arena_free(memory.arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(judges)};

	return cmocka_run_group_tests_name("rules_checks", tests, NULL, NULL);
}
