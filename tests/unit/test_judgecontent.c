/* test_judgecontent: which rules about content are asked of what: commits, the texts of tags, what is deployed; and
 * what is asked for together. The rules are two of the test's own. */
#include "memory_policy.h"

#include "fake_facts.h"
#include "gather.h"
#include "judge.h"

#define COMMIT                                                                                                         \
	{                                                                                                              \
		{                                                                                                      \
			0xcc                                                                                           \
		}                                                                                                      \
	}
#define TAG                                                                                                            \
	{                                                                                                              \
		{                                                                                                      \
			0x77                                                                                           \
		}                                                                                                      \
	}

/* What was asked, one line each. */
struct world {
	struct facts facts; /* first: the fake's functions see it alone */
	struct buffer asked;
	enum answer added;
	enum answer raw;
	bool judged;			     /* what the rules answer */
	bool fixed;			     /* the rule that nothing lowers finds something */
	void (*change)(struct facts *facts); /* before it is judged; NULL: nothing */
};

static struct world world;

static bool judge(const struct rule_case *c, struct findings *findings)
{
	buffer_printf(&world.asked, "%s%s %.*s: %.*s", c->rule->name, c->whole ? " whole" : "",
		      BYTES_ARG(c->update ? c->update->ref : BYTES("-")), BYTES_ARG(c->text));
	for (size_t i = 0; i < c->added_count; i++)
		buffer_printf(&world.asked, " +%.*s", BYTES_ARG(c->added[i].path));
	buffer_printf(&world.asked, " (%.*s%u)\n", c->commit ? 0 : 3, "no ", c->setting->origin.line);
	case_add(c, findings, "bad");
	return world.judged;
}

static const struct key other_keys[] = {
	{.name = "other-max", .sections = SECTION_CONTENT, .kind = KEY_NUMBER, .max = 9}};
static const struct rule other = {
	.name = "other", .scope = SCOPE_UPDATE, .flags = RULE_FIXED, .severity = SEVERITY_ENFORCE, .judge = judge};
static const struct rule alpha = {
	.name = "alpha", .scope = SCOPE_CONTENT, .severity = SEVERITY_ENFORCE, .judge = judge};
static const struct rule beta = {.name = "beta",
				 .scope = SCOPE_CONTENT,
				 .severity = SEVERITY_ENFORCE,
				 .keys = other_keys,
				 .key_count = 1,
				 .judge = judge};

static const struct key gamma_keys[] = {{.name = "gamma", .sections = SECTION_COMMIT, .kind = KEY_NUMBER, .max = 9}};
static const struct rule gamma = {.name = "gamma",
				  .scope = SCOPE_COMMIT,
				  .flags = RULE_MESSAGE,
				  .severity = SEVERITY_ENFORCE,
				  .keys = gamma_keys,
				  .key_count = 1,
				  .judge = judge};

static bool judge_fixed(const struct rule_case *c, struct findings *findings)
{
	if (world.fixed)
		case_add(c, findings, "bad");
	return true;
}

static const struct rule delta = {.name = "delta",
				  .scope = SCOPE_COMMIT,
				  .flags = RULE_FIXED,
				  .severity = SEVERITY_ENFORCE,
				  .judge = judge_fixed};

const struct rule *const rules[] = {&other, &alpha, &beta, &gamma, &delta};
const size_t rule_count = COUNT(rules);

const struct setting *case_setting(const struct rule_case *c, const char *key)
{
	return section_setting(c->policy->content, key);
}

struct finding *case_add(const struct rule_case *c, struct findings *findings, const char *format, ...)
{
	(void)format;
	return findings_add(findings, c->rule->name, c->severity, "bad");
}

