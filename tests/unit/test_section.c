/* test_section: which section governs a ref, and whose value counts. */
#include "memory_policy.h"

#include "debt.h"
#include "section.h"

static const char policy[] = HEAD "[branch]\n"
				  "rewrite = deny\n"
				  "[branch \"feature/*\"]\n"
				  "rewrite = allow\n"
				  "[branch \"feature/{slug}\"]\n"
				  "[branch \"main\"]\n"
				  "[branch \"ma*\"]\n"
				  "[branch \"feature/x/**\"]\n"
				  "commits = warn\n"
				  "[branch \"release-{semver}\"]\n"
				  "[branch \"long\"]\n"
				  "match = fix/{slug}-{number}\n"
				  "commits = off\n"
				  "[branch \"users/{user}/*\"]\n"
				  "[tag]\n"
				  "commits = warn\n"
				  "[tag \"v{semver}\"]\n"
				  "[ref \"notes/*\"]\n"
				  "commits = off\n"
				  "[ref \"**\"]\n"
				  "[branch \"fea*/z/*\"]\n"
				  "[branch \"maid-{slug}\"]\n"
				  "[branch \"st{number}\"]\n"
				  "[branch \"s*\"]\n";

static const struct {
	const char *ref;
	const char *heading; /* NULL: none governs it */
} refs[] = {
	{"refs/heads/main", "main"},
	{"refs/heads/maid", "ma*"},
	{"refs/heads/maid-x", "ma*"}, /* the first in the file, whichever begins with more */
	{"refs/heads/st1", "st{number}"},
	{"refs/heads/sta", "s*"},
	{"refs/heads/s", "s*"},
	{"refs/heads/feature/a-b", "feature/*"},
	{"refs/heads/feature/x/y", "feature/x/**"},
	{"refs/heads/feature/z/y", "fea*/z/*"},
	{"refs/heads/feature", NULL},
	{"refs/heads/release-1.2.3", "release-{semver}"},
	{"refs/heads/release-1.2", NULL},
	{"refs/heads/fix/a-1", "long"},
	{"refs/heads/long", NULL},
	{"refs/heads/users/erin/x", "users/{user}/*"},
	{"refs/heads/users/erin/x/y", NULL},
	{"refs/heads/x", NULL},
	{"refs/tags/v1.0.0", "v{semver}"},
	{"refs/tags/main", NULL},
	{"refs/tags/x", NULL},
	{"refs/notes/commits", "notes/*"},
	{"refs/notes/a/b", "**"},
	{"refs/x/y", "**"},
	{"refs/approvals/heads/main/x/y", NULL},
	{"refs/policy/current", NULL},
	{"HEAD", NULL},
	{"", NULL},
};

static void finding(void **state)
{
	struct memory memory = memory_new(policy, NULL);
	struct policy *loaded = memory_load(&memory);

	(void)state;
	assert_non_null(loaded);
	for (size_t i = 0; i < COUNT(refs); i++) {
		const struct section *section = section_find(loaded, bytes_of(refs[i].ref));

		if (!section != !refs[i].heading)
			fail_msg("%s", refs[i].ref);
		if (section && !bytes_equal(section->heading, bytes_of(refs[i].heading)))
			fail_msg("%s: %.*s", refs[i].ref, BYTES_ARG(section->heading));
	}
	arena_free(memory.arena);
}

static void values(void **state)
{
	struct memory memory = memory_new(policy, NULL);
	struct policy *loaded = memory_load(&memory);
	const struct section *main_section = section_find(loaded, BYTES("refs/heads/main"));
	const struct section *feature = section_find(loaded, BYTES("refs/heads/feature/a"));

	(void)state;
	assert_true(main_section->literal);
	assert_true(bytes_equal(main_section->ref, BYTES("refs/heads/main")));
	assert_false(feature->literal);
	assert_int_equal(section_setting(main_section, "rewrite")->origin.line, 5);
	assert_int_equal(section_setting(feature, "rewrite")->origin.line, 7);
	assert_null(section_setting(main_section, "delete"));
	assert_null(section_setting(NULL, "delete"));
	assert_null(section_setting(section_find(loaded, BYTES("refs/tags/v1.0.0")), "rewrite"));
	assert_int_equal(section_commits(main_section), COMMITS_ENFORCE);
	assert_int_equal(section_commits(NULL), COMMITS_ENFORCE);
	assert_int_equal(section_commits(section_find(loaded, BYTES("refs/heads/fix/a-1"))), COMMITS_OFF);
	assert_int_equal(section_commits(section_find(loaded, BYTES("refs/heads/feature/x/y"))), COMMITS_WARN);
	assert_int_equal(section_commits(section_find(loaded, BYTES("refs/notes/commits"))), COMMITS_OFF);
	assert_int_equal(section_commits(section_find(loaded, BYTES("refs/x/y"))), COMMITS_ENFORCE);
	assert_int_equal(section_commits(section_find(loaded, BYTES("refs/tags/v1.0.0"))), COMMITS_WARN);
	arena_free(memory.arena);
}

/* What lands on a trunk, or on what something is owed to, is of interest where a branch owes. */
static void owing(void **state)
{
	struct memory memory = memory_new(HEAD "[branch \"main\"]\n"
					       "[branch \"develop\"]\n"
					       "[branch \"release/*\"]\n"
					       "owes = develop next\n"
					       "[branch \"next*\"]\n",
					  NULL);
	struct policy *loaded = memory_load(&memory);

	(void)state;
	assert_true(debts_concern(loaded, BYTES("refs/heads/main")));
	assert_true(debts_concern(loaded, BYTES("refs/heads/develop")));
	assert_true(debts_concern(loaded, BYTES("refs/heads/next")));
	assert_false(debts_concern(loaded, BYTES("refs/heads/next2")));
	assert_false(debts_concern(loaded, BYTES("refs/heads/release/1")));
	assert_false(debts_concern(loaded, BYTES("refs/tags/develop")));
	arena_free(memory.arena);

	memory = memory_new(HEAD "[branch \"main\"]\n", NULL);
	assert_false(debts_concern(memory_load(&memory), BYTES("refs/heads/main")));
	arena_free(memory.arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finding),
		cmocka_unit_test(values),
		cmocka_unit_test(owing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
