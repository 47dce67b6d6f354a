/* test_rules_flow: which types of commits a branch takes, and what a branch that landed owes. */
#include "memory_policy.h"

#include <string.h>

#include "fake_facts.h"
#include "rules/rules.h"

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
#define D                                                                                                              \
	{                                                                                                              \
		{                                                                                                      \
			0xdd                                                                                           \
		}                                                                                                      \
	}

#define POLICY                                                                                                         \
	HEAD "[branch \"main\"]\n[branch \"develop\"]\n[branch \"staging\"]\n[branch \"release/v{semver}\"]\n"         \
	     "only-types = fix docs\nowes = develop\n[branch \"release/*\"]\n"

static struct memory memory;
static struct policy *policy;

static int setup(void **state)
{
	(void)state;
	memory = memory_new(POLICY, NULL);
	policy = memory_load(&memory);
	return policy ? 0 : -1;
}

static int teardown(void **state)
{
	(void)state;
	arena_free(memory.arena);
	return 0;
}

/* What a rule says of an update of release/v1.2.0, one finding a line; NULL: it could not tell. */
static const char *judge(const struct rule *rule, struct oid old, struct oid new, const struct facts *given,
			 struct findings *findings)
{
	struct update update = {.ref = BYTES("refs/heads/release/v1.2.0"), .name = BYTES("release/v1.2.0")};
	const struct section *section = section_find(policy, update.ref);
	struct facts facts = *given;
	const struct rule_case c = {.rule = rule,
				    .severity = SEVERITY_ENFORCE,
				    .setting = section_setting(section, rule->name),
				    .policy = policy,
				    .section = section,
				    .update = &update,
				    .facts = &facts};
	struct buffer said = {.arena = memory.arena};

	update.old = old;
	update.new = new;
	update.kind = oid_is_zero(&new) ? UPDATE_DELETE : oid_is_zero(&old) ? UPDATE_CREATE : UPDATE_MOVE;
	*findings = (struct findings){.arena = memory.arena};
	if (!rule->judge(&c, findings))
		return NULL;
	buffer_add(&said, BYTES(""));
	for (const struct finding *f = findings->first; f; f = f->next)
		buffer_printf(&said, "%.*s\n", BYTES_ARG(f->found));
	return buffer_bytes(&said).data;
}

struct given {
	const char *name;
	struct oid old, new;
	struct facts facts;
	const char *says; /* NULL: cannot tell */
};

static void run(const struct rule *rule, const struct given *cases, size_t count)
{
	struct findings findings;

	for (size_t i = 0; i < count; i++) {
		const char *said = judge(rule, cases[i].old, cases[i].new, &cases[i].facts, &findings);

		if (!said != !cases[i].says || (said && strcmp(said, cases[i].says) != 0))
			fail_msg("%s says:\n%s\nwanted:\n%s", cases[i].name, said ? said : "cannot tell",
				 cases[i].says ? cases[i].says : "cannot tell");
	}
}

#define MESSAGE(text) .message = {text, sizeof(text) - 1}

static const struct oid ids[] = {B, C, D, A};
static const struct commit commits[] = {
	{.id = B, MESSAGE("feat(ui): add session dashboard\n")},
	{.id = C, MESSAGE("FIX(ui): repair it\n")},
	{.id = D, MESSAGE("Merge branch 'fix/x'\n")},
};

#define COMMITS(first, number)                                                                                         \
	.fork_point = ANSWER_YES, .fork_commit = A, .outside = ANSWER_YES, .outside_ids = ids + (first),               \
	.outside_count = (number), .commits = commits, .commit_count = COUNT(commits)
#define PLAIN .exempt = ANSWER_YES