enum answer facts_introduced(struct facts *facts, const struct policy *policy, const struct push *push,
			     const size_t *indexes, size_t count, struct demand demand, struct introduced **ret,
			     size_t *ret_count)
{
	static const struct oid id = COMMIT;

	(void)facts, (void)policy;
	buffer_printf(&world.asked, "commits %d %u:", demand.level, demand.content);
	for (size_t i = 0; i < count; i++)
		buffer_printf(&world.asked, " %.*s", BYTES_ARG(push->updates[indexes[i]].name));
	buffer_add(&world.asked, BYTES("\n"));
	*ret = arena_alloc(world.asked.arena, sizeof(**ret));
	**ret = (struct introduced){&id, 0};
	*ret_count = 1;
	return ANSWER_YES;
}

enum answer facts_raw(struct facts *facts, const struct oid *id, struct bytes *ret_raw)
{
	(void)facts, (void)id;
	*ret_raw = BYTES("tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904\nauthor E <e@x> 1 +0000\n"
			 "committer E <e@x> 1 +0000\n\nnew");
	return world.raw;
}

enum answer facts_added(struct facts *facts, const struct commit *commit, bool whole, const struct added **ret_added,
			size_t *ret_count)
{
	static const struct added added[] = {{.path = {"f", 1}}, {.path = {"g", 1}}};

	(void)facts;
	assert_int_equal(commit->id.id[0], 0xcc);
	*ret_added = added;
	*ret_count = whole ? 2 : 1;
	return world.added;
}

enum answer facts_intact(struct facts *facts)
{
	(void)facts;
	return ANSWER_YES;
}

/* Judges a push of these refs, one a word, each to a tag of the commit; a leading "-" deletes. */
static bool push_refs(struct memory *memory, const char *refs)
{
	static struct commit old = {.id = COMMIT, .message = {"old", 3}};
	struct policy *policy = memory_load(memory);
	struct layers layers = {.count = 1, .people = &(struct people){0}};
	struct push push = {.arena = memory->arena};
	struct bytes rest = bytes_of(refs), word;

	assert_non_null(policy);
	layers.policy[0] = policy;
	while (bytes_word(&rest, &word)) {
		bool deletes = bytes_starts(word, BYTES("-"));

		push_add(&push, bytes_from(word, deletes), &(struct oid){0},
			 deletes ? &(struct oid){0} : &(struct oid)TAG);
	}
	world.facts = (struct facts){
		.target_answer = ANSWER_YES,
		.target = {.type = OBJECT_TAG, .peeled = OBJECT_COMMIT, .commit = COMMIT},
		.commits = &old,
		.commit_count = 1,
		.tag = ANSWER_YES,
		.tagged = COMMIT,
		.tag_found = {.target = COMMIT, .message = {"tagged", 6}},
	};
	if (world.change)
		world.change(&world.facts);
	world.asked = (struct buffer){.arena = memory->arena};
	return judge_push(&layers, &push, &world.facts, &memory->findings);
}

