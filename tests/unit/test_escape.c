/* test_escape: what a terminal could act on is shown, never sent, and cut between characters. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "arena.h"
#include "policy.h"
#include "report.h"

static void escaping(void **state)
{
	static const struct {
		const char *text;
		size_t max;
		const char *shown;
	} table[] = {
		{"plain", 200, "plain"},
		{"back\\slash", 200, "back\\slash"},
		{"caf\xc3\xa9", 200, "caf\xc3\xa9"},
		{"\xc3", 200, "\\xC3"},
		{"a\x1b\x7f", 200, "a\\x1B\\x7F"},
		{"\xc2\x85", 200, "\\xC2\\x85"},
		{"abcdef", 6, "abcdef"},
		{"abcdefg", 6, "abc..."},
		{"ab\xc3\xa9xyz", 6, "ab..."},
		{"ab\x01xyz", 6, "ab..."},
		{"ab\x01", 6, "ab\\x01"},
		{"", 6, ""},
	};
	struct arena *arena = arena_new();
	struct buffer out = {.arena = arena};

	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		out.len = 0;
		escape_add(&out, bytes_of(table[i].text), table[i].max);
		assert_string_equal(out.data, table[i].shown);
	}
	arena_free(arena);
}

static void whole(void **state)
{
	char *shown = policy_escape("a\xc3\xa9\x1b[m\xe2\x80\xae\n\xff");

	(void)state;
	assert_string_equal(shown, "a\xc3\xa9\\x1B[m\\xE2\\x80\\xAE\\x0A\\xFF");
	free(shown);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(escaping), cmocka_unit_test(whole)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
