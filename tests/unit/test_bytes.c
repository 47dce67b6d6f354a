/* test_bytes: comparing, cutting and building runs of bytes that may hold anything. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <limits.h>
#include <stdbool.h>
#include <string.h>

#include "arena.h"
#include "bytes.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static const struct bytes null_bytes = {0};

static void comparing(void **state)
{
	(void)state;
	assert_true(bytes_equal(BYTES("a\0b"), BYTES("a\0b")));
	assert_false(bytes_equal(BYTES("a\0b"), BYTES("a\0c")));
	assert_false(bytes_equal(BYTES("a"), BYTES("ab")));
	assert_true(bytes_equal(null_bytes, BYTES("")));
	assert_true(bytes_equal(bytes_of(NULL), null_bytes));
	assert_true(bytes_equal_fold(BYTES("Main"), BYTES("mAIN")));
	assert_false(bytes_equal_fold(BYTES("["), BYTES("{")));
	assert_false(bytes_equal_fold(BYTES("a"), BYTES("aa")));
	assert_true(bytes_starts(BYTES("refs/heads"), BYTES("refs/")));
	assert_true(bytes_starts(BYTES("x"), null_bytes));
	assert_false(bytes_starts(BYTES("re"), BYTES("refs/")));
	assert_true(bytes_ends(BYTES("x.lock"), BYTES(".lock")));
	assert_false(bytes_ends(BYTES("lock"), BYTES(".lock")));
	assert_true(bytes_contains(BYTES("a..b"), BYTES("..")));
	assert_true(bytes_contains(null_bytes, null_bytes));
	assert_false(bytes_contains(null_bytes, BYTES("a")));
}

static void cutting(void **state)
{
	(void)state;
	assert_int_equal(bytes_index(BYTES("ab/c"), '/'), 2);
	assert_int_equal(bytes_index(BYTES("abc"), '/'), 3);
	assert_int_equal(bytes_index(null_bytes, '/'), 0);
	assert_true(bytes_equal(bytes_from(BYTES("abc"), 1), BYTES("bc")));
	assert_true(bytes_equal(bytes_from(BYTES("abc"), 9), BYTES("")));
	assert_true(bytes_equal(bytes_first(BYTES("abc"), 2), BYTES("ab")));
	assert_true(bytes_equal(bytes_first(BYTES("abc"), 9), BYTES("abc")));
	assert_true(bytes_equal(bytes_trim(BYTES(" \t\r\n\v\fa b \n")), BYTES("a b")));
	assert_true(bytes_equal(bytes_trim(BYTES("  ")), BYTES("")));
}

static void cuts_are(bool (*cut)(struct bytes *, struct bytes *), struct bytes text, const char *const *expected)
{
	struct bytes piece;

	while (cut(&text, &piece)) {
		assert_non_null(*expected);
		assert_true(bytes_equal(piece, bytes_of(*expected++)));
	}
	assert_null(*expected);
}

static void lines_and_words(void **state)
{
	(void)state;
	cuts_are(bytes_line, BYTES("a\n\nb\r\nc"), (const char *const[]){"a", "", "b\r", "c", NULL});
	cuts_are(bytes_line, BYTES("a\n"), (const char *const[]){"a", NULL});
	cuts_are(bytes_line, null_bytes, (const char *const[]){NULL});
	cuts_are(bytes_word, BYTES("  one\ttwo \n three"), (const char *const[]){"one", "two", "three", NULL});
	cuts_are(bytes_word, BYTES("   "), (const char *const[]){NULL});
}

static void numbers(void **state)
{
	static const struct {
		const char *text;
		unsigned long max;
		bool valid;
		unsigned long number;
	} table[] = {
		{"0", 9, true, 0},
		{"10", 10, true, 10},
		{"11", 10, false, 0},
		{"7", 5, false, 0},
		{"18446744073709551615", ULONG_MAX, sizeof(long) == 8, ULONG_MAX},
		{"18446744073709551616", ULONG_MAX, false, 0},
		{"99999999999999999999999", ULONG_MAX, false, 0},
		{"", 9, false, 0},
		{"01", 9, false, 0},
		{"00", 9, false, 0},
		{"+1", 9, false, 0},
		{"-1", 9, false, 0},
		{" 1", 9, false, 0},
		{"1 ", 9, false, 0},
		{"1x", 99, false, 0},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(table); i++) {
		unsigned long number = 0;

		assert_int_equal(bytes_number(bytes_of(table[i].text), table[i].max, &number), table[i].valid);
		assert_int_equal(number, table[i].number);
	}
}

static void building(void **state)
{
	struct arena *arena = arena_new();
	struct buffer buffer = {.arena = arena};
	struct bytes copy = bytes_copy(arena, BYTES("a\0b"));

	(void)state;
	assert_true(bytes_equal(copy, BYTES("a\0b")));
	assert_int_equal(copy.data[3], 0);
	assert_string_equal(bytes_copy(arena, null_bytes).data, "");
	assert_string_equal(bytes_printf(arena, "%d %s", 7, "refs").data, "7 refs");
	assert_int_equal(buffer_bytes(&buffer).len, 0);
	buffer_add(&buffer, null_bytes);
	for (int i = 0; i < 1000; i++)
		buffer_printf(&buffer, "%03d", i);
	assert_int_equal(buffer.len, 3000);
	assert_int_equal(strlen(buffer.data), 3000);
	assert_true(bytes_starts(buffer_bytes(&buffer), BYTES("000001002")));
	assert_true(bytes_ends(buffer_bytes(&buffer), BYTES("998999")));
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(comparing), cmocka_unit_test(cutting),	 cmocka_unit_test(lines_and_words),
		cmocka_unit_test(numbers),   cmocka_unit_test(building),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
