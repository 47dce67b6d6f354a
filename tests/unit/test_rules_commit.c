/* test_rules_commit: each rule about a commit: what it must reject, the nearest it must accept, and where it cannot
 * tell. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "arena.h"
#include "fake_facts.h"
#include "policyfile.h"
#include "rules/rules.h"

/* What a rule comes to. */
enum outcome {
	ACCEPTS,
	NOTES,
	WARNS,
	REJECTS,
	CANNOT_TELL,
};

/* One judgement: a rule under a [commit] section, and a message. */
struct given {
	const struct rule *rule;
	const char *commit; /* lines of the section */
	const char *message;
	enum outcome outcome;
	unsigned line, column; /* of the first finding; 0: not looked at */
	const char *wanted;    /* in the first finding; NULL: not looked at */
};

static struct bytes ann_emails[] = {{"ann@example.com", 15}, {"ann@home.example", 16}};
static struct bytes bob_emails[] = {{"bob@example.com", 15}};
static const struct user users[] = {
	{.name = {"ann", 3}, .emails = ann_emails, .email_count = 2},
	{.name = {"bob", 3}, .emails = bob_emails, .email_count = 1},
};

static struct arena *arena;

static int setup(void **state)
{
	(void)state;
	arena = arena_new();
	return arena == NULL;
}

