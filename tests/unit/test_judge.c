/* test_judge: the engine: which rules are asked, how much findings weigh, and that nothing is accepted without its own
 * yes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "arena.h"
#include "fake_facts.h"
#include "gather.h"
#include "judge.h"
#include "judgegrant.h"
#include "judgelanding.h"
#include "plan.h"
#include "policyfile.h"

#define COMMIT_ID                                                                                                      \
	{                                                                                                              \
		{                                                                                                      \
			0xcc                                                                                           \
		}                                                                                                      \
	}
#define GOOD "feat: add a form"
#define BAD "added a form"

/* What the imagined push introduces: one commit. */
struct world {
	struct facts facts; /* first: the fake's functions see it alone */
	const char *message;
	enum answer introduced;
	enum answer intact;
	bool malformed;
	bool evaluate;
};

static struct arena *arena;
static const struct user erin = {.name = {"erin", 4}};

enum answer facts_introduced(struct facts *facts, const struct policy *policy, const struct push *push,
			     const size_t *update_indexes, size_t count, struct demand demand, struct introduced **ret,
			     size_t *ret_count)
{
	static const struct oid id = COMMIT_ID;
	const struct world *world = (const struct world *)facts;

	(void)policy, (void)push, (void)update_indexes, (void)demand;
	*ret = arena_alloc(arena, sizeof(**ret));
	**ret = (struct introduced){&id, 0};
	*ret_count = count ? 1 : 0;
	return world->introduced;
}

enum answer facts_raw(struct facts *facts, const struct oid *id, struct bytes *ret_raw)
{
	const struct world *world = (const struct world *)facts;

	assert_int_equal(id->id[0], 0xcc);
	*ret_raw =
		bytes_printf(arena,
			     "tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904\n%sauthor E <erin@x> 1 +0000\n"
			     "committer E <erin@x> 1 +0000\n\n%s\n",
			     world->malformed ? "tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904\n" : "", world->message);
	return ANSWER_YES;
}

/* What content rules are told is another test's (test_judgecontent). */
enum answer facts_added(struct facts *facts, const struct commit *commit, bool whole, const struct added **ret_added,
			size_t *ret_count)
{
	(void)facts, (void)commit, (void)whole, (void)ret_added, (void)ret_count;
	return ANSWER_UNKNOWN;
}

enum answer facts_intact(struct facts *facts)
{
	return ((const struct world *)facts)->intact;
}

static bool source_read(const struct policy_source *source, struct arena *a, struct bytes name,
			struct bytes *ret_content, struct findings *errors)
{
	(void)a, (void)name, (void)errors;
	*ret_content = bytes_of(source->context);
	return true;
}

#define HEAD                                                                                                           \
	"[policy]\nversion = 1\nbootstrap = erin\n[identity]\nenv = PUSHER\n[user \"erin\"]\nemail = erin@x\n"         \
	"[commit]\nformat = conventional\n"

static struct policy *policy_make(const char *more)
{
	struct findings errors = {.arena = arena};
	struct bytes text = bytes_printf(arena, HEAD "%s", more);
	struct policy_source source = {source_read, (void *)(uintptr_t)text.data, BYTES("policy.ini")};
	struct policy *policy = policyfile_load(arena, &source, &errors);

	if (!policy)
		fail_msg("%.*s", BYTES_ARG(errors.first->found));
	assert_true(people_unfold(&policy->people, arena, &errors));
	assert_true(people_link(policy, &policy->people, arena, &errors));
	return policy;
}

struct result {
	bool judged;
	enum severity worst;
	struct findings findings;
};

/* Judges a push of `ref` by erin: created when `old` is zero. */
static struct result judge(const char *more, const char *ref, struct world *world)
{
	struct result result = {.findings = {.arena = arena}};
	struct policy *policy = policy_make(more);
	struct layers layers = {
		.policy = {policy}, .count = 1, .people = &policy->people, .identity = policy->identity};
	static const struct fake_ref none[1];
	struct push push = {.arena = arena};
	struct update *update = push_add(&push, bytes_of(ref), &(struct oid){0}, &(struct oid)COMMIT_ID);

	policy->evaluate = world->evaluate;
	update->kind = UPDATE_CREATE;
	world->facts.refs = none;
	world->facts.target_answer = ANSWER_YES;
	world->facts.target = (struct target){.type = OBJECT_COMMIT, .peeled = OBJECT_COMMIT};
	result.judged = judge_push(&layers, &push, &world->facts, &result.findings);
	result.worst = findings_worst(&result.findings);
	return result;
}

