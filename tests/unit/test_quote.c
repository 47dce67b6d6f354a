/* test_quote: foreign text in a command is one word, whatever it is called. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "arena.h"
#include "policy.h"
#include "quote.h"

static void test_words(void **state)
{
	static const struct {
		const char *text, *word;
	} table[] = {
		{"feature/login-2.0_x@y:z%w+a=b,c^d~e", "feature/login-2.0_x@y:z%w+a=b,c^d~e"},
		{"refs/heads/main", "refs/heads/main"},
		{"", "''"},
		{"-rf", "'-rf'"},
		{"~root/x", "'~root/x'"},
		{"=ls", "'=ls'"},
		{"feature/a;touch${IFS}pwn", "'feature/a;touch${IFS}pwn'"},
		{"feature/o'r$(id)", "'feature/o'\\''r$(id)'"},
		{"'", "''\\'''"},
		{"a'", "'a'\\'''"},
		{"two words", "'two words'"},
		{"a\nb", "'a\nb'"},
		{"a`b\"c!d#e&f|g<h>i(j)k{l}m[n]o*p?q\\r", "'a`b\"c!d#e&f|g<h>i(j)k{l}m[n]o*p?q\\r'"},
		{"\xC3\xBC", "'\xC3\xBC'"},
	};
	struct arena *arena = arena_new();

	(void)state;
	assert_non_null(arena);
	for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++) {
		char *word = policy_quote(table[i].text);

		assert_string_equal(quote_word(arena, bytes_of(table[i].text)), table[i].word);
		assert_string_equal(word, table[i].word);
		free(word);
	}
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