static int teardown(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static bool read_policy(const struct policy_source *source, struct arena *into, struct bytes name,
			struct bytes *ret_content, struct findings *errors)
{
	(void)name;
	(void)errors;
	*ret_content = bytes_printf(into, "[policy]\nversion = 1\n[commit]\n%s\n[branch \"main\"]\n",
				    (const char *)source->context);
	return true;
}

static const struct policy *policy_of(const char *commit)
{
	struct findings errors = {.arena = arena};
	struct policy_source source = {
		.read = read_policy, .context = (void *)(uintptr_t)commit, .file = BYTES("p.ini")};
	const struct policy *policy = policyfile_load(arena, &source, &errors);

	if (!policy)
		fail_msg("%s: %.*s", commit, BYTES_ARG(errors.first->found));
	return policy;
}

static struct commit commit_of(struct bytes message)
{
	return (struct commit){
		.author = {.name = BYTES("Ann"), .email = BYTES("Ann@example.com")},
		.committer = {.name = BYTES("Bob"), .email = BYTES("bob@example.com")},
		.message = message,
	};
}

static bool judge_at(const struct rule *rule, const char *lines, const struct commit *commit,
		     const struct update *update, struct facts *facts, struct findings *findings)
{
	struct message message;
	struct rule_case c = {
		.rule = rule,
		.severity = rule->severity,
		.policy = policy_of(lines),
		.update = update,
		.commit = commit,
		.message = &message,
		.facts = facts,
	};

	message_parse(arena, commit->message, &message);
	c.setting = case_setting(&c, rule->name);
	assert_true(c.setting || rule->flags & RULE_ALWAYS);
	return rule->judge(&c, findings);
}

static bool judge(const struct rule *rule, const char *lines, const struct commit *commit, struct facts *facts,
		  struct findings *findings)
{
	return judge_at(rule, lines, commit, NULL, facts, findings);
}

static enum outcome outcome_of(bool told, const struct findings *findings)
{
	enum severity worst = findings_worst(findings);

	if (!told || worst == SEVERITY_UNDECIDED)
		return CANNOT_TELL;
	return worst == SEVERITY_ENFORCE ? REJECTS : worst == SEVERITY_WARN ? WARNS : findings->count ? NOTES : ACCEPTS;
}

static void check_given(const struct given *given)
{
	struct findings findings = {.arena = arena};
	struct facts facts = {0};
	struct commit commit = commit_of(bytes_of(given->message));
	bool told = judge(given->rule, given->commit, &commit, &facts, &findings);
	const struct finding *first = findings.first;

	if (outcome_of(told, &findings) != given->outcome)
		fail_msg("%s, \"%s\": outcome %d, %.*s", given->commit, given->message, outcome_of(told, &findings),
			 BYTES_ARG(first ? first->found : BYTES("-")));
	if (given->line && (first->line != given->line || first->column != given->column))
		fail_msg("%s, \"%s\": line %u, column %u", given->commit, given->message, first->line, first->column);
	if (given->wanted && !bytes_contains(first->wanted, bytes_of(given->wanted)))
		fail_msg("%s, \"%s\": wanted %.*s", given->commit, given->message, BYTES_ARG(first->wanted));
	for (; first; first = first->next)
		assert_true(first->found.len && first->fix.len &&
			    bytes_equal(first->rule, bytes_of(given->rule->name)));
}

#define CHECK(table)                                                                                                   \
	for (size_t i = 0; i < sizeof(table) / sizeof((table)[0]); i++)                                                \
	check_given(&(table)[i])

static void test_object(void **state)
{
	static const struct given table[] = {{&rule_object, "format = free", "x", ACCEPTS, 0, 0, NULL}};

	(void)state;
	CHECK(table);
}

static void test_format(void **state)
{
	static const struct given table[] = {
		{&rule_format, "format = conventional", "feat: x", ACCEPTS, 0, 0, NULL},
		{&rule_format, "format = conventional", "feat:x", REJECTS, 1, 6, "type: description"},
		{&rule_format, "format = free", "feat:x", ACCEPTS, 0, 0, NULL},
		{&rule_format, "format = conventional", "feat: x\nbody", REJECTS, 2, 1, "an empty line"},
		{&rule_format, "format = conventional", "feat: x\n\nbreaking change: y", WARNS, 3, 1,
		 "BREAKING CHANGE: "},
		{&rule_format, "format = conventional", "feat: x\n\nBREAKING CHANGE:y", REJECTS, 3, 1,
		 "BREAKING CHANGE: "},
		{&rule_format, "format = conventional", "feat: \xC3\xA9 \xFF\n", REJECTS, 1, 9, "UTF-8"},
		{&rule_format, "format = conventional", "feat: x\n\n\xC3\xA9\n\xC3\xA9 \xC3\n", REJECTS, 4, 3, "UTF-8"},
		{&rule_format, "format = conventional", "feat: x\n\n\xC3\xA9", ACCEPTS, 0, 0, NULL},
		{&rule_format, "format = conventional", "fixup! feat: x", REJECTS, 1, 1, NULL},
		{&rule_format, "format = conventional\nfixup = deny", "fixup! feat: x", ACCEPTS, 0, 0, NULL},
		{&rule_format, "format = conventional\nfixup = deny\n[severity]\nfixup = off", "fixup! feat: x",
		 REJECTS, 1, 1, NULL},
		{&rule_format, "format = conventional", "Revert \"feat: x\"", REJECTS, 1, 7, "not the exact inverse"},
		{&rule_format, "format = conventional\nfixup = allow", "fixup! feat: x", ACCEPTS, 0, 0, NULL},
		{&rule_format, "format = conventional\nfixup = allow", "fixup feat: x", REJECTS, 1, 6, NULL},
	};

	(void)state;
	CHECK(table);
}

/* Another encoding's bytes are none of ours to judge once the commit names it. */
static void test_encoding(void **state)
{
	static const struct {
		struct bytes encoding;
		enum outcome outcome;
	} table[] = {{BYTES("ISO-8859-1"), ACCEPTS},
		     {BYTES("UTF-8"), REJECTS},
		     {BYTES("utf8"), REJECTS},
		     {BYTES(""), REJECTS}};

	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		struct findings findings = {.arena = arena};
		struct facts facts = {0};
		struct commit commit = commit_of(BYTES("fix: caf\xE9\n"));

		commit.encoding = table[i].encoding;
		bool told = judge(&rule_format, "format = conventional", &commit, &facts, &findings);

		assert_int_equal(outcome_of(told, &findings), table[i].outcome);
	}
}