static void what_a_section_lists_is_asked(void **state)
{
	static const struct {
		const char *policy; /* from line 4 on */
		const char *refs;
		const char *asked;
	} cases[] = {
		{"[branch \"main\"]\n", "refs/heads/main", "commits 2 0: main\n"},
		{"[branch \"main\"]\ncontent = alpha\n", "refs/heads/main",
		 "alpha refs/heads/main: tagged (no 5)\ncommits 2 1: main\nalpha refs/heads/main: new +f (5)\n"},
		{"[branch]\ncontent = beta alpha\n[branch \"main\"]\ncommits = warn\n", "refs/heads/main",
		 "alpha refs/heads/main: tagged (no 5)\nbeta refs/heads/main: tagged (no 5)\ncommits 1 3: main\n"
		 "alpha refs/heads/main: new +f (5)\nbeta refs/heads/main: new +f (5)\n"},
		{"[branch \"main\"]\ncontent = beta\ncommits = off\n", "refs/heads/main",
		 "beta refs/heads/main: tagged (no 5)\ncommits 0 2: main\nbeta refs/heads/main: new +f (5)\n"},
		{"[branch \"main\"]\ncontent = beta\n[severity]\nbeta = off\n", "refs/heads/main",
		 "commits 2 2: main\n"},
		{"[branch \"main\"]\ncontent = beta\n", "-refs/heads/main", ""},
		{"[deploy \"p/live\"]\ncontent = beta\n", "refs/deploy/p/live",
		 "beta refs/deploy/p/live: tagged (no 5)\nbeta whole refs/deploy/p/live: old +f +g (5)\n"
		 "commits 2 0: p/live\nbeta refs/deploy/p/live: new +f (5)\n"},
		{"[deploy \"p/live\"]\n", "refs/deploy/p/live", "commits 2 0: p/live\n"},
		{"[branch \"main\"]\ncontent = beta\n", "refs/heads/other", ""}, /* no section lets it in */
		/* what records and deploys say is asked what any section lists, once */
		{"[branch \"a\"]\ncontent = alpha\n[branch \"b\"]\ncontent = beta alpha\n[deploy \"p/live\"]\n",
		 "refs/checks/x refs/deploy/p/live",
		 "alpha refs/checks/x: tagged (no 5)\nbeta refs/checks/x: tagged (no 7)\n"
		 "alpha refs/deploy/p/live: tagged (no 5)\nbeta refs/deploy/p/live: tagged (no 7)\n"
		 "commits 2 0: p/live\n"},
		{"[branch \"a\"]\ncontent = alpha\n[branch \"b\"]\ncontent = beta\n[branch \"c\"]\ncontent = alpha\n",
		 "refs/checks/x", "alpha refs/checks/x: tagged (no 5)\nbeta refs/checks/x: tagged (no 7)\n"},
		{"[branch \"a\"]\ncontent = alpha\n", "-refs/checks/x", ""},
		/* alike together, others on their own */
		{"[branch]\ncontent = alpha\n[branch \"a\"]\n[branch \"b\"]\n[tag \"t\"]\n",
		 "refs/heads/a refs/tags/t refs/heads/b",
		 "alpha refs/heads/a: tagged (no 5)\ncommits 2 1: a b\nalpha refs/heads/a: new +f (5)\n"
		 "commits 2 0: t\nalpha refs/heads/b: tagged (no 5)\n"},
		/* a policy that governs no refs goes by its defaults */
		{"[branch]\ncontent = alpha\n", "refs/heads/any refs/tags/t",
		 "alpha refs/heads/any: tagged (no 5)\ncommits 2 1: any\nalpha refs/heads/any: new +f (5)\n"
		 "commits 2 0: t\n"},
		{"[tag]\ncontent = alpha\ncommits = off\n", "refs/heads/any refs/tags/t",
		 "commits 2 0: any\nalpha refs/tags/t: tagged (no 5)\ncommits 0 1: t\nalpha refs/tags/t: new +f (5)\n"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct buffer text = {0};
		struct memory memory = memory_new(NULL, NULL);

		text.arena = memory.arena;
		buffer_printf(&text, HEAD "%s", cases[i].policy);
		memory.policy = bytes_copy(memory.arena, buffer_bytes(&text)).data;
		world = (struct world){.raw = ANSWER_YES, .added = ANSWER_YES, .judged = true};
		assert_true(push_refs(&memory, cases[i].refs));
		buffer_add(&world.asked, BYTES("\0"));
		assert_string_equal(world.asked.data, cases[i].asked);
		arena_free(memory.arena);
	}
}

static size_t count_of(const struct memory *memory, const char *rule, enum severity severity)
{
	size_t count = 0;

	for (const struct finding *finding = memory->findings.first; finding; finding = finding->next)
		count += bytes_equal(finding->rule, bytes_of(rule)) && finding->severity == severity;
	return count;
}

static void levels_do_not_lower_what_it_weighs(void **state)
{
	struct memory memory = memory_new(HEAD "[branch \"main\"]\ncontent = beta\ncommits = warn\n", NULL);

	(void)state;
	world = (struct world){.raw = ANSWER_YES, .added = ANSWER_YES, .judged = true};
	assert_true(push_refs(&memory, "refs/heads/main"));
	assert_int_equal(count_of(&memory, "beta", SEVERITY_ENFORCE), 2);
	arena_free(memory.arena);
}

static void what_cannot_be_told_is_undecided(void **state)
{
	static const char *const policy =
		HEAD "[branch \"main\"]\ncontent = beta\n[deploy \"p/live\"]\ncontent = beta\n";
	struct memory memory = memory_new(policy, NULL);

	(void)state;
	world = (struct world){.raw = ANSWER_YES, .added = ANSWER_YES};
	assert_true(push_refs(&memory, "refs/heads/main"));
	assert_int_equal(count_of(&memory, "beta", SEVERITY_UNDECIDED), 2);
	arena_free(memory.arena);
	for (int i = 0; i < 2; i++) {
		memory = memory_new(policy, NULL);
		world = (struct world){.raw = ANSWER_YES, .added = ANSWER_UNKNOWN, .judged = true};
		assert_false(push_refs(&memory, i ? "refs/deploy/p/live" : "refs/heads/main"));
		assert_int_equal(count_of(&memory, "push", SEVERITY_UNDECIDED), 1);
		arena_free(memory.arena);
	}
}

static void lose_target(struct facts *facts)
{
	facts->target_answer = ANSWER_UNKNOWN;
}

static void lose_commit(struct facts *facts)
{
	facts->commit_count = 0;
}

static void lose_tag(struct facts *facts)
{
	facts->tag = ANSWER_UNKNOWN;
}

static void aim_at_tree(struct facts *facts)
{
	facts->target.peeled = OBJECT_TREE;
	facts->commit_count = 0;
}

/* Nothing of a deploy, of a tag or of a commit may go unread. */
static void what_cannot_be_read_is_undecided(void **state)
{
	static const struct {
		void (*change)(struct facts *facts);
		enum answer raw;
		const char *refs;
		bool judged;
	} cases[] = {
		{NULL, ANSWER_YES, "refs/deploy/p/live", true},
		{lose_target, ANSWER_YES, "refs/deploy/p/live", false},
		{lose_commit, ANSWER_YES, "refs/deploy/p/live", false},
		{lose_tag, ANSWER_YES, "refs/deploy/p/live", false},
		{aim_at_tree, ANSWER_YES, "refs/deploy/p/live", true}, /* another rule refuses it */
		{NULL, ANSWER_YES, "refs/heads/main refs/heads/two", true},
		{NULL, ANSWER_UNKNOWN, "refs/heads/main refs/heads/two", false},
		{NULL, ANSWER_NO, "refs/heads/main", false},
		{lose_tag, ANSWER_YES, "refs/heads/main refs/heads/two", false},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct memory memory =
			memory_new(HEAD "[branch \"*\"]\ncontent = beta\n[deploy \"p/live\"]\ncontent = beta\n", NULL);

		world = (struct world){
			.raw = cases[i].raw, .added = ANSWER_YES, .judged = true, .change = cases[i].change};
		assert_int_equal(push_refs(&memory, cases[i].refs), cases[i].judged);
		assert_int_equal(count_of(&memory, "push", SEVERITY_UNDECIDED), !cases[i].judged);
		arena_free(memory.arena);
	}
}

static void nothing_is_read_where_nothing_is_asked(void **state)
{
	static const struct {
		const char *policy, *refs;
	} cases[] = {
		{"[branch \"main\"]\n", "refs/heads/main refs/checks/x"},
		{"[branch \"main\"]\n[tag \"t\"]\ncontent = beta\n", "refs/heads/main"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct memory memory = memory_new(NULL, NULL);

		memory.policy = bytes_printf(memory.arena, HEAD "%s", cases[i].policy).data;
		world = (struct world){.raw = ANSWER_YES, .added = ANSWER_YES, .judged = true, .change = lose_tag};
		assert_true(push_refs(&memory, cases[i].refs));
		arena_free(memory.arena);
	}
}

static void what_nothing_lowers_is_asked_everywhere(void **state)
{
	static const char *const levels[] = {"off", "warn", "enforce"};

	(void)state;
	for (size_t i = 0; i < COUNT(levels); i++) {
		struct memory memory = memory_new(NULL, NULL);

		memory.policy = bytes_printf(memory.arena, HEAD "[branch \"main\"]\ncommits = %s\n", levels[i]).data;
		world = (struct world){.raw = ANSWER_YES, .added = ANSWER_YES, .judged = true, .fixed = true};
		assert_true(push_refs(&memory, "refs/heads/main"));
		assert_int_equal(count_of(&memory, "delta", SEVERITY_ENFORCE), 1);
		arena_free(memory.arena);
	}
}

/* What is not known to be a merge or a revert is not spared, and that it is not known is said under the same rule. */
static void the_form_of_a_message_weighs_what_it_may(void **state)
{
	static const struct {
		const char *policy;
		size_t enforced, warned, undecided;
	} cases[] = {
		{"[branch \"main\"]\n", 1, 0, 1},
		{"[branch \"main\"]\ncommits = warn\n", 0, 1, 1},
		{"[branch \"main\"]\ncommits = warn\n[severity]\ngamma = warn\n", 0, 1, 1},
		{"[branch \"main\"]\n[severity]\ngamma = warn\n", 0, 1, 1},
		{"[branch \"main\"]\ncommits = off\n", 0, 0, 0},
		{"[branch \"main\"]\n[severity]\ngamma = off\n", 0, 0, 0},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct memory memory = memory_new(NULL, NULL);

		memory.policy = bytes_printf(memory.arena, HEAD "[commit]\ngamma = 1\n%s", cases[i].policy).data;
		world = (struct world){.raw = ANSWER_YES, .added = ANSWER_YES, .judged = true};
		assert_true(push_refs(&memory, "refs/heads/main"));
		assert_int_equal(count_of(&memory, "gamma", SEVERITY_ENFORCE), cases[i].enforced);
		assert_int_equal(count_of(&memory, "gamma", SEVERITY_WARN), cases[i].warned);
		assert_int_equal(count_of(&memory, "gamma", SEVERITY_UNDECIDED), cases[i].undecided);
		arena_free(memory.arena);
	}
}

static void the_message_of_a_commit_being_made_is_asked(void **state)
{
	struct memory memory = memory_new(HEAD "[branch \"main\"]\ncontent = alpha\n[commit]\ngamma = 1\n", NULL);
	struct layers layers = {.policy = {memory_load(&memory)}, .count = 1};
	const struct commit commit = {.message = {"made", 4}};

	(void)state;
	world = (struct world){.judged = true, .asked = {.arena = memory.arena}};
	assert_true(judge_message(&layers, BYTES("refs/heads/main"), &commit, &world.facts, &memory.findings));
	assert_true(bytes_equal(buffer_bytes(&world.asked), BYTES("gamma -:  (7)\nalpha -: made (5)\n")));
	assert_true(judge_message(&layers, BYTES(""), &commit, &world.facts, &memory.findings));
	assert_int_equal(count_of(&memory, "alpha", SEVERITY_ENFORCE), 1);
	arena_free(memory.arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_a_section_lists_is_asked),
		cmocka_unit_test(levels_do_not_lower_what_it_weighs),
		cmocka_unit_test(what_cannot_be_told_is_undecided),
		cmocka_unit_test(what_cannot_be_read_is_undecided),
		cmocka_unit_test(nothing_is_read_where_nothing_is_asked),
		cmocka_unit_test(what_nothing_lowers_is_asked_everywhere),
		cmocka_unit_test(the_form_of_a_message_weighs_what_it_may),
		cmocka_unit_test(the_message_of_a_commit_being_made_is_asked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