static void test_only_types(void **state)
{
	static const struct given cases[] = {
		{"a type of the list", .old = A, .new = C, .facts = {COMMITS(1, 1)}, .says = ""},
		{"another type", .old = A, .new = B, .facts = {COMMITS(0, 1), PLAIN},
		 .says = "feat is none of the types taken since this branch left its trunk at aa00000\n"},
		{"a creation", .new = B, .facts = {COMMITS(0, 2), PLAIN},
		 .says = "feat is none of the types taken since this branch left its trunk at aa00000\n"},
		{"no type", .new = D, .facts = {COMMITS(2, 1), PLAIN},
		 .says = "has no type, and this branch takes only some\n"},
		{"each commit", .new = D, .facts = {COMMITS(0, 3), PLAIN},
		 .says = "feat is none of the types taken since this branch left its trunk at aa00000\n"
			 "has no type, and this branch takes only some\n"},
		{"merges", .new = D, .facts = {COMMITS(2, 1), .exempt = ANSWER_YES, .exemption = EXEMPT_MERGE},
		 .says = ""},
		{"reverts", .new = D, .facts = {COMMITS(0, 3), .exempt = ANSWER_YES, .exemption = EXEMPT_REVERT},
		 .says = ""},
		{"no trunk", .new = B,
		 .facts = {.fork_point = ANSWER_NO,
			   .outside = ANSWER_YES,
			   .outside_ids = ids,
			   .outside_count = 1,
			   .commits = commits,
			   .commit_count = 1,
			   PLAIN},
		 .says = "feat is none of the types this branch takes\n"},
		{"a deletion", .old = A, .says = ""},
		{"an unknown fork point", .new = B, .facts = {.fork_point = ANSWER_UNKNOWN}},
		{"an unknown history", .new = B, .facts = {.fork_point = ANSWER_YES}},
		{"an unknown commit", .new = A, .facts = {COMMITS(3, 1), PLAIN}},
		{"an unknown exemption", .new = B, .facts = {COMMITS(0, 1)}},
	};

	(void)state;
	run(&rule_only_types, cases, COUNT(cases));
}

static void test_only_types_place(void **state)
{
	static const struct facts facts = {COMMITS(0, 1), PLAIN};
	struct findings findings;

	(void)state;
	judge(&rule_only_types, (struct oid)A, (struct oid)B, &facts, &findings);
	assert_true(oid_equal(&findings.first->commit, &ids[0]));
	assert_true(bytes_equal(findings.first->source, BYTES("feat(ui): add session dashboard")));
	assert_true(bytes_contains(findings.first->wanted, BYTES("fix docs")));
	assert_true(bytes_contains(findings.first->fix, BYTES("drop bb00000")));
}

#define MAIN BYTES_INIT("refs/heads/main")
#define DEVELOP BYTES_INIT("refs/heads/develop")
#define STAGING BYTES_INIT("refs/heads/staging")
#define RELEASE BYTES_INIT("refs/heads/release/v1.2.0")
#define OTHER BYTES_INIT("refs/heads/release/v1.1.0")
#define BYTES_INIT(text)                                                                                               \
	{                                                                                                              \
		text, sizeof(text) - 1                                                                                 \
	}
#define LANDED(list) .landed_list = (list), .landed_count = COUNT(list), .accounts = nothing
#define REFS(list) .refs = (list), .ref_count = COUNT(list)

static const struct fake_account nothing[1]; /* no ref has this name */
static const struct fake_landed nowhere[] = {{{"", 0}, A}};
static const struct fake_landed on_main[] = {{MAIN, B}};
static const struct fake_landed on_both[] = {{MAIN, B}, {DEVELOP, B}};
static const struct fake_landed on_develop[] = {{DEVELOP, B}};
static const struct fake_landed on_trunks[] = {{MAIN, B}, {STAGING, B}};
static const struct fake_ref others[] = {
	{OTHER, B},
	{BYTES_INIT("refs/heads/release/next"), B}, /* of another section */
	{BYTES_INIT("refs/heads/main"), B},
};

#define DEBT "release/v1.2.0 has landed on main and not on develop\n"
#define OTHER_DEBT "release/v1.1.0 has landed on main and not on develop\n"

static void test_owes(void **state)
{
	static const struct given cases[] = {
		{"a deletion in debt", .old = B, .facts = {LANDED(on_main)}, .says = DEBT},
		{"a deletion after it is paid", .old = B, .facts = {LANDED(on_both)}, .says = ""},
		{"a deletion of what never landed", .old = B, .facts = {LANDED(nowhere)}, .says = ""},
		{"a deletion of what is only on develop", .old = B, .facts = {LANDED(on_develop)}, .says = ""},
		{"two trunks, one debt", .old = B, .facts = {LANDED(on_trunks)}, .says = DEBT},
		{"a deletion of nothing", .facts = {LANDED(on_main)}, .says = ""},
		{"a move", .old = B, .new = C, .facts = {LANDED(on_main)}, .says = ""},
		{"the first of its kind", .new = C, .facts = {LANDED(on_main)}, .says = ""},
		{"the next of its kind", .new = C, .facts = {LANDED(on_main), REFS(others)}, .says = OTHER_DEBT},
		{"the next, when all is paid", .new = C, .facts = {LANDED(on_both), REFS(others)}, .says = ""},
		{"unknown refs", .new = C, .facts = {LANDED(on_main), .refs_unknown = true}},
		{"an unknown landing", .old = B, .facts = {.accounts = nothing}},
		{"an unknown account", .old = B, .facts = {.landed = ANSWER_YES}},
	};

	(void)state;
	run(&rule_owes, cases, COUNT(cases));
}

