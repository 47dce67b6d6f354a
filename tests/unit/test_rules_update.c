/* test_rules_update: each rule about a ref update: what it must reject, the nearest it must accept, and where it cannot
 * tell. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "arena.h"
#include "fake_facts.h"
#include "pattern.h"
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

enum outcome {
	ACCEPTS,
	REJECTS,
	WARNS,
	CANNOT_TELL,
};

static const struct user erin = {.name = {"erin", 4}};
static struct arena *arena;

/* One setting of the section, given by its words. */
struct given {
	const struct rule *rule;
	const char *ref;
	const char *heading; /* of the governing section; NULL: none governs */
	enum section_kind kind;
	const char *value; /* NULL: unset */
	struct oid old, claimed, new;
	struct facts facts;
	enum outcome outcome;
	const char *says; /* in the first finding */
	const char *fix;  /* in the first finding */
};

static const struct setting *setting_make(const struct key *key, const char *value)
{
	struct setting *setting = arena_alloc(arena, sizeof(*setting));
	struct bytes rest = bytes_of(value), word;

	setting->key = key;
	setting->origin = (struct origin){BYTES("policy.ini"), 7, bytes_of(value)};
	setting->clauses = arena_alloc(arena, sizeof(*setting->clauses));
	setting->clauses[0] = (struct clause){.text = bytes_of(value), .origin = setting->origin, .column = 1};
	setting->clause_count = 1;
	setting->words = arena_array(arena, 8, sizeof(*setting->words));
	while (bytes_word(&rest, &word))
		setting->words[setting->word_count++] = word;
	for (unsigned i = 0; key->kind == KEY_WORD && key->words[i]; i++)
		if (!strcmp(key->words[i], value))
			setting->number = i;
	if (key->kind == KEY_REGEX) {
		const char *problem;
		size_t offset;

		setting->regexes = arena_alloc(arena, sizeof(*setting->regexes));
		setting->regexes[0] = regex_compile(arena, bytes_of(value), &problem, &offset);
		assert_non_null(setting->regexes[0]);
	}
	if (key->kind == KEY_WHO) {
		setting->who = arena_alloc(arena, sizeof(*setting->who));
		setting->who->anyone = !strcmp(value, "anyone");
		for (size_t i = 0; i < setting->word_count; i++)
			if (bytes_equal(setting->words[i], erin.name))
				crowd_add(arena, &setting->who->users, &erin);
	}
	return setting;
}

static struct section *section_make(enum section_kind kind, const char *heading)
{
	struct section *section = arena_alloc(arena, sizeof(*section));
	const char *problem;
	size_t offset;

	section->kind = kind;
	section->heading = bytes_of(heading);
	section->pattern = pattern_compile(arena, section->heading, &problem, &offset);
	assert_non_null(section->pattern);
	section->literal = pattern_literal(section->pattern);
	section->ref = bytes_printf(arena, "refs/heads/%s", heading);
	section->origin = (struct origin){BYTES("policy.ini"), 3, section->heading};
	return section;
}

static struct policy policy_make(void)
{
	struct section **sections = arena_array(arena, 3, sizeof(*sections));

	sections[0] = section_make(SECTION_BRANCH, "main");
	sections[1] = section_make(SECTION_BRANCH, "feature/{slug}");
	sections[2] = section_make(SECTION_BRANCH, "bugfix/{slug}");
	return (struct policy){.file = BYTES("policy.ini"), .sections = sections, .section_count = 3, .governs = true};
}

static enum outcome outcome_of(bool told, const struct findings *findings)
{
	if (!told)
		return CANNOT_TELL;
	switch (findings_worst(findings)) {
	case SEVERITY_OFF:
	case SEVERITY_NOTE:
		return ACCEPTS;
	case SEVERITY_WARN:
		return WARNS;
	case SEVERITY_UNDECIDED:
		return CANNOT_TELL;
	default:
		return REJECTS;
	}
}

