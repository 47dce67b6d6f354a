/* test_rules_tag: what a tag is called and calls itself, and which version follows which. */
#include "memory_policy.h"

#include <string.h>

#include "fake_facts.h"
#include "rules/rules.h"

#define ID(byte)                                                                                                       \
	{                                                                                                              \
		{                                                                                                      \
			byte                                                                                           \
		}                                                                                                      \
	}
#define A ID(0xaa)
#define B ID(0xbb)
#define C ID(0xcc)
#define D ID(0xdd)

#define POLICY                                                                                                         \
	HEAD "[branch \"main\"]\n[branch \"release/{slug}\"]\n[tag \"v{semver}\"]\nbump = conventional\n"              \
	     "annotated = required\n[tag \"up/v{semver}\"]\nbump = increasing\n"                                       \
	     "[tag \"s{semver}\"]\nannotated = required\nsigned = required\n"

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

/* One more ref of the same push. */
struct other {
	const char *ref;
	struct oid new;
};

struct given {
	const char *name;
	const char *ref;
	struct oid old, new;
	struct other other; /* no ref: the update comes alone */
	struct facts facts;
	const char *says; /* a line for each finding; NULL: cannot tell */
	const char *wanted, *fix;
};

static void add(struct push *push, const char *ref, struct oid old, struct oid new)
{
	struct update *update = push_add(push, bytes_of(ref), &old, &new);

	update->old = old;
}

static const char *said(const struct findings *findings)
{
	struct buffer text = {.arena = memory.arena};

	buffer_add(&text, BYTES(""));
	for (const struct finding *f = findings->first; f; f = f->next)
		buffer_printf(&text, "%s%s%.*s\n", f->severity == SEVERITY_NOTE ? "  " : "",
			      oid_is_zero(&f->commit) ? "" : oid_abbrev(&f->commit).text, BYTES_ARG(f->found));
	return buffer_bytes(&text).data;
}

static const char *judge(const struct rule *rule, const struct given *given, struct findings *findings)
{
	struct push push = {.arena = memory.arena};
	const struct section *section = section_find(policy, bytes_of(given->ref));
	struct facts facts = given->facts;
	struct rule_case c = {.rule = rule,
			      .severity = SEVERITY_ENFORCE,
			      .setting = section_setting(section, rule->name),
			      .policy = policy,
			      .section = section,
			      .push = &push,
			      .facts = &facts};

	add(&push, given->ref, given->old, given->new);
	if (given->other.ref)
		add(&push, given->other.ref, (struct oid){{0}}, given->other.new);
	c.update = &push.updates[0];
	*findings = (struct findings){.arena = memory.arena};
	return rule->judge(&c, findings) ? said(findings) : NULL;
}

static void run(const struct rule *rule, const struct given *cases, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct given *given = &cases[i];
		struct findings findings;
		const char *says = judge(rule, given, &findings);

		if (!says != !given->says || (says && strcmp(says, given->says) != 0))
			fail_msg("%s says:\n%s\nwanted:\n%s", given->name, says ? says : "cannot tell",
				 given->says ? given->says : "cannot tell");
		if (given->wanted && !bytes_equal(findings.first->wanted, bytes_of(given->wanted)))
			fail_msg("%s wants %.*s", given->name, BYTES_ARG(findings.first->wanted));
		if (given->fix && !bytes_equal(findings.first->fix, bytes_of(given->fix)))
			fail_msg("%s advises %.*s", given->name, BYTES_ARG(findings.first->fix));
	}
}

#define CALLED(text) .tag = ANSWER_YES, .tag_found = {.name = {text, sizeof(text) - 1}}

