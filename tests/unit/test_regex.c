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

static const struct {
	const char *pattern;
	const char *subject;
	size_t from;
	enum regex_answer answer;
	const char *found;
} searches[] = {
	{"b+", "abbcbb", 0, REGEX_YES, "bb"},
	{"b+", "abbcb", 3, REGEX_YES, "b"},
	{"b+", "abbc", 4, REGEX_NO, NULL},
	{"a(b+)", "xabb", 0, REGEX_YES, "bb"},
	{"a(b+)?c", "xac", 0, REGEX_YES, "ac"},
	{"(?<=a)b", "ab", 1, REGEX_YES, "b"},
	{"(?<!a)b", "ab", 1, REGEX_NO, NULL},
	{"^b$", "a\r\nb\r\nc", 0, REGEX_YES, "b"},
	{"^b", "ab", 1, REGEX_NO, NULL},
	{"a.b",
	 "a\xff"
	 "b",
	 0, REGEX_YES,
	 "a\xff"
	 "b"},
	{"x*", "ab", 0, REGEX_YES, ""},
	{"(a+)+$", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", 0, REGEX_UNKNOWN, NULL},
};

static void searching(void **state)
{
	struct arena *arena = arena_new();
	const char *problem;
	struct bytes found;
	size_t offset;

	(void)state;
	for (size_t i = 0; i < COUNT(searches); i++) {
		struct regex *regex = regex_compile_search(arena, bytes_of(searches[i].pattern), &problem, &offset);

		assert_non_null(regex);
		if (regex_search(regex, bytes_of(searches[i].subject), searches[i].from, &found) !=
			    searches[i].answer ||
		    (searches[i].found && !bytes_equal(found, bytes_of(searches[i].found))))
			fail_msg("%s in %s", searches[i].pattern, searches[i].subject);
	}
	assert_null(regex_compile_search(arena, BYTES("(*UTF)a"), &problem, &offset));
	arena_free(arena);
}

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

static const struct {
	const char *text, *folded; /* NULL: cannot be folded */
} folds[] = {
	{"README.md", "readme.md"},
	{"GR\xc3\x9cN", "gr\xc3\xbcn"},
	{"\xce\xa3\xcf\x82\xcf\x83", "\xcf\x83\xcf\x83\xcf\x83"}, /* all sigmas */
	{"\xd0\x96", "\xd0\xb6"},
	{"\xe2\x84\xaa", "k"},						      /* the kelvin sign */
	{"\xc8\xba\xc8\xba\xc8\xba", "\xe2\xb1\xa5\xe2\xb1\xa5\xe2\xb1\xa5"}, /* longer in the other case */
	{"a\nB", "a\nb"},
	{"\xff", NULL},
	{"", NULL},
};

static void letters_fold(void **state)
{
	struct arena *arena = arena_new();
	struct regex *anything = regex_anything(arena);

	(void)state;
	for (size_t i = 0; i < sizeof(folds) / sizeof(*folds); i++) {
		struct bytes text = bytes_of(folds[i].text);

		if (regex_fold(anything, arena, &text) != !!folds[i].folded)
			fail_msg("%s", folds[i].text);
		if (folds[i].folded && !bytes_equal(text, bytes_of(folds[i].folded)))
			fail_msg("%s becomes %.*s", folds[i].text, BYTES_ARG(text));
	}
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(matching),	cmocka_unit_test(refusing), cmocka_unit_test(searching),
		cmocka_unit_test(letters_fold), cmocka_unit_test(limits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