static void run(const struct given *given)
{
	struct policy policy = policy_make();
	struct findings findings = {.arena = arena};
	struct push push = {.arena = arena};
	struct facts facts = given->facts;
	struct section *section = given->heading ? section_make(given->kind, given->heading) : NULL;
	struct update *update = push_add(&push, bytes_of(given->ref), &given->claimed, &given->new);

	update->old = given->old;
	update->kind = oid_is_zero(&update->new)   ? UPDATE_DELETE
		       : oid_is_zero(&update->old) ? UPDATE_CREATE
						   : UPDATE_MOVE;
	if (section && given->value)
		section->settings = (struct setting *)(uintptr_t)setting_make(&given->rule->keys[0], given->value);
	struct rule_case c = {
		.rule = given->rule,
		.severity = given->rule->severity,
		.setting = section ? section->settings : NULL,
		.policy = &policy,
		.section = section,
		.update = update,
		.facts = &facts,
	};
	bool told = given->rule->judge(&c, &findings);

	if (outcome_of(told, &findings) != given->outcome)
		fail_msg("%s on %s: outcome %d, wanted %d: %.*s", given->rule->name, given->ref,
			 outcome_of(told, &findings), given->outcome,
			 BYTES_ARG(findings.first ? findings.first->found : BYTES("no finding")));
	if (given->says && !bytes_contains(findings.first->found, bytes_of(given->says)))
		fail_msg("%s: says \"%.*s\", wanted \"%s\"", given->rule->name, BYTES_ARG(findings.first->found),
			 given->says);
	if (given->fix && !bytes_contains(findings.first->fix, bytes_of(given->fix)))
		fail_msg("%s: advises \"%.*s\", wanted \"%s\"", given->rule->name, BYTES_ARG(findings.first->fix),
			 given->fix);
	for (const struct finding *finding = findings.first; finding; finding = finding->next)
		assert_true(bytes_equal(finding->ref, update->ref) && finding->rule.len && finding->found.len);
}

static void run_all(const struct given *cases, size_t count)
{
	for (size_t i = 0; i < count; i++)
		run(&cases[i]);
}

#define RUN(cases) run_all(cases, sizeof(cases) / sizeof((cases)[0]))
#define FEATURE .ref = "refs/heads/feature/a", .heading = "feature/{slug}", .kind = SECTION_BRANCH
#define MAIN .ref = "refs/heads/main", .heading = "main", .kind = SECTION_BRANCH
#define TAG .ref = "refs/tags/v1.0.0", .heading = "v{semver}", .kind = SECTION_TAG
#define COMMIT .target_answer = ANSWER_YES, .target = {.type = OBJECT_COMMIT, .peeled = OBJECT_COMMIT}

static void test_stale(void **state)
{
	static const struct given cases[] = {
		{.rule = &rule_stale, MAIN, .old = A, .claimed = A, .new = B},
		{.rule = &rule_stale, MAIN, .new = B},
		{.rule = &rule_stale, MAIN, .old = A, .claimed = A},
		{.rule = &rule_stale,
		 MAIN,
		 .old = A,
		 .claimed = B,
		 .new = B,
		 .outcome = REJECTS,
		 .says = "the ref is at aa"},
		{.rule = &rule_stale, MAIN, .old = A, .new = B, .outcome = REJECTS, .says = "exists already"},
		{.rule = &rule_stale, MAIN, .old = A, .outcome = REJECTS, .says = "exists already"},
		{.rule = &rule_stale, MAIN, .claimed = A, .new = B, .outcome = REJECTS, .says = "no such ref"},
		{.rule = &rule_stale, MAIN, .claimed = A, .outcome = REJECTS, .says = "no such ref to delete"},
		{.rule = &rule_stale, MAIN, .outcome = REJECTS, .says = "no such ref to delete"},
	};

	(void)state;
	RUN(cases);
}

static void test_target(void **state)
{
	static const struct given cases[] = {
		{.rule = &rule_target, MAIN, .new = B, .facts = {COMMIT}},
		{.rule = &rule_target, MAIN, .old = A},
		{.rule = &rule_target, MAIN, .new = B, .outcome = CANNOT_TELL},
		{.rule = &rule_target,
		 MAIN,
		 .new = B,
		 .outcome = REJECTS,
		 .says = "a tree",
		 .facts = {.target_answer = ANSWER_YES, .target = {.type = OBJECT_TREE, .peeled = OBJECT_TREE}}},
		{.rule = &rule_target,
		 MAIN,
		 .new = B,
		 .outcome = REJECTS,
		 .says = "a tag object",
		 .facts = {.target_answer = ANSWER_YES, .target = {.type = OBJECT_TAG, .peeled = OBJECT_COMMIT}}},
		{.rule = &rule_target,
		 TAG,
		 .new = B,
		 .facts = {.target_answer = ANSWER_YES, .target = {.type = OBJECT_TAG, .peeled = OBJECT_COMMIT}}},
		{.rule = &rule_target,
		 TAG,
		 .new = B,
		 .outcome = REJECTS,
		 .says = "a blob",
		 .facts = {.target_answer = ANSWER_YES, .target = {.type = OBJECT_TAG, .peeled = OBJECT_BLOB}}},
		{.rule = &rule_target,
		 TAG,
		 .new = B,
		 .outcome = REJECTS,
		 .says = "16",
		 .facts = {.target_answer = ANSWER_YES,
			   .target = {.type = OBJECT_TAG, .peeled = OBJECT_TAG, .too_deep = true}}},
	};

	(void)state;
	RUN(cases);
}

