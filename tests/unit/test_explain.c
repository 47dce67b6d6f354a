/* test_explain: every value of a ref with its place, and what is said of a ref that nothing governs. */
#include "memory_policy.h"

#include <string.h>

#include "explain.h"
#include "reference.h"

static const char policy[] = HEAD "[user \"alice\"]\n"
				  "[group \"g\"]\n"
				  "members = alice\n"
				  "[commit]\n"
				  "types = feat fix\n"
				  "  docs\n"
				  "[severity]\n"
				  "types = warn\n"
				  "[branch]\n"
				  "delete = deny\n"
				  "[branch \"main\"]\n"
				  "push = @g alice\n"
				  "[branch \"feature/{slug}\"]\n"
				  "match = feature/*\n"
				  "[ref \"notes/*\"]\n"
				  "[branch \"signed\"]\n"
				  "approvals = 1 @g\n"
				  "  1 bob alice\n"
				  "signed = required\n"
				  "[user \"bob\"]\n"
				  "[branch \"fix/{slug}\"]\n";

#define ID "0123456789abcdef0123456789abcdef01234567"

static const struct {
	const char *ref;
	const char *lines[8]; /* in this order, other lines between them */
} cases[] = {
	{"refs/heads/main",
	 {"policy.ini:\n", "  [branch \"main\"]  policy.ini:14\n", "    commits = (unset: enforce)",
	  "    push = @g alice   ", "policy.ini:15\n      that is: alice\n", "    grant = (unset: nobody)", "default\n",
	  "    delete = deny "}},
	{"refs/heads/main",
	 {"    unset, nothing is checked: signed name create-from rewrite ", " up-to-date ", " approvals checks\n",
	  "  [commit]  policy.ini:7\n", "    unset, nothing is checked: author committer format scopes "}},
	{"refs/heads/signed",
	 {"    signed = required ", "policy.ini:22\n      about: approvals\n", "    approvals = 1 @g  ",
	  "policy.ini:20\n      that is: alice\n                1 bob alice ",
	  "policy.ini:21\n      that is: bob alice\n"}},
	{"refs/heads/main",
	 {"    types = feat fix    ", "policy.ini:8\n            docs ", " policy.ini:9\n      severity: warn  ",
	  "policy.ini:11\n"}},
	{"refs/heads/feature/x", {"  [branch \"feature/{slug}\"]", "    match = feature/* ", "policy.ini:17\n"}},
	{"refs/heads/feature/x", {"    push = (unset: every known user) "}},
	{"refs/notes/x", {"    push = (unset: nobody) "}},
	{"refs/heads/featur/x",
	 {"  refused: no section governs refs/heads/featur/x\n", "    accepted: main ", "policy.ini:14\n",
	  "    accepted: feature/* ", "policy.ini:16\n", "    nearest:  feature/x\n"}},
	{"refs/heads/fix/My_Login", {"    nearest:  fix/my-login\n    {slug}: lower-case words with hyphens"}},
	{"refs/heads/fixx/a.b", {"    nearest:  fix/{slug}\n"}},
	{"refs/approvals/heads/main/" ID "/alice", {"policy.ini:\n  a record: rules `record` and `push` judge it"}},
	{"refs/checks/" ID "/a b", {"  refused: no record: "}},
	{"refs/tags/v1", {"  refused: no section governs refs/tags/v1\n"}},
};

static void refs(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct memory memory = memory_new(policy, NULL);
		struct policy *loaded = memory_load(&memory);
		const struct layers layers = {.policy = {loaded}, .count = 1, .people = &loaded->people};
		struct buffer out = {.arena = memory.arena};

		explain_ref(&layers, bytes_of(cases[i].ref), &explain_text, &out);
		const char *rest = buffer_bytes(&out).data;

		for (size_t k = 0; k < COUNT(cases[i].lines) && cases[i].lines[k]; k++) {
			rest = strstr(rest, cases[i].lines[k]);
			if (!rest)
				fail_msg("%s: no \"%s\" in\n%s", cases[i].ref, cases[i].lines[k],
					 buffer_bytes(&out).data);
			rest += strlen(cases[i].lines[k]);
		}
		arena_free(memory.arena);
	}
}

