/* test_rules_window: when a branch or a deploy may move, and what is said at another time. */
#include "memory_policy.h"

#include "clock.h"
#include "fake_facts.h"
#include "rules/rules.h"

#define TEXT                                                                                                           \
	"[policy]\nversion = 1\ntimezone = Europe/Berlin\n"                                                            \
	"[user \"dan\"]\n"                                                                                             \
	"[branch \"main\"]\nwindow = Mon-Thu 09:00-16:00\n  Fri 09:00-12:00\nfreeze = 2025-12-20/2026-01-06\n"         \
	"  Wed 09:00-10:00\ngrant = dan\n"                                                                             \
	"[branch \"past\"]\nwindow = 2025-06-15T02:15/03:50\n"                                                         \
	"[branch \"sealed\"]\nwindow = Mon\nfreeze = Mon\n"                                                            \
	"[deploy]\nwindow = 2025-06-15T02:15Z/03:50Z\n[deploy \"production/**\"]\n"

struct given {
	const char *ref, *now;
	const char *window, *freeze; /* what each says; NULL: the section does not have it */
	bool cloned;
	enum update_kind kind;
};

#define NOTE "0:0 judged by the clock of this machine; the server's decides\n"
#define GRANT "or one of dan runs: git policy grant main aa00000 bb00000 --reason '...' --expires 1h)\n"

static const struct given cases[] = {
	{.ref = "refs/heads/main", .now = "2025-06-16T07:00:00Z", .window = "", .freeze = ""},
	{.ref = "refs/heads/main", .now = "2025-06-16T13:59:59Z", .window = "", .freeze = ""},
	{.ref = "refs/heads/main", .now = "2025-06-16T07:00:00Z", .window = "", .freeze = "", .kind = UPDATE_DELETE},
	{.ref = "refs/heads/main",
	 .now = "2025-06-16T06:59:59Z",
	 .window = "6:0 2025-06-16T08:59:59+02:00 (2025-06-16T06:59:59Z) is outside the window (wanted: from "
		   "2025-06-16T09:00:00+02:00 (2025-06-16T07:00:00Z) on, in 1 s) (fix: push again then; " GRANT,
	 .freeze = ""},
	{.ref = "refs/heads/main",
	 .now = "2025-06-16T14:00:00Z",
	 .kind = UPDATE_DELETE,
	 .window = "6:0 2025-06-16T16:00:00+02:00 (2025-06-16T14:00:00Z) is outside the window (wanted: from "
		   "2025-06-17T09:00:00+02:00 (2025-06-17T07:00:00Z) on, in 17 h) (fix: push again then; " GRANT,
	 .freeze = ""},
	/* the day it opens, a freeze goes on */
	{.ref = "refs/heads/main",
	 .now = "2025-06-17T15:00:00Z",
	 .window = "6:0 2025-06-17T17:00:00+02:00 (2025-06-17T15:00:00Z) is outside the window (wanted: from "
		   "2025-06-18T10:00:00+02:00 (2025-06-18T08:00:00Z) on, in 17 h) (fix: push again then; " GRANT,
	 .freeze = ""},
	{.ref = "refs/heads/main",
	 .now = "2025-06-18T07:30:00Z",
	 .window = "",
	 .freeze = "9:0 2025-06-18T09:30:00+02:00 (2025-06-18T07:30:00Z) is in a freeze (wanted: from "
		   "2025-06-18T10:00:00+02:00 (2025-06-18T08:00:00Z) on, in 30 min) (fix: push again then; " GRANT},
	{.ref = "refs/heads/main",
	 .now = "2025-12-25T12:00:00Z",
	 .window = "",
	 .freeze = "8:0 2025-12-25T13:00:00+01:00 (2025-12-25T12:00:00Z) is in a freeze (wanted: from "
		   "2026-01-07T10:00:00+01:00 (2026-01-07T09:00:00Z) on, in 12 days) (fix: push again then; " GRANT},
	{.ref = "refs/heads/past",
	 .now = "2025-06-15T01:50:00Z",
	 .window = "12:0 2025-06-15T03:50:00+02:00 (2025-06-15T01:50:00Z) is outside the window (wanted: never again, "
		   "as the policy stands) (fix: the admin gives it another time)\n"},
	{.ref = "refs/heads/sealed",
	 .now = "2025-06-17T01:50:00Z",
	 .window = "(wanted: it does not open again within ",
	 .freeze = ""},
	{.ref = "refs/deploy/production/live", .now = "2025-06-15T02:15:00Z", .window = ""},
	{.ref = "refs/deploy/production/live",
	 .now = "2025-06-15T02:14:59Z",
	 .window = "17:0 2025-06-15T04:14:59+02:00 (2025-06-15T02:14:59Z) is outside the window (wanted: from "
		   "2025-06-15T04:15:00+02:00 (2025-06-15T02:15:00Z) on, in 1 s) (fix: push again then)\n"},
	/* at any hour */
	{.ref = "refs/deploy/production/rollback", .now = "2025-06-15T12:00:00Z", .window = ""},
	{.ref = "refs/heads/main", .now = "2025-06-16T07:00:00Z", .window = NOTE, .freeze = NOTE, .cloned = true},
};

static void judge(const struct rule *rule, struct memory *memory, const struct policy *policy,
		  const struct given *given, const char *says)
{
	const struct update update = {.ref = bytes_of(given->ref),
				      .name = BYTES("main"),
				      .old = {{0xaa}},
				      .new = {{0xbb}},
				      .kind = given->kind};
	const struct section *section = section_find(policy, update.ref);
	struct facts facts = {.cloned = given->cloned};
	struct rule_case c = {
		.rule = rule,
		.severity = SEVERITY_ENFORCE,
		.setting = section_setting(section, rule->name),
		.policy = policy,
		.section = section,
		.update = &update,
		.facts = &facts,
	};

	assert_int_equal(c.setting != NULL, says != NULL);
	if (!says)
		return;
	assert_true(clock_parse(bytes_of(given->now), &facts.now));
	memory->findings = (struct findings){.arena = memory->arena};
	assert_true(rule->judge(&c, &memory->findings));
	for (struct finding *finding = memory->findings.first; finding; finding = finding->next)
		if (finding->severity == SEVERITY_NOTE)
			finding->origin.line = 0;
	const char *said = memory_said(memory, true);

	if (!bytes_contains(bytes_of(said), bytes_of(says)) || (!*says && *said))
		fail_msg("%s at %s: %s", given->ref, given->now, said);
}

static void judged_by_the_clock(void **state)
{
	struct memory memory = memory_new(TEXT, NULL);
	const struct policy *policy = memory_load(&memory);

	(void)state;
	if (!policy)
		fail_msg("%s", memory_said(&memory, true));
	for (size_t i = 0; i < COUNT(cases); i++) {
		judge(&rule_window, &memory, policy, &cases[i], cases[i].window);
		judge(&rule_freeze, &memory, policy, &cases[i], cases[i].freeze);
	}
	arena_free(memory.arena);
}

static void a_grant_lets_them_pass(void **state)
{
	(void)state;
	assert_true(rule_window.flags & RULE_FLOW);
	assert_true(rule_freeze.flags & RULE_FLOW);
	assert_int_equal(rule_soak.scope, SCOPE_LANDING);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(judged_by_the_clock),
		cmocka_unit_test(a_grant_lets_them_pass),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