static struct world world_make(const char *message)
{
	return (struct world){.facts = {.user = &erin, .exempt = ANSWER_YES, .untouched = ANSWER_NO},
			      .message = message,
			      .introduced = ANSWER_YES,
			      .intact = ANSWER_YES};
}

static void test_accepts(void **state)
{
	struct world world = world_make(GOOD);
	struct result result = judge("[branch \"main\"]\npush = erin\n", "refs/heads/main", &world);

	(void)state;
	assert_true(result.judged);
	assert_int_equal(result.worst, SEVERITY_OFF);
}

static void test_rejects(void **state)
{
	struct world world = world_make(BAD);
	struct result result = judge("[branch \"main\"]\npush = erin\n", "refs/heads/main", &world);

	(void)state;
	assert_true(result.judged);
	assert_int_equal(result.worst, SEVERITY_ENFORCE);
	assert_true(bytes_equal(result.findings.first->rule, BYTES("format")));
	assert_true(bytes_equal(result.findings.first->ref, BYTES("refs/heads/main")));
	assert_int_equal(result.findings.first->commit.id[0], 0xcc);
	assert_int_equal(result.findings.first->origin.line, 9);
}

/* commits = warn lowers findings about messages, off asks none, and neither touches rules about refs. */
static void test_levels(void **state)
{
	struct world world = world_make(BAD);

	(void)state;
	assert_int_equal(judge("[branch \"main\"]\ncommits = warn\n", "refs/heads/main", &world).worst, SEVERITY_WARN);
	assert_int_equal(judge("[branch \"main\"]\ncommits = off\n", "refs/heads/main", &world).worst, SEVERITY_OFF);
	world.facts.user = NULL;
	assert_int_equal(judge("[branch \"main\"]\ncommits = off\n", "refs/heads/main", &world).worst,
			 SEVERITY_ENFORCE);
}

static void test_severity(void **state)
{
	struct world world = world_make(BAD);

	(void)state;
	assert_int_equal(
		judge("[severity]\nformat = warn\n[branch \"main\"]\npush = erin\n", "refs/heads/main", &world).worst,
		SEVERITY_WARN);
	assert_int_equal(
		judge("[severity]\nformat = off\n[branch \"main\"]\npush = erin\n", "refs/heads/main", &world).worst,
		SEVERITY_OFF);
}

/* Merges and proved reverts are spared; a likely one passes with a note; not knowing is undecided. */
static void test_exemptions(void **state)
{
	static const struct {
		enum answer answer;
		enum exemption exemption;
		enum severity worst;
		size_t count;
	} cases[] = {
		{ANSWER_YES, EXEMPT_NOT, SEVERITY_ENFORCE, 1},
		{ANSWER_YES, EXEMPT_MERGE, SEVERITY_OFF, 0},
		{ANSWER_YES, EXEMPT_REVERT, SEVERITY_OFF, 0},
		{ANSWER_YES, EXEMPT_LIKELY, SEVERITY_NOTE, 1},
		{ANSWER_UNKNOWN, EXEMPT_NOT, SEVERITY_UNDECIDED, 2},
		{ANSWER_UNKNOWN, EXEMPT_MERGE, SEVERITY_UNDECIDED, 2},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct world world = world_make("Merge branch 'x'");

		world.facts.exempt = cases[i].answer;
		world.facts.exemption = cases[i].exemption;
		struct result result = judge("[branch \"main\"]\npush = erin\n", "refs/heads/main", &world);

		assert_int_equal(result.worst, cases[i].worst);
		assert_int_equal(result.findings.count, cases[i].count);
		for (const struct finding *finding = result.findings.first; finding; finding = finding->next) {
			assert_true(bytes_equal(finding->rule, BYTES("format")));
			assert_int_equal(finding->origin.line, 9);
		}
	}
}

/* A commit that does not parse is refused even where messages are not judged. */
static void test_malformed(void **state)
{
	struct world world = world_make(GOOD);

	(void)state;
	world.malformed = true;
	struct result result = judge("[branch \"main\"]\ncommits = off\n", "refs/heads/main", &world);
	const struct finding *finding = result.findings.first;

	assert_int_equal(result.worst, SEVERITY_ENFORCE);
	assert_true(bytes_equal(finding->rule, BYTES("object")));
	assert_true(bytes_equal(finding->ref, BYTES("refs/heads/main")));
	assert_int_equal(finding->commit.id[0], 0xcc);
	assert_true(
		bytes_equal(finding->fix, BYTES("make the commit again with git: git rebase --force-rebase cc00000^")));
	world.evaluate = true;
	result = judge("[branch \"main\"]\n", "refs/heads/main", &world);
	assert_true(result.findings.count && result.worst == SEVERITY_OFF);
}

