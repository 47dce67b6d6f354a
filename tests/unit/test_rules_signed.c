/* test_rules_signed: signed commits and signed tags: refused, accepted, and what cannot be told. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "arena.h"
#include "fake_facts.h"
#include "rules/rules.h"

#define SSH "-----BEGIN SSH SIGNATURE-----\nU1NI\n-----END SSH SIGNATURE-----\n"

enum outcome {
	ACCEPTS,
	REJECTS,
	CANNOT_TELL,
};

static const struct user ann = {.name = {"ann", 3}};
static const struct oid tip = {{0xaa}}, below = {{0xbb}};
static const struct policy policy;

static void check(const char *name, const struct rule_case *c, enum outcome outcome, const char *said, const char *fix)
{
	struct arena *arena = arena_new();
	struct findings findings = {.arena = arena};
	bool told = c->rule->judge(c, &findings);
	const struct finding *first = findings.first;
	enum outcome found = !told ? CANNOT_TELL : first ? REJECTS : ACCEPTS;

	if (found != outcome)
		fail_msg("%s: %d, %.*s", name, (int)found, BYTES_ARG(first ? first->found : BYTES("-")));
	if (first && (!bytes_contains(first->found, bytes_of(said)) || !bytes_equal(first->fix, bytes_of(fix))))
		fail_msg("%s: %.*s (%.*s)", name, BYTES_ARG(first->found), BYTES_ARG(first->fix));
	arena_free(arena);
}

#define GOOD                                                                                                           \
	{                                                                                                              \
		.signature = ANSWER_YES, .signature_found = SIGNATURE_GOOD, .signature_user = &ann                     \
	}
#define BAD                                                                                                            \
	{                                                                                                              \
		.signature = ANSWER_YES, .signature_found = SIGNATURE_BAD, .reason = "its key is revoked"              \
	}
#define STRANGER                                                                                                       \
	{                                                                                                              \
		.signature = ANSWER_YES, .signature_found = SIGNATURE_GOOD, .reason = "it is by nobody"                \
	}
#define HEADERS "tree aa00000000000000000000000000000000000000\nauthor A <a@b.c> 1 +0000\ncommitter A <a@b.c> 1 +0000\n"
#define SIGNED HEADERS "gpgsig -----BEGIN SSH SIGNATURE-----\n U1NI\n -----END SSH SIGNATURE-----\n\nfix: it\n"

static void commits(void **state)
{
	static const struct {
		const char *raw;
		struct facts facts;
		enum outcome outcome;
		const char *said;
	} table[] = {
		{SIGNED, GOOD, ACCEPTS, NULL},
		{SIGNED, BAD, REJECTS, "the signature does not count: its key is revoked"},
		{SIGNED, STRANGER, REJECTS, "it is by nobody"},
		{SIGNED, {0}, CANNOT_TELL, NULL},
		{HEADERS "\nfix: it\n", GOOD, REJECTS, "the commit is not signed"},
		{HEADERS "\nfix: it\n\n" SSH, GOOD, REJECTS, "the commit is not signed"},
		{HEADERS "\nfix: it\n", {0}, REJECTS, "the commit is not signed"},
	};

	(void)state;
	struct arena *arena = arena_new();

	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		struct update update = {.ref = BYTES("refs/heads/main"), .new = tip};
		struct facts facts = table[i].facts;
		struct object_problem problem;
		struct commit commit;
		struct rule_case c = {.rule = &rule_signed,
				      .severity = SEVERITY_ENFORCE,
				      .policy = &policy,
				      .update = &update,
				      .commit = &commit,
				      .facts = &facts};

		assert_true(commit_parse(arena, bytes_of(table[i].raw), &commit, &problem));
		commit.id = tip;
		check(table[i].raw, &c, table[i].outcome, table[i].said, "git commit --amend --no-edit -S");
		commit.id = below;
		check(table[i].raw, &c, table[i].outcome, table[i].said, "git rebase --force-rebase -S --root");
		commit.id = (struct oid){{0}}; /* on a client, before git signs it */
		check(table[i].raw, &c, ACCEPTS, NULL, NULL);
	}
	arena_free(arena);
}

#define TAG(name)                                                                                                      \
	"object aa00000000000000000000000000000000000000\ntype commit\ntag " name                                      \
	"\ntagger A <a@b.c> 1 +0000\n\nfirst\n"

static void tags(void **state)
{
	static const struct {
		enum answer tag;
		const char *raw;
		struct facts facts;
		enum outcome outcome;
		const char *said;
	} table[] = {
		{ANSWER_YES, TAG("v1") SSH, GOOD, ACCEPTS, NULL},
		{ANSWER_YES, TAG("v1") SSH, BAD, REJECTS, "the signature does not count: its key is revoked"},
		{ANSWER_YES, TAG("v1") SSH, STRANGER, REJECTS, "it is by nobody"},
		{ANSWER_YES, TAG("v1") SSH, {0}, CANNOT_TELL, NULL},
		{ANSWER_YES, TAG("v1"), GOOD, REJECTS, "the tag is not signed"},
		{ANSWER_YES, TAG("v2") SSH, GOOD, REJECTS, "what is signed is the tag v2"},
		{ANSWER_YES, TAG("refs/tags/v1") SSH, GOOD, REJECTS, "what is signed is the tag refs/tags/v1"},
		{ANSWER_NO, "", GOOD, REJECTS, "a lightweight tag cannot be signed"},
		{ANSWER_UNKNOWN, "", GOOD, CANNOT_TELL, NULL},
	};
	const struct section section = {.kind = SECTION_TAG}, branch = {.kind = SECTION_BRANCH};

	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		struct update update = {.ref = BYTES("refs/tags/v1"), .new = tip, .kind = UPDATE_CREATE};
		struct facts facts = table[i].facts;
		struct object_problem problem;
		struct rule_case c = {.rule = &rule_signed_tag,
				      .severity = SEVERITY_ENFORCE,
				      .policy = &policy,
				      .section = &section,
				      .update = &update,
				      .facts = &facts};

		facts.tag = table[i].tag;
		facts.tag_raw = bytes_of(table[i].raw);
		assert_true(!facts.tag_raw.len || tag_parse(facts.tag_raw, &facts.tag_found, &problem));
		check(table[i].raw, &c, table[i].outcome, table[i].said, "git tag -s -f v1 v1^{}");
		update.kind = UPDATE_DELETE;
		check("a delete", &c, ACCEPTS, NULL, NULL);
		update.kind = UPDATE_MOVE;
		c.section = &branch;
		check("approvals of a branch", &c, ACCEPTS, NULL, NULL);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(commits),
		cmocka_unit_test(tags),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
