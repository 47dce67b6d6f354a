/* test_judgehide: no rule's words show a secret where the policy looks for secrets, and nothing is hidden elsewhere.
 * The rules are three of the test's own. */
#include "memory_policy.h"

#include "fake_facts.h"
#include "plan.h"
#include "planted.h"

/* Repeats what it is asked about. */
static bool judge(const struct rule_case *c, struct findings *findings)
{
	findings_add(findings, c->rule->name, c->severity, "%.*s", BYTES_ARG(c->commit->message));
	return true;
}

static const struct rule other = {.name = "other", .scope = SCOPE_UPDATE, .severity = SEVERITY_ENFORCE, .judge = judge};
static const struct rule alpha = {
	.name = "alpha", .scope = SCOPE_CONTENT, .severity = SEVERITY_ENFORCE, .judge = judge};
static const struct rule form = {
	.name = "form", .scope = SCOPE_COMMIT, .flags = RULE_FIXED, .severity = SEVERITY_ENFORCE, .judge = judge};
static const struct rule keeper = {
	.name = "keeper", .scope = SCOPE_CONTENT, .severity = SEVERITY_ENFORCE, .flags = RULE_HIDES, .judge = judge};

const struct rule *const rules[] = {&other, &alpha, &form, &keeper};
const size_t rule_count = COUNT(rules);

const struct setting *case_setting(const struct rule_case *c, const char *key)
{
	(void)c, (void)key;
	return NULL;
}

struct finding *case_add(const struct rule_case *c, struct findings *findings, const char *format, ...)
{
	(void)format;
	return findings_add(findings, c->rule->name, c->severity, "said");
}

/* What commits add is another test's (test_judgecontent). */
enum answer facts_added(struct facts *facts, const struct commit *commit, bool whole, const struct added **ret_added,
			size_t *ret_count)
{
	(void)facts, (void)commit, (void)whole, (void)ret_added, (void)ret_count;
	return ANSWER_UNKNOWN;
}

#define LOOKS HEAD "[branch \"main\"]\ncontent = alpha keeper\n"

struct world {
	struct memory memory;
	struct plan plan;
	struct facts facts;
	struct bytes token;
	struct findings said;
};

static void world_make(struct world *w, const char *policy)
{
	*w = (struct world){.memory = memory_new(policy, NULL)};
	const struct policy *loaded = memory_load(&w->memory);

	assert_non_null(loaded);
	w->plan = plan_make(loaded, NULL, &w->facts, &w->memory.findings);
	w->token = planted(w->memory.arena, "ghp_<w36>", 1, '\0', 1);
	w->said.arena = w->memory.arena;
}

static void world_end(struct world *w)
{
	arena_free(w->memory.arena);
}

static struct finding *say(struct world *w, const char *rule, const char *format, struct bytes what)
{
	size_t at = bytes_index(bytes_of(format), '$');
	struct bytes before = bytes_first(bytes_of(format), at), after = bytes_from(bytes_of(format), at + 1);

	return findings_add(&w->said, rule, SEVERITY_ENFORCE, "%.*s%.*s%.*s", BYTES_ARG(before), BYTES_ARG(what),
			    BYTES_ARG(after));
}

static struct bytes around(struct world *w, struct bytes secret)
{
	return bytes_printf(w->memory.arena, "a %.*s b", BYTES_ARG(secret));
}

#define assert_bytes(bytes, string) assert_true(bytes_equal(bytes, BYTES(string)))

static void nothing_that_is_said_shows_it(void **state)
{
	struct world w;
	struct override override = {.user = BYTES("ann")};

	(void)state;
	world_make(&w, LOOKS);
	struct bytes text = around(&w, w.token);
	struct finding *first = say(&w, "other", "$ twice $", w.token),
		       *plain = say(&w, "alpha", "nothing$", BYTES(""));

	first->found = bytes_printf(w.memory.arena, "%.*s and %.*s", BYTES_ARG(w.token), BYTES_ARG(w.token));
	first->wanted = first->fix = first->source = override.reason = text;
	first->column = plain->column = 3;
	first->override = &override;
	plain->source = BYTES("plain");
	plan_hide(&w.plan, text, &w.said);
	assert_bytes(first->found, "[...] and [...]");
	assert_bytes(first->wanted, "a [...] b");
	assert_bytes(first->fix, "a [...] b");
	assert_bytes(first->source, "a [...] b");
	assert_bytes(first->override->reason, "a [...] b");
	assert_bytes(first->override->user, "ann");
	assert_true(bytes_equal(override.reason, text)); /* what others hold too stays as it is */
	assert_int_equal(first->column, 0);
	assert_bytes(plain->found, "nothing");
	assert_bytes(plain->source, "plain");
	assert_int_equal(plain->wanted.len, 0);
	assert_int_equal(plain->column, 3);
	world_end(&w);
}

