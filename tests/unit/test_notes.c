/* test_notes: the sections of release notes, what goes into which, and how it is told. */
#include "memory_policy.h"

#include <string.h>

#include "notes.h"

static struct arena *arena;

static int setup(void **state)
{
	(void)state;
	arena = arena_new();
	return arena ? 0 : -1;
}

static int teardown(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

/* A commit whose id begins with the byte `number`. */
static struct changelog_entry entry(unsigned char number, const char *message)
{
	struct changelog_entry made = {.id = {{number}}};

	message_parse(arena, bytes_of(message), &made.message);
	return made;
}

/* The notes of `entries`, newest first, under `policy`; NULL: the usual ones. */
static const char *notes_of(const char *policy, struct changelog_entry *entries, size_t count)
{
	const struct changelog changelog = {entries, count};
	const struct notes *notes = notes_usual(arena);
	struct buffer out = {.arena = arena};

	if (policy) {
		struct memory memory = {.arena = arena, .findings = {.arena = arena}, .policy = policy};
		struct policy *loaded = memory_load(&memory);

		if (!loaded)
			fail_msg("%s", memory_said(&memory, true));
		notes = section_setting(loaded->commit, "notes")->parsed;
	}
	notes_write(notes, &changelog, &out);
	buffer_add(&out, (struct bytes){"", 1});
	return out.data;
}

static void test_usual(void **state)
{
	struct changelog_entry entries[] = {
		entry(9, "feat(api,ui)!: drop the old form\n"),
		entry(8, "Fix(auth): resolve session timeout issue\n\nIt was long.\n\nFixes #789\nReviewed-by: bob\n"),
		entry(7, "docs: say how\n"),
		entry(6, "perf: read each file once\n\nBREAKING CHANGE: the cache of\n old versions is ignored\n"),
		entry(5, "feat: add a form\n\nCloses: #12\nResolves: ABC-3\n"),
	};

	(void)state;
	assert_string_equal(notes_of(NULL, entries, COUNT(entries)),
			    "\n## Breaking Changes\n\n"
			    "- the cache of old versions is ignored (0600000)\n"
			    "- **api,ui:** drop the old form (0900000)\n"
			    "\n## Features\n\n"
			    "- add a form (0500000, Closes #12, Resolves ABC-3)\n"
			    "- **api,ui:** drop the old form (0900000)\n"
			    "\n## Bug Fixes\n\n"
			    "- **auth:** resolve session timeout issue (0800000, Fixes #789)\n"
			    "\n## Performance\n\n"
			    "- read each file once (0600000)\n");
}

/* Nothing is empty but what is said to be. */
static void test_nothing(void **state)
{
	struct changelog_entry entries[] = {
		entry(9, "feat: a merge\n"),	   entry(8, "feat: a revert\n"),
		entry(7, "feat: reverted\n"),	   entry(6, "Add a thing\n\nBREAKING CHANGE: by nobody's word\n"),
		entry(5, "chore: bump version\n"),
	};

	(void)state;
	entries[0].merge = entries[1].undoes = entries[2].undone = true;
	assert_string_equal(notes_of(NULL, entries, COUNT(entries)), "\nNothing to tell.\n");
	assert_string_equal(notes_of(NULL, NULL, 0), "\nNothing to tell.\n");
}

static void test_policy(void **state)
{
	static const char policy[] = HEAD "[branch \"**\"]\n"
					  "[commit]\n"
					  "notes = Security: *(security) fix(auth)\n"
					  "        New & Improved: feat perf\n"
					  "        Migration Guide: !\n"
					  "        Documentation: docs\n"
					  "        The Rest: *\n";
	struct changelog_entry entries[] = {
		entry(9, "feat(Security): check tokens\n"),
		entry(8, "fix(auth,ui): check them twice\n"),
		entry(7, "fix(ui): mend it\n"),
		entry(6, "PERF: go faster\n"),
		entry(5, "feat!: go elsewhere\n"),
	};

	(void)state;
	assert_string_equal(notes_of(policy, entries, COUNT(entries)), "\n## Security\n\n"
								       "- **auth,ui:** check them twice (0800000)\n"
								       "- **Security:** check tokens (0900000)\n"
								       "\n## New & Improved\n\n"
								       "- go elsewhere (0500000)\n"
								       "- go faster (0600000)\n"
								       "\n## Migration Guide\n\n"
								       "- go elsewhere (0500000)\n"
								       "\n## Documentation\n\n"
								       "None.\n"
								       "\n## The Rest\n\n"
								       "- **ui:** mend it (0700000)\n");
}

static void test_controls(void **state)
{
	struct changelog_entry entries[] = {
		entry(9, "feat: add \x1b[31m*red* <b>\xc3\xa9</b>\n\nFixes: \x1b]0;a\n b\x07\n"),
	};

	(void)state;
	assert_string_equal(notes_of(NULL, entries, COUNT(entries)),
			    "\n## Features\n\n"
			    "- add \\x1B\\[31m\\*red\\* \\<b>\xc3\xa9\\</b> (0900000, Fixes \\x1B]0;a b\\x07)\n");
}

#define FORM "a section is written \"Title: words\", and a word type, type(scope), *(scope) or !"

static void test_faults(void **state)
{
	static const struct {
		const char *value, *said;
	} cases[] = {
		{"Features", "7:9 " FORM "\n"},
		{"Features:", "7:9 " FORM "\n"},
		{": feat", "7:9 " FORM "\n"},
		{"Features: feat,fix", "7:19 " FORM "\n"},
		{"Features: feat fix(", "7:24 " FORM "\n"},
		{"Features: feat()", "7:19 " FORM "\n"},
		{"Features: (ui)", "7:19 " FORM "\n"},
		{"Features: feat(a)b", "7:19 " FORM "\n"},
		{"Features: feat!", "7:19 " FORM "\n"},
		{"A: feat\n  B", "8:3 " FORM "\n"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const char *policy =
			bytes_printf(arena, HEAD "[branch \"**\"]\n\n[commit]\nnotes = %s\n", cases[i].value).data;
		struct memory memory = {.arena = arena, .findings = {.arena = arena}, .policy = policy};

		assert_null(memory_load(&memory));
		if (strcmp(memory_said(&memory, false), cases[i].said) != 0)
			fail_msg("%s: %s", cases[i].value, memory_said(&memory, false));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_usual),	 cmocka_unit_test(test_nothing), cmocka_unit_test(test_policy),
		cmocka_unit_test(test_controls), cmocka_unit_test(test_faults),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