static void test_undecided(void **state)
{
	struct world world = world_make(GOOD);

	(void)state;
	world.introduced = ANSWER_UNKNOWN;
	struct result result = judge("[branch \"main\"]\npush = erin\n", "refs/heads/main", &world);

	assert_false(result.judged);
	assert_int_equal(result.worst, SEVERITY_UNDECIDED);
}

/* mode = evaluate tells everything and counts nothing. */
static void test_evaluate(void **state)
{
	struct world world = world_make(BAD);
	struct findings errors = {.arena = arena};
	struct bytes text =
		BYTES("[policy]\nversion = 1\nmode = evaluate\n[commit]\nformat = conventional\n[branch \"main\"]\n"
		      "push = anyone\n");
	struct policy_source source = {source_read, (void *)(uintptr_t)text.data, BYTES("policy.ini")};
	struct policy *policy = policyfile_load(arena, &source, &errors);
	struct layers layers = {.policy = {policy}, .count = 1};
	struct push push = {.arena = arena};
	struct findings findings = {.arena = arena};

	(void)state;
	assert_non_null(policy);
	assert_true(people_link(policy, &policy->people, arena, &errors));
	layers.people = &policy->people;
	push_add(&push, BYTES("refs/heads/other"), &(struct oid){0}, &(struct oid)COMMIT_ID);
	push_add(&push, BYTES("refs/heads/main"), &(struct oid){0}, &(struct oid)COMMIT_ID);
	world.facts.target_answer = ANSWER_YES;
	world.facts.target = (struct target){.type = OBJECT_COMMIT, .peeled = OBJECT_COMMIT};
	world.introduced = ANSWER_UNKNOWN;
	assert_true(judge_push(&layers, &push, &world.facts, &findings));
	assert_true(findings.count >= 2);
	assert_int_equal(findings_worst(&findings), SEVERITY_OFF);
}

static void test_bootstrap(void **state)
{
	struct world world = world_make(BAD);

	(void)state;
	world.facts.untouched = ANSWER_YES;
	assert_int_equal(judge("[branch \"main\"]\npush = erin\n", "refs/heads/other", &world).worst, SEVERITY_NOTE);
	world.facts.untouched = ANSWER_UNKNOWN;
	assert_int_equal(judge("[branch \"main\"]\npush = erin\n", "refs/heads/other", &world).worst,
			 SEVERITY_UNDECIDED);
	world.facts.user = NULL;
	assert_int_equal(judge("[branch \"main\"]\npush = erin\n", "refs/heads/other", &world).worst, SEVERITY_ENFORCE);
	world.intact = ANSWER_UNKNOWN;
	assert_false(judge("[branch \"**\"]\npush = erin\n", "refs/heads/other", &world).judged);
}

/* Neither a lenient layer beside it nor an evaluating one may take anything from an enforcing policy. */
static void test_layers(void **state)
{
	struct policy *strict = policy_make("[branch \"main\"]\npush = erin\n"),
		      *lenient = policy_make("[branch \"**\"]\ncommits = off\n");
	struct layers layers = {.policy = {lenient, strict}, .count = 2, .people = &strict->people};
	struct findings findings = {.arena = arena};
	struct world world = world_make(GOOD);
	struct push push = {.arena = arena};

	(void)state;
	lenient->evaluate = true;
	world.facts.target_answer = ANSWER_YES;
	world.facts.target = (struct target){.type = OBJECT_TREE, .peeled = OBJECT_TREE};
	push_add(&push, BYTES("refs/heads/main"), &(struct oid){0}, &(struct oid)COMMIT_ID);
	assert_true(judge_push(&layers, &push, &world.facts, &findings));
	assert_int_equal(findings_worst(&findings), SEVERITY_ENFORCE);
	assert_true(bytes_equal(findings.first->rule, BYTES("target")));
}

/* In whatever order they come, one that enforces and cannot judge leaves the push unjudged. */
static void test_unjudged_layers(void **state)
{
	struct policy *strict = policy_make("[branch \"main\"]\npush = erin\n"),
		      *trial = policy_make("[branch \"main\"]\npush = erin\n");

	(void)state;
	trial->evaluate = true;
	for (size_t i = 0; i < 2; i++) {
		struct layers layers = {
			.policy = {i ? strict : trial, i ? trial : strict}, .count = 2, .people = &strict->people};
		struct findings findings = {.arena = arena};
		struct world world = world_make(GOOD);
		struct push push = {.arena = arena};

		world.introduced = ANSWER_UNKNOWN;
		world.facts.target_answer = ANSWER_YES;
		world.facts.target = (struct target){.type = OBJECT_COMMIT, .peeled = OBJECT_COMMIT};
		push_add(&push, BYTES("refs/heads/main"), &(struct oid){0}, &(struct oid)COMMIT_ID);
		assert_false(judge_push(&layers, &push, &world.facts, &findings));
	}
}