static void test_reserved(void **state)
{
	static const struct given cases[] = {
		{.rule = &rule_reserved,
		 .ref = "refs/policy/current",
		 .new = B,
		 .outcome = REJECTS,
		 .says = "for itself"},
		{.rule = &rule_reserved, .ref = "refs/policy/x", .old = A, .outcome = REJECTS, .says = "for itself"},
		{.rule = &rule_reserved, .ref = "refs/deploy/production/live", .new = B},
		{.rule = &rule_reserved, .ref = "refs/approvals/heads/main/x", .new = B},
		{.rule = &rule_reserved, .ref = "refs/replace/x", .new = B, .outcome = REJECTS, .says = "replacement"},
		{.rule = &rule_reserved, .ref = "refs/policies/current", .new = B},
		{.rule = &rule_reserved, MAIN, .new = B},
	};

	(void)state;
	RUN(cases);
}

static void test_name(void **state)
{
	static const struct fake_ref nothing[] = {{{"refs/heads/other", 16}, A}};
	static const struct given cases[] = {
		{.rule = &rule_name, FEATURE, .new = B, .facts = {.refs = nothing, .ref_count = 1}},
		{.rule = &rule_name,
		 .ref = "refs/heads/features/a",
		 .new = B,
		 .outcome = REJECTS,
		 .says = "no section"},
		{.rule = &rule_name,
		 .ref = "refs/heads/features/a",
		 .old = A,
		 .outcome = REJECTS,
		 .says = "no section"},
		{.rule = &rule_name, .ref = "refs/policy/current", .new = B},
		{.rule = &rule_name, .ref = "refs/notes/x", .new = B, .outcome = REJECTS, .says = "no section"},
		{.rule = &rule_name,
		 .ref = "refs/deploy/production/live",
		 .heading = "production/*",
		 .kind = SECTION_DEPLOY,
		 .new = B},
		{.rule = &rule_name,
		 .ref = "refs/deploy/production/live",
		 .new = B,
		 .outcome = REJECTS,
		 .says = "no section"},
		{.rule = &rule_name,
		 .ref = "refs/heads/dev/erin/x",
		 .heading = "dev/{user}/*",
		 .kind = SECTION_BRANCH,
		 .new = B,
		 .facts = {.user = &erin, .refs = nothing, .ref_count = 1}},
		{.rule = &rule_name,
		 .ref = "refs/heads/dev/ivy/x",
		 .heading = "dev/{user}/*",
		 .kind = SECTION_BRANCH,
		 .new = B,
		 .outcome = REJECTS,
		 .says = "another user's",
		 .facts = {.user = &erin, .refs = nothing, .ref_count = 1}},
		{.rule = &rule_name,
		 .ref = "refs/heads/dev/ivy/x",
		 .heading = "dev/{user}/*",
		 .kind = SECTION_BRANCH,
		 .old = A,
		 .outcome = REJECTS,
		 .says = "another user's",
		 .facts = {.user = &erin}},
		{.rule = &rule_name,
		 .ref = "refs/heads/dev/ivy/x",
		 .heading = "dev/{user}/*",
		 .kind = SECTION_BRANCH,
		 .new = B,
		 .outcome = REJECTS,
		 .says = "another user's",
		 .facts = {.refs = nothing, .ref_count = 1}},
		{.rule = &rule_name,
		 FEATURE,
		 .new = B,
		 .value = "feature/[a-z]",
		 .facts = {.refs = nothing, .ref_count = 1}},
		{.rule = &rule_name,
		 FEATURE,
		 .new = B,
		 .value = "feature/[b-z]",
		 .outcome = REJECTS,
		 .says = "does not match",
		 .facts = {.refs = nothing, .ref_count = 1}},
		{.rule = &rule_name,
		 FEATURE,
		 .new = B,
		 .value = "(feature/a|(x+x+)+y)",
		 .facts = {.refs = nothing, .ref_count = 1}},
		{.rule = &rule_name,
		 .ref = "refs/heads/xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
		 .heading = "**",
		 .kind = SECTION_BRANCH,
		 .new = B,
		 .value = "(x+x+)+(y|z)",
		 .outcome = CANNOT_TELL,
		 .facts = {.refs = nothing, .ref_count = 1}},
		{.rule = &rule_name,
		 .ref = "refs/heads/Main",
		 .heading = "**",
		 .kind = SECTION_BRANCH,
		 .new = B,
		 .outcome = REJECTS,
		 .says = "letter case",
		 .fix = "did you mean main?",
		 .facts = {.refs = nothing, .ref_count = 1}},
		{.rule = &rule_name,
		 .ref = "refs/heads/mains",
		 .heading = "**",
		 .kind = SECTION_BRANCH,
		 .new = B,
		 .facts = {.refs = nothing, .ref_count = 1}},
		{.rule = &rule_name,
		 .ref = "refs/heads/m\xd0\xb0in",
		 .heading = "**",
		 .kind = SECTION_BRANCH,
		 .new = B,
		 .outcome = WARNS,
		 .says = "beyond ASCII",
		 .facts = {.refs = nothing, .ref_count = 1}},
	};

	(void)state;
	RUN(cases);
}

