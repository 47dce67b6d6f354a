/* test_rules_grant: which moves a grant could let pass, which it lets pass, and what is told of it. */
#include "memory_policy.h"

#include "fake_facts.h"
#include "judgegrant.h"
#include "rules/rules.h"

#define OLD                                                                                                            \
	{                                                                                                              \
		{                                                                                                      \
			0xaa                                                                                           \
		}                                                                                                      \
	}
#define NEW                                                                                                            \
	{                                                                                                              \
		{                                                                                                      \
			0xbb                                                                                           \
		}                                                                                                      \
	}

static const char *const text = HEAD "[user \"dan\"]\n"
				     "[branch \"deny\"]\nrewrite = deny\ngrant = dan\n"
				     "[branch \"grant\"]\nrewrite = grant\ngrant = dan\n"
				     "[branch \"earlier\"]\nrewrite = grant earlier-tip\ngrant = dan\n"
				     "[branch \"nobody\"]\nrewrite = grant\n";

static const struct account_line was_there[] = {{.old = NEW}};
static const struct account_line was_not[] = {{.old = OLD}};
static const struct user dan = {.name = {"dan", 3}};

#define LOSES .forward = ANSWER_NO
#define JOINS .forward = ANSWER_YES, .new_root = ANSWER_YES
#define GRANTED .grant = ANSWER_YES, .grant_found = {.user = &dan, .reason = {"rollback", 8}}
#define WAS_TIP .account = ANSWER_YES, .lines = was_there, .line_count = 1
#define WAS_NONE .account = ANSWER_YES, .lines = was_not, .line_count = 1

static const struct {
	const char *branch;
	struct facts facts;
	enum severity worst;
	const char *says; /* of the first finding, with its fix */
} cases[] = {
	{"deny", {.forward = ANSWER_YES, .new_root = ANSWER_NO, GRANTED}, SEVERITY_OFF, NULL},
	{"deny", {LOSES, GRANTED}, SEVERITY_ENFORCE, "(fix: git fetch, then git rebase"},
	{"deny", {JOINS, GRANTED}, SEVERITY_ENFORCE, "(fix: git rebase or cherry-pick"},
	{"deny", {GRANTED}, SEVERITY_UNDECIDED, NULL},
	{"grant", {LOSES, GRANTED}, SEVERITY_NOTE, "granted by dan: rollback; skipped: rewrite"},
	{"grant", {JOINS, GRANTED}, SEVERITY_NOTE, "granted by dan: rollback; skipped: rewrite"},
	{"grant", {GRANTED}, SEVERITY_NOTE, "granted by dan: rollback; skipped: rewrite"},
	{"grant",
	 {LOSES, .grant = ANSWER_NO},
	 SEVERITY_ENFORCE,
	 "(fix: one of dan runs: git policy grant grant aa00000 bb00000 --reason '...' --expires 1h)"},
	{"grant",
	 {LOSES, .grant = ANSWER_NO, .grant_why = "the grant by dan has expired"},
	 SEVERITY_ENFORCE,
	 "(fix: the grant by dan has expired; one of dan runs:"},
	{"grant", {LOSES, .reason = "the disk is on fire"}, SEVERITY_ENFORCE, "(fix: the disk is on fire; one of dan"},
	{"nobody", {LOSES, .grant = ANSWER_NO}, SEVERITY_ENFORCE, "(fix: git fetch, then git rebase"},
	{"earlier", {LOSES, WAS_TIP, GRANTED}, SEVERITY_NOTE, "granted by dan: rollback; skipped: rewrite"},
	{"earlier", {LOSES, WAS_NONE, GRANTED}, SEVERITY_ENFORCE, "granted by dan"},
	{"earlier", {LOSES, .account = ANSWER_NO, GRANTED}, SEVERITY_ENFORCE, "granted by dan"},
	{"earlier", {JOINS, WAS_NONE, GRANTED}, SEVERITY_ENFORCE, "granted by dan"},
	{"earlier", {LOSES, GRANTED}, SEVERITY_UNDECIDED, NULL},
	{"earlier", {LOSES, .cloned = true, GRANTED}, SEVERITY_NOTE, "only the server knows whether bb00000 was ever"},
	{"earlier", {LOSES, .cloned = true, .grant = ANSWER_NO}, SEVERITY_ENFORCE, "only the server knows"},
};