static void test_annotated(void **state)
{
	static const struct given cases[] = {
		{"its own name", "refs/tags/v1.0.0", .new = A, .facts = {CALLED("v1.0.0")}, .says = ""},
		{"another name", "refs/tags/v1.0.0", .new = A, .facts = {CALLED("v1.0.1")},
		 .says = "the tag object calls itself v1.0.1\n", .wanted = "a tag object that calls itself v1.0.0",
		 .fix = "git tag -a -f v1.0.0 v1.0.0^{}, then push it again"},
		{"another name, where the key is unset", "refs/tags/up/v1.0.0", .new = A, .facts = {CALLED("v1.0.0")},
		 .says = "the tag object calls itself v1.0.0\n", .wanted = "a tag object that calls itself up/v1.0.0"},
		{"a moved tag", "refs/tags/v1.0.0", .old = B, .new = A, .facts = {CALLED("v1.0.1")},
		 .says = "the tag object calls itself v1.0.1\n"},
		{"a lightweight tag", "refs/tags/v1.0.0", .new = A, .facts = {.tag = ANSWER_NO},
		 .says = "a lightweight tag says not who made it, or why\n"},
		{"a lightweight tag, where it must be signed too", "refs/tags/s1.0.0", .new = A,
		 .facts = {.tag = ANSWER_NO}, .says = "a lightweight tag says not who made it, or why\n",
		 .fix = "git tag -s -f s1.0.0 s1.0.0^{}, then push it again"},
		{"a lightweight tag, where the key is unset", "refs/tags/up/v1.0.0", .new = A,
		 .facts = {.tag = ANSWER_NO}, .says = ""},
		{"a deletion", "refs/tags/v1.0.0", .old = A, .says = ""},
		{"a branch", "refs/heads/main", .new = A, .says = ""},
		{"what nobody governs", "refs/tags/w", .new = A, .says = ""},
		{"a broken tag", "refs/tags/v1.0.0", .new = A, .says = NULL},
	};

	(void)state;
	run(&rule_annotated, cases, COUNT(cases));
}

#define REFS(list) .refs = (list), .ref_count = COUNT(list)

static const struct fake_ref feature[] = {{{"refs/heads/v1.0.0", 17}, A}};
static const struct fake_ref tagged[] = {{{"refs/tags/release/a", 19}, A}};

static void test_shadows(void **state)
{
	static const struct given cases[] = {
		{"a tag like a branch", "refs/tags/v1.0.0", .new = A, .facts = {REFS(feature)},
		 .says = "refs/heads/v1.0.0 exists: one name would mean two things\n"},
		{"a branch like a tag", "refs/heads/release/a", .new = A, .facts = {REFS(tagged)},
		 .says = "refs/tags/release/a exists: one name would mean two things\n"},
		{"a tag like no branch", "refs/tags/v1.0.1", .new = A, .facts = {REFS(feature)}, .says = ""},
		{"a trunk that is not there", "refs/tags/main", .new = A,
		 .says = "refs/heads/main is a branch of the policy: one name would mean two things\n"},
		{"a name that branches may have", "refs/tags/release/b", .new = A, .says = ""},
		{"both at once", "refs/tags/release/b", .new = A, .other = {"refs/heads/release/b", A},
		 .says = "refs/heads/release/b comes with it: one name would mean two things\n"},
		{"both at once, the branch", "refs/heads/release/b", .new = A, .other = {"refs/tags/release/b", A},
		 .says = "refs/tags/release/b comes with it: one name would mean two things\n"},
		{"another one at once", "refs/tags/release/b", .new = A, .other = {"refs/heads/release/c", A},
		 .says = ""},
		{"one that goes at once", "refs/tags/release/b", .new = A, .other = {.ref = "refs/heads/release/b"},
		 .says = ""},
		{"a move", "refs/tags/v1.0.0", .old = B, .new = A, .facts = {REFS(feature)}, .says = ""},
		{"a deletion", "refs/tags/v1.0.0", .old = B, .facts = {REFS(feature)}, .says = ""},
		{"another ref", "refs/notes/main", .new = A, .facts = {REFS(feature)}, .says = ""},
		{"refs that cannot be read", "refs/tags/v1.0.0", .new = A, .facts = {.refs_unknown = true},
		 .says = NULL},
	};

	(void)state;
	run(&rule_shadows, cases, COUNT(cases));
}

#define TAG(name, id)                                                                                                  \
	{                                                                                                              \
		{"refs/tags/" name, sizeof("refs/tags/" name) - 1}, id                                                 \
	}
static const struct oid contained[] = {A, B};
static const struct fake_ref upward[] = {TAG("up/v1.9.0", A),	 TAG("up/v1.10.0", B), TAG("up/v2.0.0", C),
					 TAG("up/v9.0.0-rc", A), TAG("up/w", A),       TAG("v8.0.0", A)};
#define GRAPH                                                                                                          \
	.target_answer = ANSWER_YES, .targets_itself = true, .ancestors = contained, .ancestor_count = COUNT(contained)