static void test_types_and_scopes(void **state)
{
	static const struct given table[] = {
		{&rule_types, "types = feat fix", "feat: x", ACCEPTS, 0, 0, NULL},
		{&rule_types, "types = feat fix", "FIX(a)!: x", ACCEPTS, 0, 0, NULL},
		{&rule_types, "types = feat fix", "fxi: x", REJECTS, 1, 1, "feat fix (did you mean \"fix\"?)"},
		{&rule_types, "types = feat fix", "wizardry: x", REJECTS, 1, 1, "one of feat fix"},
		{&rule_types, "types = feat fix", "x", REJECTS, 1, 1, NULL},
		{&rule_types, "types = feat fix\nformat = free", "x", REJECTS, 1, 1, NULL},
		{&rule_types, "types = feat fix\nformat = conventional", "x", ACCEPTS, 0, 0, NULL},
		{&rule_scopes, "scopes = api ui a,b", "feat: x", ACCEPTS, 0, 0, NULL},
		{&rule_scopes, "scopes = api ui a,b", "feat(API): x", ACCEPTS, 0, 0, NULL},
		{&rule_scopes, "scopes = api ui a,b", "feat(api, ui): x", ACCEPTS, 0, 0, NULL},
		{&rule_scopes, "scopes = api ui a,b", "feat(a,b): x", ACCEPTS, 0, 0, NULL},
		{&rule_scopes, "scopes = api ui a,b", "feat(a): x", REJECTS, 1, 6, "one of api ui a,b"},
		{&rule_scopes, "scopes = api ui a,b", "feat(api, uj): x", REJECTS, 1, 11, "did you mean \"ui\""},
		{&rule_scopes, "scopes = api ui a,b", "feat(api,): x", REJECTS, 1, 10, NULL},
		{&rule_scopes, "scopes = api\nformat = conventional", "feat(x: y", ACCEPTS, 0, 0, NULL},
		{&rule_scopes, "scopes = api", "feat(x: y", REJECTS, 1, 1, NULL},
	};

	(void)state;
	CHECK(table);
}

static void test_lengths(void **state)
{
	static const struct given table[] = {
		{&rule_header_max, "header-max = 10", "feat: 4567\n\nlong enough body", ACCEPTS, 0, 0, NULL},
		{&rule_header_max, "header-max = 10", "feat: \xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9", ACCEPTS, 0, 0, NULL},
		{&rule_header_max, "header-max = 10", "feat: 45678", REJECTS, 1, 11, "at most 10"},
		{&rule_subject_min, "subject-min = 3", "feat: abc", ACCEPTS, 0, 0, NULL},
		{&rule_subject_min, "subject-min = 3", "abc", ACCEPTS, 0, 0, NULL},
		{&rule_subject_min, "subject-min = 3", "feat: ab ", REJECTS, 1, 7, "at least 3"},
		{&rule_subject_min, "subject-min = 3", "feat: \xC3\xA9\xC3\xA9", REJECTS, 1, 7, NULL},
		{&rule_subject_min, "subject-min = 3", "", REJECTS, 1, 1, NULL},
		{&rule_body_line_max, "body-line-max = 10", "feat: longer than it\n\n1234567890\r\n", ACCEPTS, 0, 0,
		 NULL},
		{&rule_body_line_max, "body-line-max = 10", "feat: x\n\n12345\n12345678901", REJECTS, 4, 11,
		 "at most 10"},
		{&rule_body_line_max, "body-line-max = 10", "feat: x\n\nsee https://example.com", ACCEPTS, 0, 0, NULL},
		{&rule_body_line_max, "body-line-max = 10", "feat: x\n\nsee example.com", REJECTS, 3, 11, NULL},
	};

	(void)state;
	CHECK(table);
}

static void test_subject_deny(void **state)
{
	static const struct given table[] = {
		{&rule_subject_deny, "subject-deny = wip asdf [x] c++", "feat: add it", ACCEPTS, 0, 0, NULL},
		{&rule_subject_deny, "subject-deny = wip asdf [x] c++", "wip", REJECTS, 1, 1, NULL},
		{&rule_subject_deny, "subject-deny = wip asdf [x] c++", "feat: WIP", REJECTS, 1, 7, NULL},
		{&rule_subject_deny, "subject-deny = wip asdf [x] c++", "feat: do asdf.", REJECTS, 1, 10, NULL},
		{&rule_subject_deny, "subject-deny = wip asdf [x] c++", "feat: wipe asdfg", ACCEPTS, 0, 0, NULL},
		{&rule_subject_deny, "subject-deny = wip asdf [x] c++", "feat: swip \xC3\xA9wip", ACCEPTS, 0, 0, NULL},
		{&rule_subject_deny, "subject-deny = wip asdf [x] c++", "feat: a[x]b", REJECTS, 1, 8, NULL},
		{&rule_subject_deny, "subject-deny = wip asdf [x] c++", "feat: use c++", REJECTS, 1, 11, NULL},
		{&rule_subject_deny, "subject-deny = wip asdf [x] c++", "wip: add it", ACCEPTS, 0, 0, NULL},
		{&rule_subject_deny, "subject-deny = wip asdf [x] c++", "feat: x\n\nwip", ACCEPTS, 0, 0, NULL},
	};

	(void)state;
	CHECK(table);
}