static void run(struct memory *memory, const struct policy *policy, size_t index)
{
	struct update update = {.name = bytes_of(cases[index].branch), .old = OLD, .new = NEW, .kind = UPDATE_MOVE};
	struct push push = {.arena = memory->arena, .updates = &update, .count = 1};
	struct facts facts = cases[index].facts;
	struct findings flow = {.arena = memory->arena};

	update.ref = bytes_printf(memory->arena, "refs/heads/%s", cases[index].branch);
	memory->findings = (struct findings){.arena = memory->arena};
	struct plan plan = plan_make(policy, &push, &facts, &memory->findings);
	const struct rule_case c = {
		.rule = &rule_rewrite,
		.severity = SEVERITY_ENFORCE,
		.setting = section_setting(plan.sections[0], "rewrite"),
		.policy = policy,
		.section = plan.sections[0],
		.update = &update,
		.facts = &facts,
	};

	plan_ask(&c, &flow);
	judge_grant(&plan, 0, &flow, &memory->findings);
	struct bytes said = bytes_of(memory_said(memory, true));

	if (findings_worst(&memory->findings) != cases[index].worst ||
	    (cases[index].says && !bytes_contains(said, bytes_of(cases[index].says))))
		fail_msg("case %zu: severity %d, wanted %d: %.*s", index, findings_worst(&memory->findings),
			 cases[index].worst, BYTES_ARG(said));
}

static void rewrites(void **state)
{
	struct memory memory = memory_new(text, NULL);
	struct policy *policy = memory_load(&memory);

	(void)state;
	if (!policy)
		fail_msg("%s", memory_said(&memory, true));
	for (size_t i = 0; i < COUNT(cases); i++)
		run(&memory, policy, i);
	arena_free(memory.arena);
}

/* Everything about flow is skipped and listed once, in order; warnings are told no more; what is firm stays. */
static void skips(void **state)
{
	struct memory memory = memory_new(text, NULL);
	struct policy *policy = memory_load(&memory);
	struct update update = {.ref = BYTES("refs/heads/grant"), .old = OLD, .new = NEW};
	struct push push = {.arena = memory.arena, .updates = &update, .count = 1};
	struct facts facts = {GRANTED};
	struct findings flow = {.arena = memory.arena};

	(void)state;
	struct plan plan = plan_make(policy, &push, &facts, &memory.findings);

	findings_add(&flow, "accept", SEVERITY_WARN, "a warning");
	findings_add(&flow, "checks", SEVERITY_ENFORCE, "ci is missing");
	findings_add(&flow, "checks", SEVERITY_ENFORCE, "lint is missing");
	findings_add(&flow, "direct", SEVERITY_UNDECIDED, "it conflicts");
	findings_add(&flow, "delete", SEVERITY_ENFORCE, "not this")->firm = true;
	judge_grant(&plan, 0, &flow, &memory.findings);
	assert_string_equal(memory_said(&memory, false),
			    "10:0 granted by dan: rollback; skipped: checks, direct\n0:0 a warning\n0:0 ci is missing\n"
			    "0:0 lint is missing\n0:0 it conflicts\n0:0 not this\n");
	for (const struct finding *finding = memory.findings.first; finding; finding = finding->next)
		assert_int_equal(finding->severity, finding->firm ? SEVERITY_ENFORCE : SEVERITY_NOTE);
	arena_free(memory.arena);
}

/* Where nothing would stop the move, nobody's leave is asked for. */
static void leaves_alone(void **state)
{
	struct memory memory = memory_new(text, NULL);
	struct policy *policy = memory_load(&memory);
	struct update update = {.ref = BYTES("refs/heads/grant"), .old = OLD, .new = NEW};
	struct push push = {.arena = memory.arena, .updates = &update, .count = 1};
	struct facts facts = {GRANTED};
	struct findings flow = {.arena = memory.arena};

	(void)state;
	struct plan plan = plan_make(policy, &push, &facts, &memory.findings);

	findings_add(&flow, "accept", SEVERITY_WARN, "a warning");
	judge_grant(&plan, 0, &flow, &memory.findings);
	assert_string_equal(memory_said(&memory, false), "0:0 a warning\n");
	assert_int_equal(findings_worst(&memory.findings), SEVERITY_WARN);
	arena_free(memory.arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rewrites),
		cmocka_unit_test(skips),
		cmocka_unit_test(leaves_alone),
	};

	return cmocka_run_group_tests_name("rules_grant", tests, NULL, NULL);
}