/* Somebody has to be asked who pushes what. */
static void test_ungoverned(void **state)
{
	struct world world = world_make(GOOD);

	(void)state;
	struct result result = judge("", "refs/heads/main", &world);

	assert_int_equal(result.worst, SEVERITY_ENFORCE);
	assert_true(bytes_equal(result.findings.first->rule, BYTES("name")));
	assert_true(bytes_contains(result.findings.first->fix, BYTES("[branch \"**\"]")));
	world.evaluate = true;
	result = judge("", "refs/heads/main", &world);
	assert_true(bytes_equal(result.findings.first->rule, BYTES("name")));
	assert_int_equal(result.worst, SEVERITY_OFF);
}

static void test_nothing(void **state)
{
	struct policy *policy = policy_make("[branch \"main\"]\npush = erin\n");
	struct layers layers = {.policy = {policy}, .count = 1, .people = &policy->people};
	struct findings findings = {.arena = arena};
	struct world world = world_make(GOOD);
	struct push push = {.arena = arena};

	(void)state;
	assert_false(judge_push(&layers, &push, &world.facts, &findings));
	push_add(&push, BYTES("refs/heads/main"), &(struct oid){0}, &(struct oid)COMMIT_ID);
	layers.count = 0;
	assert_false(judge_push(&layers, &push, &world.facts, &findings));
}

#define STEP(place)                                                                                                    \
	{                                                                                                              \
		.first = place, .last = (place) + 1, .head = COMMIT_ID, .to = COMMIT_ID                                \
	}

/* What is said of several steps is told step by step. */
static void test_steps(void **state)
{
	static const struct landing steps[] = {STEP(0), STEP(1)};
	struct world world = world_make(GOOD);

	(void)state;
	world.facts.landings = ANSWER_YES;
	world.facts.landing_list = steps;
	world.facts.landing_count = world.facts.landing_length = 2;
	struct result result =
		judge("[branch \"main\"]\ndirect = deny\ncreate-from = develop\n", "refs/heads/main", &world);

	assert_int_equal(result.worst, SEVERITY_UNDECIDED); /* of create-from, which this test answers nothing */
	assert_int_equal(result.findings.count, 3);
	assert_true(bytes_equal(result.findings.last->rule, BYTES("direct")));
	world.facts.landing_length = world.facts.landing_count = 1;
	result = judge("[branch \"main\"]\ndirect = deny\npush = nobody-else\n[user \"nobody-else\"]\nemail = n@x\n",
		       "refs/heads/main", &world);
	assert_int_equal(result.worst, SEVERITY_ENFORCE);
	assert_int_equal(result.findings.count, 2);
	assert_true(bytes_equal(result.findings.first->rule, BYTES("direct"))); /* in the policy's order */
}

/* What a grant may let pass, what lands too, is told apart from what it may not; a rule that is off is not asked. */
static void test_flow(void **state)
{
	static const struct landing step = STEP(0);
	static const char *const policies[] = {
		"[branch \"main\"]\npush = nobody-else\nrewrite = deny\ndirect = deny\n[user \"nobody-else\"]\n"
		"email = n@x\n",
		"[branch \"main\"]\nrewrite = deny\n[severity]\nrewrite = off\n",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(policies) / sizeof(policies[0]); i++) {
		struct world world = world_make(GOOD);
		struct push push = {.arena = arena};
		struct findings findings = {.arena = arena}, flow = {.arena = arena};
		struct update *update =
			push_add(&push, BYTES("refs/heads/main"), &(struct oid){{1}}, &(struct oid)COMMIT_ID);

		update->old = update->claimed_old;
		world.facts.forward = ANSWER_NO;
		world.facts.landings = ANSWER_YES;
		world.facts.landing_list = &step;
		world.facts.landing_count = world.facts.landing_length = 1;
		struct plan plan = plan_make(policy_make(policies[i]), &push, &world.facts, &findings);

		judge_flow(&plan, 0, &flow);
		assert_int_equal(flow.count, i ? 0 : 2);
		assert_true(i || bytes_equal(flow.first->rule, BYTES("rewrite")));
		assert_true(i || bytes_equal(flow.last->rule, BYTES("direct")));
		for (const struct finding *finding = findings.first; finding; finding = finding->next)
			assert_false(bytes_equal(finding->rule, BYTES("rewrite")));
		assert_int_equal(findings.count > 0, i == 0);
	}
}