#define ALLOW "subject-case = lower\nsubject-case-allow = [A-Z]{2,}\n  API.*\n  (a+)+b|(A+)+B"

static void test_subject_case(void **state)
{
	static const struct given table[] = {
		{&rule_subject_case, "subject-case = lower", "feat: add", ACCEPTS, 0, 0, NULL},
		{&rule_subject_case, "subject-case = lower", "feat: Add", REJECTS, 1, 7, "lower-case"},
		{&rule_subject_case, "subject-case = lower", "Feat: add", ACCEPTS, 0, 0, NULL},
		{&rule_subject_case, "subject-case = lower", "Add", REJECTS, 1, 1, "lower-case"},
		{&rule_subject_case, "subject-case = lower", "feat: `Add`", ACCEPTS, 0, 0, NULL},
		{&rule_subject_case, "subject-case = lower", "feat: 2nd", ACCEPTS, 0, 0, NULL},
		{&rule_subject_case, "subject-case = lower", "feat: \xC3\x89tat", REJECTS, 1, 7, NULL},
		{&rule_subject_case, "subject-case = lower", "feat: \xD0\x94\xD0\xB0", REJECTS, 1, 7, NULL},
		{&rule_subject_case, "subject-case = lower", "feat: \xE4\xBF\xAE", ACCEPTS, 0, 0, NULL},
		{&rule_subject_case, "subject-case = upper", "feat: Add", ACCEPTS, 0, 0, NULL},
		{&rule_subject_case, "subject-case = upper", "feat: add", REJECTS, 1, 7, "upper-case"},
		{&rule_subject_case, ALLOW, "feat: HTTP server", ACCEPTS, 0, 0, NULL},
		{&rule_subject_case, ALLOW, "feat: APIs", ACCEPTS, 0, 0, NULL},
		{&rule_subject_case, ALLOW, "feat: Http server", REJECTS, 1, 7, NULL},
		{&rule_subject_case, ALLOW, "feat: AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAc", CANNOT_TELL, 1, 7, NULL},
	};

	(void)state;
	CHECK(table);
}

static void test_subject_end_and_mood(void **state)
{
	static const struct given table[] = {
		{&rule_subject_end, "subject-end = no-period", "feat: add it", ACCEPTS, 0, 0, NULL},
		{&rule_subject_end, "subject-end = no-period", "feat: add it.", REJECTS, 1, 13, NULL},
		{&rule_subject_end, "subject-end = no-period", "feat: \xC3\xA9. \r\n", REJECTS, 1, 8, NULL},
		{&rule_subject_end, "subject-end = no-period", "feat: add 1.2 it\n\nDone.", ACCEPTS, 0, 0, NULL},
		{&rule_subject_mood, "subject-mood = imperative", "feat: add it", ACCEPTS, 0, 0, NULL},
		{&rule_subject_mood, "subject-mood = imperative", "feat: added it", WARNS, 1, 7, "\"add\""},
		{&rule_subject_mood, "subject-mood = imperative", "feat: fixes it", WARNS, 1, 7, "\"fix\""},
		{&rule_subject_mood, "subject-mood = imperative", "feat: frobbing it", WARNS, 1, 7, "a verb"},
		{&rule_subject_mood, "subject-mood = imperative", "feat: string it", ACCEPTS, 0, 0, NULL},
		{&rule_subject_mood, "subject-mood = imperative", "", ACCEPTS, 0, 0, NULL},
	};

	(void)state;
	CHECK(table);
}

#define REFS "footer = required Refs #[0-9]+\n  Tested (yes|no)"

