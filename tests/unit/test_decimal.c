/* test_decimal: what is a number, whole and nothing else, and how numbers compare. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "record.h"

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

static void test_parse(void **state)
{
	static const struct {
		const char *text;
		bool good;
	} cases[] = {
		{"0", true},
		{"90", true},
		{"-1", true},
		{"99.50", true},
		{"007", true},
		{"-0.0", true},
		{"12345678901234567890123456789012", true},
		{"123456789012345678901234567890123", false},
		{"", false},
		{"-", false},
		{"--1", false},
		{"+1", false},
		{".5", false},
		{"5.", false},
		{"1.2.3", false},
		{"90,0", false},
		{"1e9", false},
		{"NaN", false},
		{"inf", false},
		{"0x10", false},
		{" 1", false},
		{"1 ", false},
		{"1\n", false},
		{"90%", false},
		{"\xd9\xa1", false}, /* an Arabic digit */
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct decimal decimal;

		if (decimal_parse(bytes_of(cases[i].text), &decimal) != cases[i].good)
			fail_msg("\"%s\"", cases[i].text);
	}
}

static void test_parse_nul(void **state)
{
	struct decimal decimal;

	(void)state;
	assert_false(decimal_parse((struct bytes){"90\0", 3}, &decimal));
	assert_false(decimal_parse((struct bytes){0}, &decimal));
}

static void test_compare(void **state)
{
	static const struct {
		const char *a, *b;
		int order;
	} cases[] = {
		{"1", "1", 0},
		{"1.0", "1", 0},
		{"-0", "0", 0},
		{"-0.00", "0.0", 0},
		{"007", "7", 0},
		{"1", "2", -1},
		{"10", "9", 1},
		{"-1", "1", -1},
		{"-10", "-9", -1},
		{"0.1", "0.09", 1},
		{"0.1", "0", 1},
		{"-0.1", "0", -1},
		{"89.999", "90", -1},
		{"90.0001", "90", 1},
		{"0.5", "1", -1},
		{"-0.5", "-0.25", -1},
		{"99999999999999999999.0000000001", "99999999999999999999", 1},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct decimal a, b;

		assert_true(decimal_parse(bytes_of(cases[i].a), &a));
		assert_true(decimal_parse(bytes_of(cases[i].b), &b));
		int order = decimal_compare(a, b), back = decimal_compare(b, a);

		if ((order > 0) - (order < 0) != cases[i].order || (back > 0) - (back < 0) != -cases[i].order)
			fail_msg("%s and %s: %d, %d", cases[i].a, cases[i].b, order, back);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_parse),
		cmocka_unit_test(test_parse_nul),
		cmocka_unit_test(test_compare),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
