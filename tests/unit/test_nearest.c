/* test_nearest: slips of the finger find their word, other words find none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "arena.h"
#include "nearest.h"

static void slips(void **state)
{
	static const struct bytes words[] = {
		{"approvals", 9}, {"rewrite", 7}, {"delete", 6}, {"direct", 6}, {"bugfix", 6},
		{"feature", 7},	  {"main", 4},	  {"ci", 2},	 {"docs", 4},	{"create-from", 11},
	};
	static const struct {
		const char *word, *nearest;
	} table[] = {
		{"aprovals", "approvals"},
		{"approval", "approvals"},
		{"APPROVALS", "approvals"},
		{"rewriet", "rewrite"},
		{"deleet", "delete"},
		{"directt", "direct"},
		{"bugfixes", "bugfix"},
		{"feat", "feature"},
		{"fature", "feature"},
		{"mian", "main"},
		{"cj", "ci"},
		{"create_from", "create-from"},
		{"createfrom", "create-from"},
		{"create", "create-from"},
		{"zebra", ""},
		{"x", ""},
		{"", ""},
		{"qa", ""},
		{"approvals-of-somebody-with-a-very-long-name-that-nobody-would-ever-type", ""},
	};
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		struct bytes nearest =
			nearest_word(arena, bytes_of(table[i].word), words, sizeof(words) / sizeof(words[0]));

		assert_string_equal(nearest.len ? nearest.data : "", table[i].nearest);
	}
	assert_int_equal(nearest_word(arena, BYTES("main"), NULL, 0).len, 0);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(slips)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
