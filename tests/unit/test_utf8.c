/* test_utf8: RFC 3629 to the letter, and the characters that hide or reorder text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "utf8.h"

static void characters(void **state)
{
	static const struct {
		const char *text;
		size_t len; /* 0: not valid */
		uint32_t point;
	} table[] = {
		{"a", 1, 'a'},
		{"\x7f", 1, 0x7f},
		{"\xc2\x80", 2, 0x80},
		{"\xc3\xa9x", 2, 0xe9},
		{"\xdf\xbf", 2, 0x7ff},
		{"\xe0\xa0\x80", 3, 0x800},
		{"\xe2\x82\xac", 3, 0x20ac},
		{"\xed\x9f\xbf", 3, 0xd7ff},
		{"\xee\x80\x80", 3, 0xe000},
		{"\xef\xbf\xbf", 3, 0xffff},
		{"\xf0\x90\x80\x80", 4, 0x10000},
		{"\xf4\x8f\xbf\xbf", 4, 0x10ffff},
		{"", 0, 0},
		{"\x80", 0, 0},
		{"\xbf", 0, 0},
		{"\xc0\x80", 0, 0}, /* overlong */
		{"\xc1\xbf", 0, 0},
		{"\xe0\x9f\xbf", 0, 0},
		{"\xf0\x8f\xbf\xbf", 0, 0},
		{"\xed\xa0\x80", 0, 0}, /* surrogates */
		{"\xed\xbf\xbf", 0, 0},
		{"\xf4\x90\x80\x80", 0, 0}, /* too large */
		{"\xf5\x80\x80\x80", 0, 0},
		{"\xf8\x88\x80\x80\x80", 0, 0},
		{"\xff", 0, 0},
		{"\xc3", 0, 0}, /* cut short */
		{"\xc3(", 0, 0},
		{"\xe2\x82", 0, 0},
		{"\xe2\x82(", 0, 0},
		{"\xf0\x90\x80", 0, 0},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		uint32_t point = 0;

		assert_int_equal(utf8_next(bytes_of(table[i].text), &point), table[i].len);
		assert_int_equal(point, table[i].point);
	}
	assert_int_equal(utf8_next(BYTES("\0"), &(uint32_t){0}), 1);
}

static void lengths(void **state)
{
	static const struct {
		const char *text;
		size_t characters, invalid;
	} table[] = {
		{"", 0, 0},
		{"abc", 3, 3},
		{"\xc3\xa9t\xc3\xa9", 3, 5},
		{"a\xff"
		 "b",
		 3, 1},
		{"\xe2\x82", 2, 0},
		{"\xf0\x9f\x98\x80!", 2, 5},
		{"ab\xc3", 3, 2},
		{"\xed\xa0\x80", 3, 0},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		assert_int_equal(utf8_length(bytes_of(table[i].text)), table[i].characters);
		assert_int_equal(utf8_invalid(bytes_of(table[i].text)), table[i].invalid);
	}
}

static void unsafe_characters(void **state)
{
	static const uint32_t unsafe[] = {
		0,	0x09,	0x0a,	0x1b,	0x1f,	0x7f,	 0x80,	  0x9b,	   0x9f,     0xad,     0x61c,	 0x180e,
		0x200b, 0x200d, 0x200e, 0x200f, 0x2028, 0x2029,	 0x202a,  0x202e,  0x2060,   0x2066,   0x2069,	 0xfdd0,
		0xfdef, 0xfeff, 0xfffe, 0xffff, 0xfff9, 0x1fffe, 0xe0001, 0xe007f, 0x10fffe, 0x10ffff, 0x110000,
	};
	static const uint32_t safe[] = {' ', '~', 0xa0, 0xe9, 0x430, 0x2010, 0x2027, 0x20ac, 0x4e2d, 0xfffd, 0x1f600};

	(void)state;
	for (size_t i = 0; i < sizeof(unsafe) / sizeof(unsafe[0]); i++)
		assert_true(utf8_unsafe(unsafe[i]));
	for (size_t i = 0; i < sizeof(safe) / sizeof(safe[0]); i++)
		assert_false(utf8_unsafe(safe[i]));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(characters),
		cmocka_unit_test(lengths),
		cmocka_unit_test(unsafe_characters),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