static void test_footer(void **state)
{
	static const struct given table[] = {
		{&rule_footer, REFS, "feat: x\n\nRefs: #1\n", ACCEPTS, 0, 0, NULL},
		{&rule_footer, REFS, "feat: x\n\nrefs: #1\ntested: no\n", ACCEPTS, 0, 0, NULL},
		{&rule_footer, REFS, "feat: x\n\nbody\n", REJECTS, 0, 0, "Refs #[0-9]+"},
		{&rule_footer, REFS, "feat: x\n\nbody\nRefs: #1\n", REJECTS, 0, 0, "Refs #[0-9]+"},
		{&rule_footer, REFS, "feat: x\n\nRefs: #1\nRefs: 2\n", REJECTS, 4, 7, "Refs #[0-9]+"},
		{&rule_footer, REFS, "feat: x\n\nRefs: #1\n\nTested: maybe\n", REJECTS, 5, 9, "Tested (yes|no)"},
		{&rule_footer, "footer = Id (a+)+[bd]", "feat: x\n\nId: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaac",
		 CANNOT_TELL, 3, 5, NULL},
	};

	(void)state;
	CHECK(table);
}

static void test_sign_off(void **state)
{
	static const struct given table[] = {
		{&rule_sign_off, "sign-off = required", "feat: x\n\nSigned-off-by: Ann <ann@EXAMPLE.com>\n", ACCEPTS, 0,
		 0, NULL},
		{&rule_sign_off, "sign-off = required", "feat: x\n\nSigned-off-by: B <bob@example.com>\n", ACCEPTS, 0,
		 0, NULL},
		{&rule_sign_off, "sign-off = required",
		 "feat: x\n\nSigned-off-by: E <e@x>\nSigned-off-by: Ann <ann@example.com>\n", ACCEPTS, 0, 0, NULL},
		{&rule_sign_off, "sign-off = required", "feat: x\n", REJECTS, 0, 0,
		 "Signed-off-by: Bob <bob@example.com>"},
		{&rule_sign_off, "sign-off = required", "feat: x\n\nSigned-off-by: E <e@x>\n", REJECTS, 3, 16, NULL},
		{&rule_sign_off, "sign-off = required", "feat: x\n\nSigned-off-by: ann@example.com\n", REJECTS, 3, 16,
		 NULL},
		{&rule_sign_off, "sign-off = required", "feat: x\n\nSigned-off-by: <ann@example.com>\n", REJECTS, 3, 16,
		 NULL},
		{&rule_sign_off, "sign-off = required", "feat: x\n\nbody\nSigned-off-by: Ann <ann@example.com>\n",
		 REJECTS, 0, 0, NULL},
	};

	(void)state;
	CHECK(table);
}

static void test_fixup(void **state)
{
	static const struct given table[] = {
		{&rule_fixup, "fixup = deny", "feat: x", ACCEPTS, 0, 0, NULL},
		{&rule_fixup, "fixup = deny", "fixup! feat: x", REJECTS, 1, 1, NULL},
		{&rule_fixup, "fixup = deny", "squash! feat: x", REJECTS, 1, 1, NULL},
		{&rule_fixup, "fixup = deny", "amend! feat: x", REJECTS, 1, 1, NULL},
		{&rule_fixup, "fixup = deny", "WIP", REJECTS, 1, 1, NULL},
		{&rule_fixup, "fixup = deny", "wip: x", REJECTS, 1, 1, NULL},
		{&rule_fixup, "fixup = deny", "[WIP] x", REJECTS, 1, 1, NULL},
		{&rule_fixup, "fixup = deny", "feat: wip on it", REJECTS, 1, 7, NULL},
		{&rule_fixup, "fixup = deny", "Draft: x", REJECTS, 1, 1, NULL},
		{&rule_fixup, "fixup = deny", "docs: draft the notes", ACCEPTS, 0, 0, NULL},
		{&rule_fixup, "fixup = deny", "feat: wipe it", ACCEPTS, 0, 0, NULL},
		{&rule_fixup, "fixup = deny", "feat: fixup! it", ACCEPTS, 0, 0, NULL},
		{&rule_fixup, "fixup = allow", "fixup! feat: x", ACCEPTS, 0, 0, NULL},
		{&rule_fixup, "fixup = allow", "WIP", ACCEPTS, 0, 0, NULL},
	};

	(void)state;
	CHECK(table);
}

