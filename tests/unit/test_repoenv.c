/* test_repoenv: what git quotes comes back as it was, and what is malformed is no answer. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

#include "arena.h"
#include "repoenv.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static void directories_are_unquoted(void **state)
{
	static const struct {
		const char *value, *expected[4];
	} cases[] = {
		{"", {NULL}},
		{"/a", {"/a"}},
		{"/a:/b c:/d", {"/a", "/b c", "/d"}},
		{"\"/a:b\":/c", {"/a:b", "/c"}},
		{"\"/q\\\"q\"", {"/q\"q"}},
		{"\"/n\\nt\\tb\\\\\"", {"/n\nt\tb\\"}},
		{"\"/caf\\303\\251\":\"/x\"", {"/caf\303\251", "/x"}},
		{"/mid\"dle:/c", {"/mid\"dle", "/c"}},
		{"\"/open:/c", {"\"/open", "/c"}},
		{"\"/bad\\z\":/c", {"\"/bad\\z\"", "/c"}},
		{"\"/end\\\":/c", {"\"/end\\\"", "/c"}},
		{"\"/odd\"x:/c", {"/odd", "", "/c"}},
		{"\"/oct\\400\"", {"\"/oct\\400\""}},
		{"/a::/b", {"/a", "", "/b"}},
		{"#/a:/b#", {"", "/b#"}},
	};
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct bytes rest = bytes_of(cases[i].value), directory;

		for (size_t n = 0; cases[i].expected[n]; n++) {
			assert_true(repoenv_directory(arena, &rest, ':', &directory));
			assert_string_equal(directory.data, cases[i].expected[n]);
			assert_int_equal(directory.len, bytes_of(cases[i].expected[n]).len);
		}
		assert_false(repoenv_directory(arena, &rest, ':', &directory));
	}
	arena_free(arena);
}

static void parameters_are_read_in_both_spellings(void **state)
{
	static const struct {
		const char *parameters, *expected;
		enum answer answer;
	} cases[] = {
		{NULL, NULL, ANSWER_NO},
		{"", NULL, ANSWER_NO},
		{"'policy.file=/x y'", "/x y", ANSWER_YES},
		{"'policy.file'='/x y'", "/x y", ANSWER_YES},
		{"'POLICY.File'='a=b'", "a=b", ANSWER_YES},
		{"'policy.file=a=b'", "a=b", ANSWER_YES},
		{"'other.key'='1' 'policy.file'='2'", "2", ANSWER_YES},
		{"'policy.file=1' 'policy.file'='2'", "2", ANSWER_YES},
		{"'policy.file'='it'\\''s'", "it's", ANSWER_YES},
		{"'policy.file'='wow'\\!''", "wow!", ANSWER_YES},
		{"'policy.file'=", "true", ANSWER_YES},
		{"'policy.file'= 'a.b'='c'", "true", ANSWER_YES},
		{"'policy.file'", "true", ANSWER_YES},
		{"'other.key'='1'", NULL, ANSWER_NO},
		{"policy.file=1", NULL, ANSWER_UNKNOWN},
		{"'policy.file=1", NULL, ANSWER_UNKNOWN},
		{"'policy.file'='1", NULL, ANSWER_UNKNOWN},
		{"'policy.file'='a'\\x", NULL, ANSWER_UNKNOWN},
	};
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct bytes value = {0};

		assert_int_equal(repoenv_config(arena, NULL, cases[i].parameters, BYTES("policy.file"), &value),
				 cases[i].answer);
		if (cases[i].expected)
			assert_true(bytes_equal(value, bytes_of(cases[i].expected)));
	}
	arena_free(arena);
}

static void counted_settings_come_before_parameters(void **state)
{
	struct arena *arena = arena_new();
	struct bytes value = {0};

	(void)state;
	setenv("GIT_CONFIG_KEY_0", "policy.file", 1);
	setenv("GIT_CONFIG_VALUE_0", "counted", 1);
	unsetenv("GIT_CONFIG_KEY_1");
	assert_int_equal(repoenv_config(arena, "1", NULL, BYTES("policy.file"), &value), ANSWER_YES);
	assert_true(bytes_equal(value, BYTES("counted")));
	assert_int_equal(repoenv_config(arena, "1", "'policy.file=given'", BYTES("policy.file"), &value), ANSWER_YES);
	assert_true(bytes_equal(value, BYTES("given")));
	assert_int_equal(repoenv_config(arena, "1", "'a.b=c'", BYTES("policy.file"), &value), ANSWER_YES);
	assert_true(bytes_equal(value, BYTES("counted")));
	assert_int_equal(repoenv_config(arena, "2", NULL, BYTES("policy.file"), &value), ANSWER_UNKNOWN);
	assert_int_equal(repoenv_config(arena, "one", NULL, BYTES("policy.file"), &value), ANSWER_UNKNOWN);
	assert_int_equal(repoenv_config(arena, "0", NULL, BYTES("policy.file"), &value), ANSWER_NO);
	arena_free(arena);
}

static void truth_is_git_s(void **state)
{
	(void)state;
	assert_true(repoenv_true("1") && repoenv_true("true") && repoenv_true("Yes"));
	assert_false(repoenv_true(NULL) || repoenv_true("") || repoenv_true("0") || repoenv_true("OFF"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(directories_are_unquoted),
		cmocka_unit_test(parameters_are_read_in_both_spellings),
		cmocka_unit_test(counted_settings_come_before_parameters),
		cmocka_unit_test(truth_is_git_s),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
