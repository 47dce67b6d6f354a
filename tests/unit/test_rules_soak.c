/* test_rules_soak: commits that were tried long enough, those that were not, and those that need not be. */
#include "memory_policy.h"

#include "fake_facts.h"
#include "rules/rules.h"

#define DAY 86400
#define HOUR 3600
#define NOW 1741172400 /* 2025-03-05T11:00:00Z */
#define GONE(age, length)                                                                                              \
	{                                                                                                              \
		NOW - (age), NOW - (age) + (length)                                                                    \
	}
#define HERE(age)                                                                                                      \
	{                                                                                                              \
		NOW - (age), INT64_MAX                                                                                 \
	}
#define NEVER                                                                                                          \
	{                                                                                                              \
		INT64_MAX, INT64_MAX                                                                                   \
	}
#define A                                                                                                              \
	{                                                                                                              \
		{                                                                                                      \
			0xaa                                                                                           \
		}                                                                                                      \
	}
#define B                                                                                                              \
	{                                                                                                              \
		{                                                                                                      \
			0xbb                                                                                           \
		}                                                                                                      \
	}
#define C                                                                                                              \
	{                                                                                                              \
		{                                                                                                      \
			0xcc                                                                                           \
		}                                                                                                      \
	}

static const char *const text = HEAD "[user \"dan\"]\n"
				     "[branch \"production\"]\nsoak = 3d..5d on staging\nsoak-exempt = hotfix/*\n"
				     "revert = allow\ngrant = dan\n"
				     "[branch \"other\"]\nsoak = 90s on staging\n";

struct given {
	struct fake_stay stays[3];
	const char *says; /* NULL: cannot tell */
	enum landing_method method;
	const char *branch;	  /* NULL: production */
	enum answer stays_answer; /* when there are none */
	bool unknown;		  /* what is promoted */
};

#define WAIT                                                                                                           \
	"6:0 on staging for 2 days (wanted: 3d on staging: from 2025-03-06T11:00:00Z on, in 24 h) (fix: push again "   \
	"then; or one of dan runs: git policy grant production 0000000 ee00000 --reason '...' --expires 1h)\n"

static const struct given cases[] = {
	{.stays = {{A, HERE(3 * DAY), BYTES("")}}, .says = ""},
	{.stays = {{A, HERE(4 * DAY), BYTES("")}, {B, HERE(5 * DAY), BYTES("")}}, .says = ""},
	{.stays = {{A, HERE(2 * DAY), BYTES("")}}, .says = WAIT},
	{.stays = {{A, HERE(3 * DAY - 1), BYTES("")}},
	 .says = "on staging for 2 days (wanted: 3d on staging: from 2025-03-05T11:00:01Z on, in 1 s)"},
	/* the youngest is told of */
	{.stays = {{A, HERE(2 * DAY), BYTES("")}, {B, HERE(HOUR), BYTES("")}, {C, HERE(4 * DAY), BYTES("")}},
	 .says = "on staging for 60 min; 1 more commit is too young (wanted: 3d on staging: from "
		 "2025-03-08T10:00:00Z on, in 2 days)"},
	{.stays = {{A, HERE(DAY), BYTES("")}, {B, HERE(DAY), BYTES("")}, {C, HERE(DAY), BYTES("")}},
	 .says = "on staging for 24 h; 2 more commits are too young"},
	{.stays = {{A, NEVER, BYTES("")}},
	 .says = "6:0 never on staging (wanted: 3d on staging, each commit) (fix: land it on staging first, and wait; "
		 "or one of dan"},
	{.stays = {{A, HERE(DAY), BYTES("")}, {B, NEVER, BYTES("")}},
	 .says = "never on staging; 1 more commit is too young"},
	/* a past tip, that was there long enough, and one that was not */
	{.stays = {{A, GONE(10 * DAY, 4 * DAY), BYTES("")}}, .says = ""},
	{.stays = {{A, GONE(10 * DAY, HOUR), BYTES("")}},
	 .says = "on staging for 60 min only, and not any more (wanted: 3d on staging, each commit)"},
	/* a clock that was put back */
	{.stays = {{A, {NOW + HOUR, INT64_MAX}, BYTES("")}}, .says = "on staging for 0 s (wanted: 3d on staging: from"},
	/* too long is worth a word */
	{.stays = {{A, HERE(5 * DAY + 1), BYTES("")}, {B, HERE(4 * DAY), BYTES("")}},
	 .says = "6:0 1 commit has been on staging for more than 5d (fix: promote earlier, or make soak longer)\n"},
	{.stays = {{A, HERE(6 * DAY), BYTES("")}, {B, HERE(7 * DAY), BYTES("")}}, .says = "2 commits have been on"},
	{.stays = {{A, HERE(6 * DAY), BYTES("")}, {B, HERE(2 * DAY), BYTES("")}},
	 .says = "1 commit has been on staging for more than 5d"},
	/* what came by a hotfix */
	{.stays = {{A, HERE(HOUR), BYTES("refs/heads/hotfix/x")}}, .says = ""},
	{.stays = {{A, NEVER, BYTES("refs/heads/hotfix/x")}}, .says = ""},
	{.stays = {{A, HERE(9 * DAY), BYTES("refs/heads/hotfix/x")}}, .says = ""},
	{.stays = {{A, HERE(2 * DAY), BYTES("refs/heads/feature/x")}}, .says = WAIT},
	{.stays = {{A, HERE(2 * DAY), BYTES("refs/tags/hotfix/x")}}, .says = WAIT},
	{.stays = {{A, HERE(2 * DAY), BYTES("refs/heads/hotfix/x/y")}}, .says = WAIT},
	{.stays = {{A, HERE(HOUR), BYTES("refs/heads/hotfix/x")}, {B, HERE(2 * DAY), BYTES("refs/heads/main")}},
	 .says = WAIT},
	/* a proved revert, where it is allowed */
	{.stays = {{A, NEVER, BYTES("")}}, .says = "", .method = LANDING_REVERT},
	{.stays = {{A, NEVER, BYTES("")}}, .says = "never on staging", .method = LANDING_REVERT, .branch = "other"},
	{.stays = {{A, HERE(89), BYTES("")}}, .says = "on staging for 89 s", .branch = "other"},
	{.stays = {{A, HERE(90), BYTES("")}}, .says = "", .branch = "other"},
	/* nobody knows */
	{.unknown = true, .stays = {{A, HERE(9 * DAY), BYTES("")}}},
	{.stays_answer = ANSWER_UNKNOWN},
	{.stays_answer = ANSWER_NO, .says = "6:0 only the server knows how long commits have been on staging\n"},
};