static void test_makers(void **state)
{
	static const struct {
		const struct rule *rule;
		const char *commit;
		const char *email;
		struct facts facts;
		enum outcome outcome;
	} table[] = {
		{&rule_author, "author = known", "ANN@home.example", {0}, ACCEPTS},
		{&rule_author, "author = known", "eve@example.com", {0}, REJECTS},
		{&rule_author, "author = known", "", {0}, REJECTS},
		{&rule_author, "author = known", "", {.user_open = true}, REJECTS},
		{&rule_author, "author = pusher", "ann@example.com", {.user = &users[0]}, ACCEPTS},
		{&rule_author, "author = pusher", "bob@example.com", {.user = &users[0]}, REJECTS},
		{&rule_author, "author = pusher", "ann@example.com", {0}, REJECTS},
		{&rule_author, "author = pusher", "ann@example.com", {.user_open = true}, ACCEPTS},
		{&rule_committer, "committer = known", "bob@example.com", {0}, ACCEPTS},
		{&rule_committer, "committer = known", "eve@example.com", {0}, REJECTS},
		{&rule_committer, "committer = pusher", "bob@example.com", {.user = &users[1]}, ACCEPTS},
		{&rule_committer, "committer = pusher", "bob@example.com", {.user = &users[0]}, REJECTS},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		struct findings findings = {.arena = arena};
		struct facts facts = table[i].facts;
		struct commit commit = commit_of(BYTES("feat: x"));

		facts.users = users;
		facts.user_count = 2;
		*(table[i].rule == &rule_author ? &commit.author.email : &commit.committer.email) =
			bytes_of(table[i].email);
		commit.id = (struct oid){{1}};
		bool told = judge(table[i].rule, table[i].commit, &commit, &facts, &findings);

		if (outcome_of(told, &findings) != table[i].outcome)
			fail_msg("row %zu: %d", i, outcome_of(told, &findings));
	}
}

/* Who will push what is made nobody asks twice: of the commit that the ref is to be at. */
static void test_maker_open(void **state)
{
	struct findings of_tip = {.arena = arena}, of_other = {.arena = arena};
	struct facts facts = {.users = users, .user_count = 2, .user_open = true};
	struct commit commit = commit_of(BYTES("feat: x"));
	const struct update update = {.new = {{1}}};

	(void)state;
	commit.id = update.new;
	judge_at(&rule_author, "author = pusher", &commit, &update, &facts, &of_tip);
	assert_int_equal(of_tip.count, 1);
	assert_true(of_tip.first->open);
	commit.id = (struct oid){{2}};
	judge_at(&rule_author, "author = pusher", &commit, &update, &facts, &of_other);
	assert_int_equal(of_other.count, 0);
}

/* What is being made may have nobody yet; who it has is judged. */
static void test_maker_of_message(void **state)
{
	static const struct {
		const char *commit;
		const char *email;
		bool known; /* who will push it */
		enum outcome outcome;
	} table[] = {
		{"author = known", "eve@example.com", false, REJECTS},
		{"author = known", "", false, ACCEPTS},
		{"author = pusher", "bob@example.com", false, ACCEPTS},
		{"author = pusher", "bob@example.com", true, REJECTS},
		{"author = pusher", "ann@example.com", true, ACCEPTS},
		{"author = pusher", "", true, ACCEPTS},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		struct findings findings = {.arena = arena};
		struct facts facts = {.users = users, .user_count = 2, .user_open = !table[i].known};
		struct commit commit = commit_of(BYTES("feat: x"));

		facts.user = table[i].known ? &users[0] : NULL;
		commit.author.email = bytes_of(table[i].email);
		bool told = judge(&rule_author, table[i].commit, &commit, &facts, &findings);

		if (outcome_of(told, &findings) != table[i].outcome)
			fail_msg("row %zu: %d", i, outcome_of(told, &findings));
	}
}

/* A message without a commit may name anybody; a commit without addresses is signed off by nobody. */
static void test_sign_off_of_nobody(void **state)
{
	struct commit commit = {.message = BYTES("feat: x\n\nSigned-off-by: Ann <ann@example.com>\n")};
	struct facts facts = {0};
	struct findings none = {.arena = arena}, some = {.arena = arena};

	(void)state;
	assert_true(judge(&rule_sign_off, "sign-off = required", &commit, &facts, &none));
	assert_int_equal(none.count, 0);
	commit.id = (struct oid){{1}};
	assert_true(judge(&rule_sign_off, "sign-off = required", &commit, &facts, &some));
	assert_int_equal(outcome_of(true, &some), REJECTS);
}

