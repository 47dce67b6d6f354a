/* test_rules_record: which records are taken, from whom, and where it cannot be told. */
#include "memory_policy.h"

#include "fake_facts.h"
#include "rules/rules.h"

#define A "aa00000000000000000000000000000000000000"
#define B "bb00000000000000000000000000000000000000"
#define APPROVAL "refs/approvals/heads/main/" A "/"
#define GRANT "refs/grants/heads/main/" B "/" A "/"
#define CHECK "refs/checks/" A "/"

static const char *const text = HEAD "[user \"alice\"]\naliases = al\n[user \"bob\"]\n[user \"robot\"]\n"
				     "[group \"ci\"]\nmembers = robot\n"
				     "[branch \"main\"]\napprovals = 1 bob\ngrant = bob\n[branch \"lax\"]\n"
				     "[check \"scan\"]\npush = alice\n";
static const char *const bare = HEAD "[user \"alice\"]\n[user \"robot\"]\n[branch \"main\"]\n";

static struct memory memory;

/* A record being pushed to a server that has what it needs, unless it says otherwise. */
struct given {
	const struct rule *rule;
	const char *ref;
	const char *user; /* NULL: anonymous */
	bool deletes;
	bool open;	     /* who pushes */
	const char *problem; /* with its value */
	bool unread;	     /* its value cannot be */
	bool missing;	     /* its commit, before the push */
	bool evaluates;
	const char *asks; /* the ref that asks for records; NULL: main */
	const char *says; /* "" for nothing; NULL: cannot tell */
};

static const struct given cases[] = {
	/* names */
	{&rule_record, APPROVAL "alice", .says = ""},
	{&rule_record, "refs/approvals/x", .says = "not the name of a record"},
	{&rule_record, "refs/approvals/heads/main/" A "/al%69ce", .says = "is not the spelling of a name"},
	{&rule_record, "refs/approvals/x", .deletes = true, .says = "not the name of a record"},
	{&rule_record, "refs/approvals/x", .evaluates = true, .says = "not the name of a record"},
	{&rule_record, "refs/heads/main", .says = ""},
	{&rule_record, CHECK "ci", .says = ""},
	{&rule_record, GRANT "bob", .says = ""},
	/* values */
	{&rule_record, APPROVAL "alice", .problem = "it is another commit", .says = "it is another commit"},
	{&rule_record, CHECK "ci", .problem = "it is no annotated tag", .says = "it is no annotated tag"},
	{&rule_record, APPROVAL "alice", .unread = true},
	/* the commit */
	{&rule_record, APPROVAL "alice", .missing = true, .says = "the server does not have aa00000 yet"},
	{&rule_record, CHECK "ci", .missing = true, .says = "the server does not have aa00000 yet"},
	/* what it is for */
	{&rule_record, "refs/approvals/heads/mian/" A "/alice",
	 .says = "nothing asks for approvals of refs/heads/mian "
		 "(wanted: a ref whose section has "
		 "`approvals`) (fix: did you mean main?)"},
	{&rule_record, "refs/approvals/heads/production/live/" A "/alice", .asks = "refs/deploy/production/live",
	 .says = "(fix: did you mean deploy/production/live?)"},
	{&rule_record, "refs/approvals/heads/lax/" A "/alice", .says = "nothing asks for approvals of refs/heads/lax"},
	{&rule_record, "refs/grants/heads/lax/" B "/" A "/bob", .says = "nothing asks for grants of refs/heads/lax"},
	/* deleting */
	{&rule_record, APPROVAL "alice", .deletes = true,
	 .says = "records are not deleted (fix: to take an approval "
		 "back: git policy reject aa00000 --for main)"},
	{&rule_record, CHECK "ci", .deletes = true, .says = "records are not deleted"},
	/* whose */
	{&rule_push, APPROVAL "alice", "alice", .says = ""},
	{&rule_push, APPROVAL "al", "alice", .says = ""},
	{&rule_push, APPROVAL "bob", "alice",
	 .says = "alice does not speak for bob (wanted: a record in your own name) "
		 "(fix: push to " APPROVAL "alice)"},
	{&rule_push, APPROVAL "eve", "alice", .says = "alice does not speak for eve"},
	{&rule_push, APPROVAL "alice", .says = "the server was not told who is pushing"},
	{&rule_push, APPROVAL "alice", .open = true, .says = ""},
	{&rule_push, GRANT "bob", "bob", .says = ""},
	{&rule_push, GRANT "alice", "alice", .says = "alice may not grant this (wanted: one of: bob)"},
	{&rule_push, GRANT "bob", "alice", .says = "alice does not speak for bob"},
	{&rule_push, CHECK "ci", "robot", .says = ""},
	{&rule_push, CHECK "ci", "alice", .says = "alice may not report this check (wanted: one of: @ci)"},
	{&rule_push, CHECK "scan", "alice", .says = ""},
	{&rule_push, CHECK "scan", "robot", .says = "robot may not report this check (wanted: one of: alice)"},
	{&rule_push, CHECK "ci", .says = "the server was not told who is pushing"},
	/* what is no record of any kind, and what stays closed */
	{&rule_push, "refs/approvals/x", "alice", .says = ""},
	{&rule_reserved, APPROVAL "alice", .says = ""},
	{&rule_reserved, "refs/deploy/production/live", .says = ""},
	{&rule_reserved, "refs/policy/current", .evaluates = true, .says = "git-policy keeps refs"},
	{&rule_reserved, "refs/replace/" A, .says = "a replacement makes git show"},
	{&rule_name, APPROVAL "alice", .says = ""},
};