static void run(struct memory *memory, const struct policy *policy, const struct given *given, size_t index)
{
	const char *branch = given->branch ? given->branch : "production";
	struct bytes ref = bytes_printf(memory->arena, "refs/heads/%s", branch);
	const struct section *section = section_find(policy, ref);
	const struct landing landing = {.method = given->method, .head = {{0xee}}, .to = {{0xee}}};
	const struct update update = {.ref = ref, .name = bytes_of(branch), .new = {{0xee}}, .kind = UPDATE_MOVE};
	struct oid commits[3];
	struct facts facts = {
		.now = NOW,
		.outside = given->unknown ? ANSWER_UNKNOWN : ANSWER_YES,
		.outside_ids = commits,
		.stays = given->stays,
		.stays_answer = given->stays_answer,
	};
	const struct rule_case c = {
		.rule = &rule_soak,
		.severity = SEVERITY_ENFORCE,
		.setting = section_setting(section, "soak"),
		.policy = policy,
		.section = section,
		.update = &update,
		.landing = &landing,
		.facts = &facts,
	};

	while (facts.stay_count < 3 && !oid_is_zero(&given->stays[facts.stay_count].commit)) {
		commits[facts.stay_count] = given->stays[facts.stay_count].commit;
		facts.stay_count++;
	}
	facts.outside_count = facts.stay_count;
	memory->findings = (struct findings){.arena = memory->arena};
	bool told = rule_soak.judge(&c, &memory->findings);
	const char *said = memory_said(memory, true);

	assert_int_equal(told, given->says != NULL);
	if (given->says && (!bytes_contains(bytes_of(said), bytes_of(given->says)) || (!*given->says && *said)))
		fail_msg("%zu: %s", index, said);
}

static void tried_long_enough(void **state)
{
	struct memory memory = memory_new(text, NULL);
	const struct policy *policy = memory_load(&memory);

	(void)state;
	if (!policy)
		fail_msg("%s", memory_said(&memory, true));
	for (size_t i = 0; i < COUNT(cases); i++)
		run(&memory, policy, &cases[i], i);
	arena_free(memory.arena);
}

static void refuses(void **state)
{
	static const struct {
		const char *line, *said;
	} table[] = {
		{"soak = 3d", "5:8 \"3d\": it does not say on which branch (wanted: how long on which branch: 3d on "
			      "staging, or 3d..5d on staging)\n"},
		{"soak = 3d staging", "it does not say on which branch"},
		{"soak = 3d on", "it does not say on which branch"},
		{"soak = 3 days on staging", "5:8 \"3\": no duration, nor two, the shorter one first"},
		{"soak = 0d on staging", "no duration, nor two"},
		{"soak = 5d..3d on staging", "no duration, nor two"},
		{"soak = 3d..3d on staging", "no duration, nor two"},
		{"soak = 3d.. on staging", "no duration, nor two"},
		{"soak = 3d-5d on staging", "no duration, nor two"},
		{"soak = on staging", "no duration, nor two"},
		{"soak = 3d on release/*", "5:14 \"release/*\": commits are tried on one branch, not on a pattern"},
		{"soak = 3d on staging main", "5:22 \"main\": commits are tried on one branch"},
		{"soak-exempt = hotfix/* a***", "5:25 \"a***\": "},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(table); i++) {
		struct memory memory = memory_new(NULL, NULL);

		memory.policy = bytes_printf(memory.arena, HEAD "[branch \"main\"]\n%s\n", table[i].line).data;
		assert_null(memory_load(&memory));
		const char *said = memory_said(&memory, true);

		if (!bytes_contains(bytes_of(said), bytes_of(table[i].said)))
			fail_msg("%s: %s", table[i].line, said);
		arena_free(memory.arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tried_long_enough),
		cmocka_unit_test(refuses),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