/* Landings that the account knows, and trunks whose commits the branch only began with. */
static void test_owes_account(void **state)
{
	static struct bytes sources[] = {RELEASE};
	static struct account_landing landings[] = {{.head = B, .sources = sources, .source_count = 1}};
	static const struct account_line created[] = {
		{.time = 100, .new = B}, {.time = 50, .old = D}, {.time = 10, .new = D}};
	static const struct account_line squashed[] = {
		{.time = 200, .old = A, .new = D, .landings = landings, .landing_count = 1},
		{.time = 90, .old = C, .new = A},
	};
	static const struct account_line earlier[] = {
		{.time = 90, .old = A, .new = D, .landings = landings, .landing_count = 1}};
	static const struct account_line merged[] = {{.time = 200, .old = A, .new = D}};
	static const struct account_line same_second[] = {{.time = 100, .old = A, .new = D}};
	static const struct fake_account by_squash[] = {{RELEASE, created, 3}, {MAIN, squashed, 2}};
	static const struct fake_account namesake[] = {{RELEASE, created, 3}, {MAIN, earlier, 1}};
	static const struct fake_account by_merge[] = {{RELEASE, created, 3}, {MAIN, merged, 1}};
	static const struct fake_account at_once[] = {{RELEASE, created, 3}, {MAIN, same_second, 1}};
	static const struct fake_account empty[] = {{RELEASE, created, 3}};
	static const struct fake_ref main_at_b[] = {{MAIN, B}};
#define ACCOUNT(list) .accounts = (list), .account_count = COUNT(list)
#define HAS(list) .landed_list = (list), .landed_count = COUNT(list)
	static const struct given cases[] = {
		{"a squash", .old = B, .facts = {ACCOUNT(by_squash), HAS(nowhere)}, .says = DEBT},
		{"a squash, and more since", .old = C, .facts = {ACCOUNT(by_squash), HAS(nowhere)}, .says = DEBT},
		{"a squash, paid", .old = C, .facts = {ACCOUNT(by_squash), HAS(on_develop)}, .says = ""},
		{"what another branch of the name did", .old = C, .facts = {ACCOUNT(namesake), HAS(nowhere)},
		 .says = ""},
		{"a merge since it began", .old = B, .facts = {ACCOUNT(by_merge), HAS(on_main), .descends = ANSWER_NO},
		 .says = DEBT},
		{"a merge in the second in which it began", .old = B,
		 .facts = {ACCOUNT(at_once), HAS(on_main), .descends = ANSWER_NO}, .says = DEBT},
		{"nothing of its own: the trunk had it before", .old = B,
		 .facts = {ACCOUNT(by_merge), HAS(on_main), .descends = ANSWER_YES}, .says = ""},
		{"nothing of its own: the trunk has not moved since", .old = B,
		 .facts = {ACCOUNT(empty), HAS(on_main), REFS(main_at_b)}, .says = ""},
		{"an unknown ancestry", .old = B, .facts = {ACCOUNT(by_merge), HAS(on_main)}},
	};

	(void)state;
	run(&rule_owes, cases, COUNT(cases));
}

static void test_owes_fix(void **state)
{
	static const struct facts facts = {LANDED(on_main)};
	struct findings findings;

	(void)state;
	judge(&rule_owes, (struct oid)B, (struct oid){{0}}, &facts, &findings);
	assert_string_equal(findings.first->fix.data, "git policy land release/v1.2.0 --into develop");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_only_types, setup, teardown),
		cmocka_unit_test_setup_teardown(test_only_types_place, setup, teardown),
		cmocka_unit_test_setup_teardown(test_owes, setup, teardown),
		cmocka_unit_test_setup_teardown(test_owes_account, setup, teardown),
		cmocka_unit_test_setup_teardown(test_owes_fix, setup, teardown),
	};

	return cmocka_run_group_tests_name("rules_flow", tests, NULL, NULL);
}