static void run(const struct policy *policy, const struct given *given)
{
	struct push push = {.arena = memory.arena};
	const struct oid id = {{0xaa}}, zero = {{0}};
	struct update *update = push_add(&push, bytes_of(given->ref), &zero, given->deletes ? &zero : &id);
	struct facts facts = {
		.user = given->user ? people_user(&policy->people, bytes_of(given->user)) : NULL,
		.people = &policy->people,
		.user_open = given->open,
		.record = given->unread ? ANSWER_UNKNOWN : ANSWER_YES,
		.record_problem = given->problem,
		.stored = !given->missing,
		.asked = bytes_of(given->asks ? given->asks : "refs/heads/main"),
	};
	struct policy judging = *policy;
	struct record record;
	const struct rule_case c = {
		.rule = given->rule,
		.severity = SEVERITY_ENFORCE,
		.policy = &judging,
		.section = section_find(policy, update->ref),
		.update = update,
		.record = record_parse(memory.arena, update->ref, &record) ? NULL : &record,
		.facts = &facts,
	};

	judging.evaluate = given->evaluates;
	update->kind = given->deletes ? UPDATE_DELETE : UPDATE_CREATE;
	memory.findings = (struct findings){.arena = memory.arena};
	bool told = given->rule->judge(&c, &memory.findings);
	const char *said = memory_said(&memory, true);

	assert_int_equal(told, given->says != NULL);
	if (given->says && (!bytes_contains(bytes_of(said), bytes_of(given->says)) || (!*given->says && *said)))
		fail_msg("%s\nsaid: %s\nwanted: %s", given->ref, said, given->says);
	if (given->says && *given->says)
		assert_int_equal(findings_worst(&memory.findings), SEVERITY_ENFORCE);
}

static void judges(void **state)
{
	(void)state;
	memory = memory_new(text, NULL);
	struct policy *policy = memory_load(&memory);

	if (!policy)
		fail_msg("%s", memory_said(&memory, true));
	for (size_t i = 0; i < COUNT(cases); i++)
		run(policy, &cases[i]);
	arena_free(memory.arena);
}

/* Without a group @ci and without a section for the check nobody reports it. */
static void nobody_reports(void **state)
{
	const struct given given = {&rule_push, CHECK "ci", "robot", .says = "robot may not report this check"};

	(void)state;
	memory = memory_new(bare, NULL);
	struct policy *policy = memory_load(&memory);

	assert_non_null(policy);
	run(policy, &given);
	arena_free(memory.arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(judges),
		cmocka_unit_test(nobody_reports),
	};

	return cmocka_run_group_tests_name("rules_record", tests, NULL, NULL);
}