static void commits_only(void **state)
{
	struct memory memory = memory_new(HEAD "mode = evaluate\n[commit]\nheader-max = 72\nsigned = required\n", NULL);
	struct policy *loaded = memory_load(&memory);
	const struct layers layers = {.policy = {loaded}, .count = 1, .people = &loaded->people};
	struct buffer out = {.arena = memory.arena};

	(void)state;
	explain_ref(&layers, BYTES("refs/heads/x"), &explain_text, &out);
	assert_true(bytes_contains(buffer_bytes(&out), BYTES("  speaks of no refs; messages and content only\n")));
	assert_true(bytes_contains(buffer_bytes(&out), BYTES("  mode = evaluate: reported, never rejected\n")));
	assert_non_null(strstr(buffer_bytes(&out).data, "  [commit]  policy.ini:5\n    header-max = 72 "));
	assert_true(bytes_contains(buffer_bytes(&out), BYTES("      about: commits\n")));
	assert_false(bytes_contains(buffer_bytes(&out), BYTES("rewrite")));
	arena_free(memory.arena);
}

static void content(void **state)
{
	static const char *const governing = HEAD "[deploy]\ncontent = size\n[deploy \"p/live\"]\npush = anyone\n"
						  "[branch \"x\"]\n[content]\nfile-max = 10M\n";
	static const char *const other = HEAD "[branch]\ncontent = size\nrewrite = deny\n[content]\nfile-max = 10M\n";
	static const struct {
		const char *policy, *ref, *said;
		bool limit;
	} refs_of[] = {
		{governing, "refs/deploy/p/live", "    content = size ", true},
		{governing, "refs/heads/x", "  [branch \"x\"]  ", false},
		{governing, "refs/deploy/p/canary", "    accepted: p/live ", false},
		{other, "refs/heads/x", "messages and content only\n    content = size ", true},
		{other, "refs/tags/x", "messages and content only\n", false},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(refs_of); i++) {
		struct memory memory = memory_new(refs_of[i].policy, NULL);
		struct policy *loaded = memory_load(&memory);
		const struct layers layers = {.policy = {loaded}, .count = 1, .people = &loaded->people};
		struct buffer out = {.arena = memory.arena};

		explain_ref(&layers, bytes_of(refs_of[i].ref), &explain_text, &out);
		assert_true(bytes_contains(buffer_bytes(&out), bytes_of(refs_of[i].said)));
		assert_int_equal(bytes_contains(buffer_bytes(&out), BYTES("    file-max = 10M ")), refs_of[i].limit);
		assert_false(bytes_contains(buffer_bytes(&out), BYTES("rewrite = deny")));
		arena_free(memory.arena);
	}
}

static void rules_listed(void **state)
{
	struct arena *arena = arena_new();
	struct buffer out = {.arena = arena};

	(void)state;
	struct bytes near;

	assert_true(reference_add(&out, &reference_text, (struct bytes){0}, &near));
	assert_true(bytes_starts(buffer_bytes(&out), BYTES("stale (enforce, fixed)\n")));
	assert_true(bytes_contains(buffer_bytes(&out), BYTES("\n  rewrite = allow | deny   in [ref]\n")));
	assert_true(bytes_contains(buffer_bytes(&out), BYTES("\n  version = 1   in [policy]\n")));
	assert_true(bytes_contains(buffer_bytes(&out), BYTES("\n  delete = allow | deny | merged <branches>   in ")));
	assert_true(bytes_contains(buffer_bytes(&out), BYTES("\n  create-from = branches   in [branch]\n")));
	assert_true(bytes_contains(buffer_bytes(&out), BYTES("\n  include = files   in [policy]\n")));
	assert_true(bytes_contains(buffer_bytes(&out), BYTES("\n  members = users and @groups   in [group]\n")));
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(refs),
		cmocka_unit_test(commits_only),
		cmocka_unit_test(content),
		cmocka_unit_test(rules_listed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