/* The nearest accepted prefix is offered; the command that renames only when the new name would be taken. */
static void test_name_nearest(void **state)
{
	static const struct {
		const char *ref;
		const char *fix;
		bool deletes;
	} table[] = {
		{"refs/heads/bugfixes/a", "did you mean bugfix/? git branch -m bugfixes/a bugfix/a", false},
		{"refs/heads/bugfixes/a", "did you mean a name like bugfix/{slug}?", true},
		{"refs/heads/feature2", "did you mean a name like feature/{slug}?", false},
		{"refs/heads/features/A_b", "did you mean feature/a-b? git branch -m features/A_b feature/a-b", false},
		{"refs/heads/feature/Login", "did you mean feature/login? git branch -m feature/Login feature/login",
		 false},
		{"refs/heads/feature/A.b", "did you mean a name like feature/{slug}?", false},
		{"refs/heads/teams/", "did you mean a name like team/*?", false},
		{"refs/heads/Main", "did you mean main?", false},
		{"refs/heads/mian", "did you mean main?", false},
		{"refs/heads/LTS/One", "did you mean lts/one?", false},
		{"refs/deploy/production/canry", "did you mean production/canary?", false},
		{"refs/deploy/prodction/live", "did you mean production/live?", false},
		{"refs/deploy/production/other", "", false},
		{"refs/tags/releases/v1.0.0", "did you mean release/? git tag release/v1.0.0 releases/v1.0.0", false},
		{"refs/heads/something", "", false},
	};
	struct section *sections[] = {
		section_make(SECTION_BRANCH, "main"),
		section_make(SECTION_BRANCH, "feature/{slug}"),
		section_make(SECTION_BRANCH, "bugfix/{slug}"),
		section_make(SECTION_BRANCH, "lts/{number}"),
		section_make(SECTION_BRANCH, "lts/one"),
		section_make(SECTION_TAG, "release/v{semver}"),
		section_make(SECTION_BRANCH, "team/*"),
		section_make(SECTION_DEPLOY, "production/live"),
		section_make(SECTION_DEPLOY, "production/canary"),
	};
	struct policy policy = {.sections = sections, .section_count = sizeof(sections) / sizeof(sections[0])};
	struct facts facts = {0};

	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		struct findings findings = {.arena = arena};
		struct push push = {.arena = arena};
		struct update *update = push_add(&push, bytes_of(table[i].ref), &(struct oid){0}, &(struct oid)B);
		struct rule_case c = {.rule = &rule_name,
				      .severity = SEVERITY_ENFORCE,
				      .policy = &policy,
				      .update = update,
				      .facts = &facts};

		update->kind = table[i].deletes ? UPDATE_DELETE : UPDATE_CREATE;
		assert_true(rule_name.judge(&c, &findings));
		if (!bytes_equal(findings.first->fix, bytes_of(table[i].fix)))
			fail_msg("%s: %.*s", table[i].ref, BYTES_ARG(findings.first->fix));
		assert_true(table[i].ref[5] != 'h' ||
			    bytes_contains(findings.first->wanted, BYTES("main feature/{slug} bugfix/{slug}")));
		assert_true(table[i].ref[5] != 'h' ||
			    bytes_contains(findings.first->wanted, BYTES("; {slug}: lower-case words with hyphens, ")));
	}
}

