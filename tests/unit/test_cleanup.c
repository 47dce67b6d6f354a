/* test_cleanup: message files as git would store them; each expectation is what git-stripspace(1) or git commit makes
 * of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "arena.h"
#include "cleanup.h"

#define CUT " ------------------------ >8 ------------------------\n"

static int setup(void **state)
{
	*state = arena_new();
	return *state == NULL;
}

static int teardown(void **state)
{
	arena_free(*state);
	return 0;
}

static void test_modes(void **state)
{
	static const struct {
		const char *configured;
		bool edited;
		enum cleanup_mode mode;
	} table[] = {
		{"", false, CLEANUP_WHITESPACE},	  {"", true, CLEANUP_STRIP},
		{"default", false, CLEANUP_WHITESPACE},	  {"default", true, CLEANUP_STRIP},
		{"strip", false, CLEANUP_STRIP},	  {"strip", true, CLEANUP_STRIP},
		{"whitespace", true, CLEANUP_WHITESPACE}, {"verbatim", true, CLEANUP_VERBATIM},
		{"scissors", true, CLEANUP_SCISSORS},	  {"scissors", false, CLEANUP_WHITESPACE},
	};
	enum cleanup_mode mode;

	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		assert_true(cleanup_mode_of(bytes_of(table[i].configured), table[i].edited, &mode));
		assert_int_equal(mode, table[i].mode);
	}
	assert_false(cleanup_mode_of(BYTES("Strip"), true, &mode));
	assert_false(cleanup_mode_of(BYTES("all"), true, &mode));
}

static void test_apply(void **state)
{
	static const struct {
		enum cleanup_mode mode;
		bool edited;
		const char *comment, *text, *wanted;
	} table[] = {
		{CLEANUP_WHITESPACE, false, "", "", ""},
		{CLEANUP_WHITESPACE, false, "", "\n \n\t\n", ""},
		{CLEANUP_WHITESPACE, false, "", "a", "a\n"},
		{CLEANUP_WHITESPACE, false, "", "\n\n a \t\r\n\n\n \nb\r\n\n", " a\n\nb\n"},
		{CLEANUP_WHITESPACE, false, "", "a\v\n\f\nb", "a\v\n\f\nb\n"},
		{CLEANUP_WHITESPACE, false, "", "a\n#b\n", "a\n#b\n"},
		{CLEANUP_WHITESPACE, false, "", "a\n#" CUT "b\n", "a\n#" CUT "b\n"},
		{CLEANUP_STRIP, true, "", "a\n#b\n #c\n", "a\n #c\n"},
		{CLEANUP_STRIP, true, "", "a\n\n# b\n\nc\n", "a\n\nc\n"},
		{CLEANUP_STRIP, true, "", "# b\n\nc", "c\n"},
		{CLEANUP_STRIP, true, "", "a\n# b", "a\n"},
		{CLEANUP_STRIP, true, ";", "a\n#b\n;c\n", "a\n#b\n"},
		{CLEANUP_STRIP, true, "//", "a\n/b\n//c\n", "a\n/b\n"},
		{CLEANUP_STRIP, true, "", "a\n#" CUT "b\n", "a\n"},
		{CLEANUP_STRIP, false, "", "a\n#" CUT "b\n", "a\nb\n"},
		{CLEANUP_STRIP, true, "auto", "#a\n\n; hints\n", "#a\n"},
		{CLEANUP_STRIP, true, "auto", "#a\n;b\n@" CUT "#c\n", "#a\n;b\n"},
		{CLEANUP_STRIP, true, "auto", "a\n#b\nc\n", "a\nc\n"},
		{CLEANUP_STRIP, true, "Auto", "a\n# hints\n\n", "a\n"},
		{CLEANUP_SCISSORS, true, "", "a\n#b\n#" CUT "c\n", "a\n#b\n"},
		{CLEANUP_SCISSORS, true, "", "#" CUT "c\n", ""},
		{CLEANUP_SCISSORS, true, "", "a #" CUT "c\n", "a #" CUT "c\n"},
		{CLEANUP_SCISSORS, true, "", "a\n# ------ >8 ------\nc\n", "a\n# ------ >8 ------\nc\n"},
		{CLEANUP_SCISSORS, true, ";", "a\n#" CUT ";" CUT "c\n", "a\n#" CUT},
		{CLEANUP_VERBATIM, false, "", "\n a \n\n\n#b\n", "\n a \n\n\n#b\n"},
		{CLEANUP_VERBATIM, false, "", "a\n#" CUT "b", "a\n#" CUT "b"},
	};

	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		struct cleanup cleanup = {table[i].mode, bytes_of(table[i].comment), table[i].edited};
		struct bytes got = cleanup_apply(*state, &cleanup, bytes_of(table[i].text));

		if (!bytes_equal(got, bytes_of(table[i].wanted)))
			fail_msg("row %zu: got \"%.*s\"", i, BYTES_ARG(got));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_modes, setup, teardown),
		cmocka_unit_test_setup_teardown(test_apply, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