/* The rule that finds secrets says of them what may be said. */
static void its_own_words_stay(void **state)
{
	struct world w;

	(void)state;
	world_make(&w, LOOKS);
	const struct finding *own = say(&w, "keeper", "$", w.token);

	plan_hide(&w.plan, w.token, &w.said);
	assert_true(bytes_equal(own->found, w.token));
	world_end(&w);
}

static void a_secret_that_only_a_finding_holds_is_masked(void **state)
{
	struct world w;

	(void)state;
	world_make(&w, LOOKS);
	const struct finding *finding = say(&w, "other", "x $ y", w.token);

	plan_hide(&w.plan, BYTES("the text holds none"), &w.said);
	assert_bytes(finding->found, "x [...] y");
	world_end(&w);
}

static void elsewhere_nothing_is_hidden(void **state)
{
	static const char *const policies[] = {
		HEAD "[branch \"main\"]\n",
		HEAD "[branch \"main\"]\ncontent = alpha\n",
		HEAD "[branch \"main\"]\ncontent = keeper\n[severity]\nkeeper = off\n",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(policies); i++) {
		struct world w;

		world_make(&w, policies[i]);
		const struct finding *finding = say(&w, "other", "$", w.token);

		plan_hide(&w.plan, w.token, &w.said);
		assert_true(bytes_equal(finding->found, w.token));
		world_end(&w);
	}
}

static void nothing_said_is_nothing_to_hide(void **state)
{
	struct world w;

	(void)state;
	world_make(&w, LOOKS);
	plan_hide(&w.plan, w.token, &w.said);
	assert_int_equal(w.said.count, 0);
	world_end(&w);
}

/* A finding shows one line of it; one that is too short to give anything away is shown. */
static void each_line_of_a_secret_is_hidden(void **state)
{
	struct world w;

	(void)state;
	world_make(&w, LOOKS);
	struct bytes lines[2] = {planted(w.memory.arena, "<b64>", 2, '\0', 1),
				 planted(w.memory.arena, "<b64>", 3, '\0', 1)};
	struct bytes key = bytes_printf(w.memory.arena,
					"-----BEGIN %s KEY-----\n%.*s\n  %.*s \nabc\nabcdEFGH\n-----END %s KEY-----\n",
					"RSA PRIVATE", BYTES_ARG(lines[0]), BYTES_ARG(lines[1]), "RSA PRIVATE");
	const struct finding *one = say(&w, "other", "line 2 is \"$\"", lines[0]);
	const struct finding *two = say(&w, "other", "line 3 is \"$\"", lines[1]);
	const struct finding *three = say(&w, "other", "line 4 is \"$\"", BYTES("abc"));
	const struct finding *four = say(&w, "other", "line 5 is \"$\"", BYTES("abcdEFGH"));

	plan_hide(&w.plan, key, &w.said);
	assert_bytes(one->found, "line 2 is \"[...]\"");
	assert_bytes(two->found, "line 3 is \"[...]\"");
	assert_bytes(three->found, "line 4 is \"abc\"");
	assert_bytes(four->found, "line 5 is \"[...]\"");
	world_end(&w);
}

static void what_rules_say_of_a_commit_hides_it(void **state)
{
	struct world w;

	(void)state;
	world_make(&w, LOOKS);
	const struct commit commit = {.message = around(&w, w.token)};
	const struct section *section = section_judging(w.plan.policy, BYTES("refs/heads/main"));

	plan_commit(&w.plan, NULL, section, &commit, COMMITS_OFF);
	plan_text(&w.plan, NULL, section, &commit, commit.message);
	assert_int_equal(w.memory.findings.count, 3);
	assert_bytes(w.memory.findings.first->found, "a [...] b");
	assert_bytes(w.memory.findings.first->next->found, "a [...] b");
	world_end(&w);
}

/* Where it cannot be told which parts are secrets, all are taken for one. */
static void what_cannot_be_searched_is_hidden_whole(void **state)
{
	struct world w;
	struct buffer text = {0};

	(void)state;
	world_make(&w, LOOKS);
	text.arena = w.memory.arena;
	buffer_add(&text, BYTES("a line of no secret\n"));
	for (uint64_t i = 0; i < 5000; i++)
		buffer_printf(&text, "%.*s\n", BYTES_ARG(planted(w.memory.arena, "ghp_<w36>", i + 9, '\0', 1)));
	const struct finding *finding = say(&w, "other", "is \"$\"", BYTES("a line of no secret"));

	plan_hide(&w.plan, buffer_bytes(&text), &w.said);
	assert_bytes(finding->found, "is \"[...]\"");
	world_end(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_that_is_said_shows_it),
		cmocka_unit_test(its_own_words_stay),
		cmocka_unit_test(a_secret_that_only_a_finding_holds_is_masked),
		cmocka_unit_test(elsewhere_nothing_is_hidden),
		cmocka_unit_test(nothing_said_is_nothing_to_hide),
		cmocka_unit_test(each_line_of_a_secret_is_hidden),
		cmocka_unit_test(what_rules_say_of_a_commit_hides_it),
		cmocka_unit_test(what_cannot_be_searched_is_hidden_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