static void test_increasing(void **state)
{
	static const struct given cases[] = {
		{"above all it contains", "refs/tags/up/v1.10.1", .new = D, .facts = {GRAPH, REFS(upward)}, .says = ""},
		{"far above", "refs/tags/up/v7.0.0", .new = D, .facts = {GRAPH, REFS(upward)}, .says = ""},
		{"below one it contains", "refs/tags/up/v1.9.1", .new = D, .facts = {GRAPH, REFS(upward)},
		 .says = "is not above up/v1.10.0, which its commit contains\n",
		 .wanted = "a version above up/v1.10.0"},
		{"the first", "refs/tags/up/v0.0.1", .new = D, .facts = {GRAPH}, .says = ""},
		{"itself, moved", "refs/tags/up/v1.10.0", .old = B, .new = D, .facts = {GRAPH, REFS(upward)},
		 .says = ""},
		{"a deletion", "refs/tags/up/v1.9.1", .old = D, .facts = {GRAPH, REFS(upward)}, .says = ""},
		{"after one that comes with it", "refs/tags/up/v1.10.1", .new = D, .other = {"refs/tags/up/v1.10.2", A},
		 .facts = {GRAPH, REFS(upward)}, .says = "is not above up/v1.10.2, which its commit contains\n"},
		{"before one at the same commit", "refs/tags/up/v1.10.1", .new = D,
		 .other = {"refs/tags/up/v1.10.2", D}, .facts = {GRAPH, REFS(upward)}, .says = ""},
		{"beside one that comes with it", "refs/tags/up/v1.10.1", .new = D,
		 .other = {"refs/tags/up/v1.10.2", C}, .facts = {GRAPH, REFS(upward)}, .says = ""},
		{"what is no commit", "refs/tags/up/v1.0.0", .new = D,
		 .facts = {.target_answer = ANSWER_YES, .target = {.peeled = OBJECT_BLOB}}, .says = ""},
		{"a missing object", "refs/tags/up/v1.0.0", .new = D, .says = NULL},
		{"refs that cannot be read", "refs/tags/up/v1.0.0", .new = D, .facts = {GRAPH, .refs_unknown = true},
		 .says = NULL},
		{"a walk that fails", "refs/tags/up/v1.0.0", .new = D,
		 .facts = {.target_answer = ANSWER_YES, .targets_itself = true, REFS(upward)}, .says = NULL},
	};

	(void)state;
	run(&rule_bump, cases, COUNT(cases));
}

#define MESSAGE(text) .message = {text, sizeof(text) - 1}
#define FEAT ID(1)
#define FIX ID(2)
#define BREAKS ID(3)
#define FOOTER ID(4)
#define PLAIN ID(5)
#define MERGE ID(6)

static struct oid parents[] = {A, B};
static const struct commit commits[] = {
	{.id = FEAT, MESSAGE("feat(ui): add it\n")},
	{.id = FIX, MESSAGE("fix: mend it\n")},
	{.id = BREAKS, MESSAGE("refactor!: turn it round\n")},
	{.id = FOOTER, MESSAGE("fix: mend it\n\nBREAKING CHANGE: it is gone\n")},
	{.id = PLAIN, MESSAGE("Whatever I did\n\nBREAKING CHANGE: said by nobody\n")},
	{.id = MERGE, .parents = parents, .parent_count = 2, MESSAGE("feat!: merge it all\n")},
};
static const struct oid fixes[] = {FIX, PLAIN, MERGE}, features[] = {FIX, FEAT, FEAT}, broken[] = {FEAT, BREAKS},
			footers[] = {FOOTER},
			many[] = {FEAT, FEAT, FEAT, FEAT, FEAT, FEAT, FEAT, FEAT, FEAT, FEAT, FEAT, FEAT};
static const struct fake_ref released[] = {TAG("v1.1.9", A), TAG("v1.2.3", B), TAG("v5.0.0", C)};
static const struct fake_ref early[] = {TAG("v0.2.3", B)};
static const struct fake_ref here[] = {TAG("v1.2.3", D)};

#define SINCE(list)                                                                                                    \
	GRAPH, .outside = ANSWER_YES, .outside_ids = (list), .outside_count = COUNT(list), .commits = commits,         \
	       .commit_count = COUNT(commits), .reverts = ANSWER_NO
#define WANT(version, change) "is not the version after " version ": commits since then ask for a " change " one\n"