/* What to do about a message depends on where its commit stands. */
static void test_fix(void **state)
{
	struct findings findings = {.arena = arena};
	struct facts facts = {0};
	struct oid parent = {{2}};
	struct commit commit = commit_of(BYTES("x"));

	(void)state;
	judge(&rule_format, "format = conventional", &commit, &facts, &findings);
	assert_true(
		bytes_starts(findings.last->fix, BYTES("with the options you gave (--amend, -a): git commit -e -F ")));
	commit.id = (struct oid){{0xab, 0xcd, 0xef, 0x12}};
	judge(&rule_format, "format = conventional", &commit, &facts, &findings);
	assert_true(bytes_starts(findings.last->fix, BYTES("git rebase -i --root")));
	commit.parents = &parent;
	commit.parent_count = 1;
	judge(&rule_format, "format = conventional", &commit, &facts, &findings);
	assert_true(bytes_starts(findings.last->fix, BYTES("git rebase -i abcdef1^")));
}

/* The last fix of a rule about `commit`. */
static void check_fix(const struct rule *rule, const char *lines, const struct commit *commit, struct facts facts,
		      const char *fix)
{
	struct findings findings = {.arena = arena};

	judge(rule, lines, commit, &facts, &findings);
	assert_int_not_equal(findings.count, 0);
	if (!bytes_equal(findings.last->fix, bytes_of(fix)))
		fail_msg("%.*s, not %s", BYTES_ARG(findings.last->fix), fix);
}

/* Every command can be typed as it is told. */
static void test_commands(void **state)
{
	struct oid parent = {{2}};
	struct commit commit = commit_of(BYTES("fixup! x"));
	struct facts ann = {.user = &users[0], .users = users, .user_count = 2};
	struct facts alone = {0};

	(void)state;
	check_fix(&rule_sign_off, "sign-off = required", &commit, alone,
		  "with the options you gave (--amend, -a): git commit --signoff -e -F \"$(git rev-parse --git-path "
		  "COMMIT_EDITMSG)\"");
	commit.verbose = true;
	check_fix(&rule_sign_off, "sign-off = required", &commit, alone,
		  "with the options you gave (--amend, -a): git commit --signoff -v -e -F \"$(git rev-parse --git-path "
		  "COMMIT_EDITMSG)\"");
	check_fix(&rule_format, "format = conventional", &commit, alone,
		  "git commit --no-verify makes it here; fold it in before pushing: git rebase -i --autosquash "
		  "--keep-base origin/main");
	commit.id = (struct oid){{0xab, 0xcd, 0xef, 0x12}};
	check_fix(&rule_sign_off, "sign-off = required", &commit, alone, "git rebase --signoff --root");
	commit.parents = &parent;
	commit.parent_count = 1;
	check_fix(&rule_sign_off, "sign-off = required", &commit, alone, "git rebase --signoff abcdef1^");
	check_fix(&rule_committer, "committer = pusher", &commit, ann, "let bob push it");
	commit.author.email = BYTES("eve@example.com");
	check_fix(&rule_author, "author = pusher", &commit, ann,
		  "git config user.email ann@example.com && git rebase -i abcdef1^, mark abcdef1 \"edit\", then git "
		  "commit "
		  "--amend --no-edit --reset-author && git rebase --continue");
}