static void test_push(void **state)
{
	static const struct given cases[] = {
		{.rule = &rule_push, MAIN, .new = B, .facts = {.user = &erin}},
		{.rule = &rule_push,
		 MAIN,
		 .new = B,
		 .outcome = REJECTS,
		 .says = "not told who",
		 .fix = "the identity variable is empty"},
		{.rule = &rule_push,
		 MAIN,
		 .new = B,
		 .outcome = REJECTS,
		 .says = "nobody named \"mallory\"",
		 .fix = "[user \"mallory\"]",
		 .facts = {.claim = {"mallory", 7}}},
		{.rule = &rule_push, MAIN, .new = B, .value = "anyone"},
		{.rule = &rule_push, MAIN, .new = B, .value = "erin", .facts = {.user = &erin}},
		{.rule = &rule_push,
		 MAIN,
		 .new = B,
		 .value = "ivy",
		 .outcome = REJECTS,
		 .says = "erin may not push",
		 .facts = {.user = &erin}},
		{.rule = &rule_push, MAIN, .new = B, .value = "erin", .outcome = REJECTS, .says = "not told who"},
		{.rule = &rule_push,
		 .ref = "refs/notes/x",
		 .heading = "notes/*",
		 .kind = SECTION_REF,
		 .new = B,
		 .outcome = REJECTS,
		 .says = "nobody may push",
		 .facts = {.user = &erin}},
		{.rule = &rule_push,
		 .ref = "refs/notes/x",
		 .heading = "notes/*",
		 .kind = SECTION_REF,
		 .new = B,
		 .value = "erin",
		 .facts = {.user = &erin}},
		{.rule = &rule_push, MAIN, .new = B, .value = "ivy", .facts = {.user_open = true}},
	};

	(void)state;
	RUN(cases);
}

static void test_rewrite(void **state)
{
	static const struct given cases[] = {
		{.rule = &rule_rewrite,
		 MAIN,
		 .old = A,
		 .new = B,
		 .value = "deny",
		 .facts = {.forward = ANSWER_YES, .new_root = ANSWER_NO}},
		{.rule = &rule_rewrite,
		 MAIN,
		 .old = A,
		 .new = B,
		 .value = "deny",
		 .outcome = REJECTS,
		 .says = "does not contain aa",
		 .facts = {.forward = ANSWER_NO}},
		{.rule = &rule_rewrite, MAIN, .old = A, .new = B, .value = "allow", .facts = {.forward = ANSWER_NO}},
		{.rule = &rule_rewrite, MAIN, .old = A, .new = B, .value = "deny", .outcome = CANNOT_TELL},
		{.rule = &rule_rewrite,
		 MAIN,
		 .old = A,
		 .new = B,
		 .value = "deny",
		 .outcome = REJECTS,
		 .says = "unrelated history",
		 .facts = {.forward = ANSWER_YES, .new_root = ANSWER_YES}},
		{.rule = &rule_rewrite,
		 MAIN,
		 .old = A,
		 .new = B,
		 .value = "deny",
		 .outcome = CANNOT_TELL,
		 .facts = {.forward = ANSWER_YES}},
		{.rule = &rule_rewrite, MAIN, .new = B, .value = "deny"},
		{.rule = &rule_rewrite, MAIN, .old = A, .value = "deny"},
	};

	(void)state;
	RUN(cases);
}

static void test_move(void **state)
{
	static const struct given cases[] = {
		{.rule = &rule_move, TAG, .old = A, .new = B, .value = "deny", .outcome = REJECTS, .says = "from aa"},
		{.rule = &rule_move, TAG, .old = A, .new = B, .value = "allow"},
		{.rule = &rule_move, TAG, .new = B, .value = "deny"},
		{.rule = &rule_move, TAG, .old = A, .value = "deny"},
	};

	(void)state;
	RUN(cases);
}

