/* test_oid: object ids are 40 lower-case hex digits and nothing else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "arena.h"
#include "oid.h"

#define HEX "0123456789abcdef0123456789abcdef01234567"

static void hex_goes_in_and_out(void **state)
{
	struct oid oid, other;

	(void)state;
	assert_true(oid_parse(BYTES(HEX), &oid));
	assert_int_equal(oid.id[0], 0x01);
	assert_int_equal(oid.id[19], 0x67);
	assert_string_equal(oid_hex(&oid).text, HEX);
	assert_string_equal(oid_abbrev(&oid).text, "0123456");
	assert_true(oid_parse(BYTES(HEX), &other));
	assert_true(oid_equal(&oid, &other));
	other.id[19] ^= 1;
	assert_false(oid_equal(&oid, &other));
}

static void zero(void **state)
{
	struct oid oid = {{0}};

	(void)state;
	assert_true(oid_is_zero(&oid));
	oid.id[19] = 1;
	assert_false(oid_is_zero(&oid));
}

static void anything_else_is_refused(void **state)
{
	static const char *const table[] = {
		"",
		"0",
		"0123456789abcdef0123456789abcdef0123456",
		"0123456789abcdef0123456789abcdef012345678",
		"0123456789ABCDEF0123456789abcdef01234567",
		"0123456789abcdeg0123456789abcdef01234567",
		" 123456789abcdef0123456789abcdef01234567",
		"0123456789abcdef0123456789abcdef0123456\n",
		"0x23456789abcdef0123456789abcdef01234567",
		"-123456789abcdef0123456789abcdef01234567",
		HEX HEX,
	};
	struct oid oid = {{7}};

	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		assert_false(oid_parse(bytes_of(table[i]), &oid));
	assert_int_equal(oid.id[0], 7);
}

/* Two lists, turn by turn: neither takes the other's room. */
static void lists_grow(void **state)
{
	struct arena *arena = arena_new();
	struct oids lists[2] = {{0}};

	(void)state;
	for (unsigned i = 0; i < 200; i++)
		for (unsigned k = 0; k < 2; k++)
			oids_add(arena, &lists[k], &(struct oid){{(unsigned char)i, (unsigned char)k}});
	for (unsigned k = 0; k < 2; k++) {
		assert_int_equal(lists[k].count, 200);
		for (unsigned i = 0; i < 200; i++)
			assert_true(oid_equal(&lists[k].ids[i], &(struct oid){{(unsigned char)i, (unsigned char)k}}));
	}
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hex_goes_in_and_out),
		cmocka_unit_test(zero),
		cmocka_unit_test(anything_else_is_refused),
		cmocka_unit_test(lists_grow),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
