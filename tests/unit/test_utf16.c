/* test_utf16: both orders, pairs, halves of pairs, an odd byte at the end. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "arena.h"
#include "utf16.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))
#define HALF "\xef\xbf\xbd"

static const struct {
	struct bytes content;
	const char *text; /* NULL: it is no UTF-16 */
} table[] = {
	{{"\xff\xfe"
	  "a\0\n\0",
	  6},
	 "a\n"},
	{{"\xfe\xff\0a\0b", 6}, "ab"},
	{{"\xfe\xff\0\xe9\x20\xac", 6}, "\xc3\xa9\xe2\x82\xac"},
	{{"\xfe\xff\xd8\x3d\xde\x00", 6}, "\xf0\x9f\x98\x80"},
	{{"\xff\xfe\x3d\xd8\x00\xde", 6}, "\xf0\x9f\x98\x80"},
	{{"\xfe\xff\xd8\x3d\0a", 6}, HALF "a"},
	{{"\xfe\xff\xde\x00\0a", 6}, HALF "a"},
	{{"\xfe\xff\xd8\x3d", 4}, HALF},
	{{"\xfe\xff\0a\0", 5}, "a"},
	{{"\xfe\xff", 2}, ""},
	{{"\xfe", 1}, NULL},
	{{"", 0}, NULL},
	{{"\xef\xbb\xbf"
	  "a",
	  4},
	 NULL},
};

static void decoding(void **state)
{
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(table); i++) {
		assert_int_equal(utf16_marked(table[i].content), table[i].text != NULL);
		if (table[i].text && !bytes_equal(utf16_decode(arena, table[i].content), bytes_of(table[i].text)))
			fail_msg("%zu", i);
	}
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(decoding)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