/* Why a grant does not count stands before what else would mend it. */
static void test_grant_why(void **state)
{
	static const char *const fixes[] = {"", "; rename it"};

	(void)state;
	for (int i = 0; i < 2; i++) {
		struct world world = world_make(GOOD);
		struct push push = {.arena = arena};
		struct findings flow = {.arena = arena}, said = {.arena = arena};

		world.facts.grant = ANSWER_NO;
		world.facts.grant_why = "it has expired";
		push_add(&push, BYTES("refs/heads/main"), &(struct oid){{1}}, &(struct oid)COMMIT_ID);
		struct plan plan =
			plan_make(policy_make("[branch \"main\"]\nrewrite = grant\n"), &push, &world.facts, &said);
		struct finding *finding = findings_add(&flow, "rewrite", SEVERITY_ENFORCE, "rewritten");

		if (i)
			finding_fix(&flow, finding, "rename it");
		judge_grant(&plan, 0, &flow, &said);
		assert_int_equal(said.count, 1);
		assert_true(bytes_equal(said.first->fix, bytes_printf(arena, "it has expired%s", fixes[i])));
		assert_int_equal(said.first->severity, SEVERITY_ENFORCE);
	}
}

/* All that is known of it is kept: who, why, which rules; in a clone only the account could tell that it is unspent. */
static void test_grant_note(void **state)
{
	(void)state;
	for (int i = 0; i < 4; i++) {
		struct world world = world_make(GOOD);
		struct push push = {.arena = arena};
		struct findings flow = {.arena = arena}, said = {.arena = arena};
		struct policy *policy = policy_make("[branch \"main\"]\nrewrite = grant\ngrant = erin\n");
		bool cloned = i & 1, open = i & 2;

		policy->evaluate = cloned;
		world.facts.cloned = cloned;
		world.facts.grant = ANSWER_YES;
		world.facts.grant_found = (struct grant){.user = &erin, .reason = BYTES("a fire")};
		push_add(&push, BYTES("refs/heads/main"), &(struct oid){{1}}, &(struct oid)COMMIT_ID);
		struct plan plan = plan_make(policy, &push, &world.facts, &said);
		struct finding *finding = findings_add(&flow, "rewrite", SEVERITY_ENFORCE, "rewritten");

		finding->open = open;
		judge_grant(&plan, 0, &flow, &said);
		const struct finding *note = said.first;

		assert_true(bytes_equal(note->found, BYTES("granted by erin: a fire; skipped: rewrite")));
		assert_true(bytes_equal(note->ref, BYTES("refs/heads/main")));
		assert_int_equal(note->severity, SEVERITY_NOTE);
		assert_int_equal(note->evaluated, cloned);
		assert_int_equal(note->open, cloned);
		assert_int_equal(note->origin.line, 12);
		assert_true(bytes_equal(note->override->user, BYTES("erin")));
		assert_true(bytes_equal(note->override->reason, BYTES("a fire")));
		assert_int_equal(note->override->rule_count, 1);
		assert_true(bytes_equal(note->override->rules[0], BYTES("rewrite")));
		assert_int_equal(said.count, 2);
		assert_int_equal(said.last->severity, SEVERITY_NOTE);
		assert_int_equal(said.last->open, cloned || open);
	}
}

static void test_stops(void **state)
{
	struct findings flow = {.arena = arena};
	struct bytes *rules_found;
	size_t count = 7;

	(void)state;
	judge_stops(&flow, &rules_found, &count);
	assert_int_equal(count, 0);
}

static int arena_begin(void **state)
{
	(void)state;
	arena = arena_new();
	return arena ? setjmp(*arena_recovery(arena)) : -1;
}

static int arena_end(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, arena_begin, arena_end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_accepts),    TEST(test_rejects),   TEST(test_levels),	    TEST(test_severity),
		TEST(test_exemptions), TEST(test_malformed), TEST(test_undecided),  TEST(test_evaluate),
		TEST(test_steps),      TEST(test_flow),	     TEST(test_grant_why),  TEST(test_bootstrap),
		TEST(test_nothing),    TEST(test_layers),    TEST(test_ungoverned), TEST(test_unjudged_layers),
		TEST(test_grant_note), TEST(test_stops),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