/* The pusher's own addresses are told, and at the tip of a branch nothing has to be rebased. */
static void test_tip(void **state)
{
	struct update update = {.ref = BYTES("refs/heads/x"), .new = {{7}}};
	struct commit commit = commit_of(BYTES("fixup! x"));
	struct message message;
	struct findings findings = {.arena = arena};
	struct facts facts = {.user = &users[0], .users = users, .user_count = 2};
	struct rule_case c = {.policy = policy_of("author = pusher\nfixup = deny\nsign-off = required"),
			      .update = &update,
			      .commit = &commit,
			      .message = &message,
			      .facts = &facts};
	static const struct {
		const struct rule *rule;
		const char *fix;
	} table[] = {
		{&rule_author, "git config user.email ann@example.com && git commit --amend --no-edit --reset-author"},
		{&rule_sign_off, "git commit --amend --no-edit --signoff"},
		{&rule_fixup, "git fetch && git rebase -i --autosquash --keep-base origin/main"},
	};

	(void)state;
	commit.id = update.new;
	commit.author.email = BYTES("eve@example.com");
	message_parse(arena, commit.message, &message);
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		c.rule = table[i].rule;
		c.setting = case_setting(&c, c.rule->name);
		assert_true(c.rule->judge(&c, &findings));
		if (!bytes_equal(findings.last->fix, bytes_of(table[i].fix)))
			fail_msg("%.*s, not %s", BYTES_ARG(findings.last->fix), table[i].fix);
	}
	assert_true(bytes_contains(findings.first->wanted, BYTES("ann: ann@example.com ann@home.example")));
}

/* A message wrong in a thousand places gives a bounded number of findings. */
static void test_bounded(void **state)
{
	struct buffer text = {.arena = arena};
	struct findings findings = {.arena = arena};
	struct facts facts = {0};

	(void)state;
	buffer_add(&text, BYTES("feat(a"));
	for (int i = 0; i < 1000; i++)
		buffer_add(&text, BYTES(",x"));
	buffer_add(&text, BYTES("): x\n\n"));
	for (int i = 0; i < 1000; i++)
		buffer_add(&text, BYTES("Refs: longer than ten\n"));
	struct commit commit = commit_of(buffer_bytes(&text));

	judge(&rule_scopes, "scopes = a", &commit, &facts, &findings);
	assert_in_range(findings.count, 1, 20);
	judge(&rule_footer, "footer = Refs #[0-9]+", &commit, &facts, &findings);
	assert_in_range(findings.count, 2, 40);
	judge(&rule_body_line_max, "body-line-max = 10", &commit, &facts, &findings);
	assert_in_range(findings.count, 3, 60);
	assert_true(bytes_contains(findings.last->found, BYTES("990 more lines")));
}

/* A [commit] section that does not load. */
static void test_bad_footer_keys(void **state)
{
	static const char *const table[] = {
		"footer = Refs",       "footer = required", "footer = required Refs", "footer = Re:fs #1",
		"footer = Refs #[0-9", "footer = -x y",	    "footer = Refs #1\n  Id",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		struct findings errors = {.arena = arena};
		struct policy_source source = {
			.read = read_policy, .context = (void *)(uintptr_t)table[i], .file = BYTES("p.ini")};

		if (policyfile_load(arena, &source, &errors))
			fail_msg("%s", table[i]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_object, setup, teardown),
		cmocka_unit_test_setup_teardown(test_format, setup, teardown),
		cmocka_unit_test_setup_teardown(test_encoding, setup, teardown),
		cmocka_unit_test_setup_teardown(test_types_and_scopes, setup, teardown),
		cmocka_unit_test_setup_teardown(test_lengths, setup, teardown),
		cmocka_unit_test_setup_teardown(test_subject_deny, setup, teardown),
		cmocka_unit_test_setup_teardown(test_subject_case, setup, teardown),
		cmocka_unit_test_setup_teardown(test_subject_end_and_mood, setup, teardown),
		cmocka_unit_test_setup_teardown(test_footer, setup, teardown),
		cmocka_unit_test_setup_teardown(test_sign_off, setup, teardown),
		cmocka_unit_test_setup_teardown(test_sign_off_of_nobody, setup, teardown),
		cmocka_unit_test_setup_teardown(test_fixup, setup, teardown),
		cmocka_unit_test_setup_teardown(test_makers, setup, teardown),
		cmocka_unit_test_setup_teardown(test_maker_open, setup, teardown),
		cmocka_unit_test_setup_teardown(test_maker_of_message, setup, teardown),
		cmocka_unit_test_setup_teardown(test_fix, setup, teardown),
		cmocka_unit_test_setup_teardown(test_commands, setup, teardown),
		cmocka_unit_test_setup_teardown(test_tip, setup, teardown),
		cmocka_unit_test_setup_teardown(test_bounded, setup, teardown),
		cmocka_unit_test_setup_teardown(test_bad_footer_keys, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