static void test_conventional(void **state)
{
	static const struct given cases[] = {
		{"the first", "refs/tags/v7.3.1", .new = D, .facts = {GRAPH}, .says = ""},
		{"a patch", "refs/tags/v1.2.4", .new = D, .facts = {REFS(released), SINCE(fixes)}, .says = ""},
		{"a feature", "refs/tags/v1.3.0", .new = D, .facts = {REFS(released), SINCE(features)}, .says = ""},
		{"what breaks", "refs/tags/v2.0.0", .new = D, .facts = {REFS(released), SINCE(broken)}, .says = ""},
		{"what breaks by its footer", "refs/tags/v2.0.0", .new = D, .facts = {REFS(released), SINCE(footers)},
		 .says = ""},
		{"a feature called a patch", "refs/tags/v1.2.4", .new = D, .facts = {REFS(released), SINCE(features)},
		 .says = WANT("v1.2.3", "minor") "  0100000feat(ui): add it\n  0100000feat(ui): add it\n",
		 .wanted = "v1.3.0", .fix = "git tag -d v1.2.4 && git tag v1.3.0 dd00000 && git push origin v1.3.0"},
		{"a patch called a feature", "refs/tags/v1.3.0", .new = D, .facts = {REFS(released), SINCE(fixes)},
		 .says = WANT("v1.2.3", "patch") "  0600000feat!: merge it all\n  0500000Whatever I did\n"
						 "  0200000fix: mend it\n",
		 .wanted = "v1.2.4"},
		{"a version left out", "refs/tags/v1.2.5", .new = D, .facts = {REFS(released), SINCE(fixes)},
		 .says = WANT("v1.2.3", "patch") "  0600000feat!: merge it all\n  0500000Whatever I did\n"
						 "  0200000fix: mend it\n"},
		{"very many", "refs/tags/v2.0.0", .new = D, .facts = {REFS(released), SINCE(many)},
		 .says = WANT("v1.2.3", "minor") "  0100000feat(ui): add it\n  0100000feat(ui): add it\n"
						 "  0100000feat(ui): add it\n  0100000feat(ui): add it\n"
						 "  0100000feat(ui): add it\n  0100000feat(ui): add it\n"
						 "  0100000feat(ui): add it\n  0100000feat(ui): add it\n"
						 "  0100000feat(ui): add it\n  0100000feat(ui): add it\n"
						 "  and 2 more\n"},
		{"before 1.0.0 what breaks is minor", "refs/tags/v0.3.0", .new = D,
		 .facts = {REFS(early), SINCE(broken)}, .says = ""},
		{"before 1.0.0 not major", "refs/tags/v2.0.0", .new = D, .facts = {REFS(early), SINCE(footers)},
		 .says = WANT("v0.2.3", "minor") "  0400000fix: mend it\n", .wanted = "v0.3.0"},
		{"before 1.0.0 what breaks asks for no more than a feature", "refs/tags/v0.2.4", .new = D,
		 .facts = {REFS(early), SINCE(broken)},
		 .says = WANT("v0.2.3", "minor") "  0300000refactor!: turn it round\n  0100000feat(ui): add it\n"},
		{"1.0.0 whenever it is ready", "refs/tags/v1.0.0", .new = D, .facts = {REFS(early), SINCE(fixes)},
		 .says = ""},
		{"nothing has changed", "refs/tags/v1.2.4", .new = D,
		 .facts = {REFS(here), GRAPH, .outside = ANSWER_YES, .reverts = ANSWER_NO},
		 .says = "nothing has changed since v1.2.3\n"},
		{"after a feature that comes with it", "refs/tags/v1.3.1", .new = D, .other = {"refs/tags/v1.3.0", A},
		 .facts = {REFS(released), SINCE(fixes)}, .says = ""},
		{"a walk that fails", "refs/tags/v1.2.4", .new = D,
		 .facts = {REFS(released), GRAPH, .outside = ANSWER_UNKNOWN}, .says = NULL},
		{"a commit that is missing", "refs/tags/v1.2.4", .new = D,
		 .facts = {REFS(released), GRAPH, .outside = ANSWER_YES, .outside_ids = fixes, .outside_count = 1},
		 .says = NULL},
	};

	(void)state;
	run(&rule_bump, cases, COUNT(cases));
}

static void test_undone(void **state)
{
	static const struct oid undone[] = {FIX, FEAT};
	static const struct given reverted = {"a feature that was reverted", "refs/tags/v1.2.4", .new = D,
					      .facts = {REFS(released), SINCE(undone)}, .says = ""};
	struct given given = reverted;

	(void)state;
	given.facts.reverts = ANSWER_YES;
	given.facts.reverted = (struct oid)FEAT;
	run(&rule_bump, &given, 1);
	given.facts.reverts = ANSWER_UNKNOWN;
	given.says = NULL;
	run(&rule_bump, &given, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_annotated),    cmocka_unit_test(test_shadows), cmocka_unit_test(test_increasing),
		cmocka_unit_test(test_conventional), cmocka_unit_test(test_undone),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