static void test_delete(void **state)
{
	static const struct given cases[] = {
		{.rule = &rule_delete,
		 MAIN,
		 .old = A,
		 .value = "deny",
		 .outcome = REJECTS,
		 .says = "may not be deleted"},
		{.rule = &rule_delete, MAIN, .old = A, .value = "allow"},
		{.rule = &rule_delete, MAIN, .old = A, .new = B, .value = "deny"},
		{.rule = &rule_delete,
		 FEATURE,
		 .old = A,
		 .value = "merged main develop",
		 .facts = {COMMIT, .landed = ANSWER_YES}},
		{.rule = &rule_delete,
		 FEATURE,
		 .old = A,
		 .value = "merged main develop",
		 .outcome = REJECTS,
		 .says = "is not in main",
		 .facts = {COMMIT, .landed = ANSWER_NO}},
		{.rule = &rule_delete,
		 FEATURE,
		 .old = A,
		 .value = "merged main",
		 .outcome = CANNOT_TELL,
		 .facts = {COMMIT}},
		{.rule = &rule_delete,
		 FEATURE,
		 .old = A,
		 .value = "merged main",
		 .outcome = CANNOT_TELL,
		 .facts = {.landed = ANSWER_YES}},
	};

	(void)state;
	RUN(cases);
}

static void test_create_from(void **state)
{
	static const struct fake_ref trunks[] = {{{"refs/heads/develop", 18}, B}};
	static const struct given cases[] = {
		{.rule = &rule_create_from,
		 FEATURE,
		 .new = B,
		 .value = "develop",
		 .facts = {.fork_point = ANSWER_YES, .refs = trunks, .ref_count = 1, .descends = ANSWER_YES}},
		{.rule = &rule_create_from,
		 FEATURE,
		 .new = B,
		 .value = "develop",
		 .outcome = REJECTS,
		 .says = "on another trunk",
		 .fix = "git fetch && git rebase --onto origin/develop 0000000 feature/a",
		 .facts = {.fork_point = ANSWER_YES, .refs = trunks, .ref_count = 1, .descends = ANSWER_NO}},
		{.rule = &rule_create_from,
		 FEATURE,
		 .new = B,
		 .value = "main develop",
		 .facts = {.fork_point = ANSWER_YES, .refs = trunks, .ref_count = 1, .descends = ANSWER_YES}},
		{.rule = &rule_create_from,
		 FEATURE,
		 .new = B,
		 .value = "develop",
		 .outcome = REJECTS,
		 .says = "no commit in common",
		 .fix = "git fetch && git rebase --onto origin/develop --root feature/a",
		 .facts = {.fork_point = ANSWER_NO}},
		{.rule = &rule_create_from,
		 FEATURE,
		 .new = B,
		 .value = "develop",
		 .outcome = REJECTS,
		 .says = "the repository is empty: no trunk is there yet",
		 .fix = "the admin writes bootstrap = <who may fill it> below [policy] in policy.ini",
		 .facts = {.fork_point = ANSWER_NO, .untouched = ANSWER_YES}},
		{.rule = &rule_create_from, FEATURE, .new = B, .value = "develop", .outcome = CANNOT_TELL},
		{.rule = &rule_create_from,
		 FEATURE,
		 .new = B,
		 .value = "develop",
		 .outcome = CANNOT_TELL,
		 .facts = {.fork_point = ANSWER_YES, .refs_unknown = true}},
		{.rule = &rule_create_from,
		 FEATURE,
		 .old = A,
		 .new = B,
		 .value = "develop",
		 .facts = {.forward = ANSWER_YES}},
		{.rule = &rule_create_from,
		 FEATURE,
		 .old = A,
		 .new = B,
		 .value = "develop",
		 .outcome = REJECTS,
		 .says = "on another trunk",
		 .facts = {.forward = ANSWER_NO,
			   .fork_point = ANSWER_YES,
			   .refs = trunks,
			   .ref_count = 1,
			   .descends = ANSWER_NO}},
		{.rule = &rule_create_from, FEATURE, .old = A, .new = B, .value = "develop", .outcome = CANNOT_TELL},
		{.rule = &rule_create_from, FEATURE, .old = A, .value = "develop"},
	};

	(void)state;
	RUN(cases);
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
		TEST(test_stale), TEST(test_target),  TEST(test_name), TEST(test_reserved), TEST(test_name_nearest),
		TEST(test_push),  TEST(test_rewrite), TEST(test_move), TEST(test_delete),   TEST(test_create_from),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
