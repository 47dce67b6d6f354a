/* test_regex: whole matches, refusals with their place, and limits that end in "cannot tell". */
#include "memory_policy.h"

#include <string.h>

#include "regex.h"

static const struct {
	const char *pattern;
	const char *subject;
	enum regex_answer answer;
} matches[] = {
	{"a|ab", "ab", REGEX_YES},
	{"b", "abc", REGEX_NO},
	{"abc", "abc", REGEX_YES},
	{"^abc$", "abc", REGEX_YES},
	{"abc$", "abc\n", REGEX_NO},
	{"", "", REGEX_YES},
	{"", "x", REGEX_NO},
	{".", "\xc3\xa9", REGEX_YES},
	{"[a-z]+(-[a-z]+)*", "a-b-c", REGEX_YES},
	{"(?i)wip.*", "WIP: x", REGEX_YES},
	{"(?<=a)b", "b", REGEX_NO},
	{"(a(?1)?b)", "aabb", REGEX_YES},
	{".*", "a\xff", REGEX_NO},
	{"a",
	 "a\xff"
	 "b",
	 REGEX_NO},
	{"b",
	 "\xff"
	 "b",
	 REGEX_NO},
	{"a\\Kb", "ab", REGEX_YES},
	{"a(*ACCEPT)b", "ax", REGEX_NO},
	{"(a+)+", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", REGEX_UNKNOWN},
};

static const struct {
	const char *pattern;
	size_t offset;
} refusals[] = {
	{"a(b", 3}, {"[a", 2}, {"\\C", 2}, {"*", 0}, {"a{2,1}", 5}, {"(?<=a+)b", 0}, {"(?R", 3},
};

static void matching(void **state)
{
	struct arena *arena = arena_new();
	const char *problem;
	size_t offset;

	(void)state;
	for (size_t i = 0; i < COUNT(matches); i++) {
		struct regex *regex = regex_compile(arena, bytes_of(matches[i].pattern), &problem, &offset);

		assert_non_null(regex);
		for (int again = 0; again < 2; again++)
			if (regex_match(regex, bytes_of(matches[i].subject)) != matches[i].answer)
				fail_msg("%s on %s", matches[i].pattern, matches[i].subject);
	}
	arena_free(arena);
}

static void refusing(void **state)
{
	struct arena *arena = arena_new();
	const char *problem;
	size_t offset;

	(void)state;
	for (size_t i = 0; i < COUNT(refusals); i++) {
		problem = NULL;
		assert_null(regex_compile(arena, bytes_of(refusals[i].pattern), &problem, &offset));
		assert_non_null(problem);
		assert_int_not_equal(strlen(problem), 0);
		if (offset != refusals[i].offset)
			fail_msg("%s: %zu", refusals[i].pattern, offset);
	}
	arena_free(arena);
}

static void limits(void **state)
{
	struct arena *arena = arena_new();
	char *long_text = arena_alloc(arena, REGEX_SUBJECT_MAX + 1);
	const char *problem;
	size_t offset;

	(void)state;
	memset(long_text, 'a', REGEX_SUBJECT_MAX + 1);
	struct regex *regex = regex_compile(arena, BYTES("a*"), &problem, &offset);

	assert_int_equal(regex_match(regex, (struct bytes){long_text, REGEX_SUBJECT_MAX}), REGEX_YES);
	assert_int_equal(regex_match(regex, (struct bytes){long_text, REGEX_SUBJECT_MAX + 1}), REGEX_UNKNOWN);
	assert_null(regex_compile(arena, (struct bytes){long_text, REGEX_PATTERN_MAX + 1}, &problem, &offset));
	assert_non_null(regex_compile(arena, (struct bytes){long_text, REGEX_PATTERN_MAX}, &problem, &offset));
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(matching),
		cmocka_unit_test(refusing),
		cmocka_unit_test(limits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
