/* test_statement: a signed record is for one repository, target, head and user, and for no other. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "arena.h"
#include "statement.h"

#define R "repository: 0123456789abcdef0123456789abcdef\n"
#define T "target: refs/heads/main\n"
#define H "head: aa00000000000000000000000000000000000000\n"
#define U "user: alice\n"

static const struct statement statement = {
	.repository = {"0123456789abcdef0123456789abcdef", 32},
	.target = {"refs/heads/main", 15},
	.head = {{0xaa}},
	.user = {"alice", 5},
};

static void stated(void **state)
{
	static const struct {
		const char *text;
		const char *problem; /* what of it is named; NULL: none */
	} table[] = {
		{R T H U, NULL},
		{U H T R, NULL},
		{R T H "user: alice", NULL},
		{"\nLooks good.\n\n" R "\n" T H U "the head: is fine\n", NULL},
		{R T H U "  user: bob\nheader: x\n", NULL},
		{"", "repository"},
		{T H U, "repository"},
		{R H U, "target"},
		{R T U, "head"},
		{R T H, "user"},
		{R R T H U, "repository"},
		{R T H U U, "user"},
		{R T H U "user: bob\n", "user"},
		{"user: bob\n" R T H U, "user"},
		{R T H U "user:\n", "user"},
		{R T H "user:alice\n", "user"},
		{R T H "user:  alice\n", "user"},
		{R T H "user: alice \n", "user"},
		{R T H "user: alice\r\n", "user"},
		{R T H "user: Alice\n", "user"},
		{R T H "User: alice\n", "user"},
		{R T H " user: alice\n", "user"},
		{R T H "user: alice bob\n", "user"},
		{"repository: 0123456789abcdef0123456789abcdee\n" T H U, "repository"},
		{"repository: 0123456789ABCDEF0123456789ABCDEF\n" T H U, "repository"},
		{R "target: heads/main\n" H U, "target"},
		{R "target: refs/heads/main2\n" H U, "target"},
		{R T "head: ab00000000000000000000000000000000000000\n" U, "head"},
		{R T "head: aa00000\n" U, "head"},
	};

	(void)state;
	struct arena *arena = arena_new();

	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		const char *problem = statement_problem(arena, bytes_of(table[i].text), &statement);

		if (!problem != !table[i].problem ||
		    (problem && !bytes_contains(bytes_of(problem), bytes_of(table[i].problem))))
			fail_msg("\"%s\": %s", table[i].text, problem ? problem : "nothing is the matter");
	}
	arena_free(arena);
}

static void what_is_written_is_what_is_read(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	struct bytes text = statement_write(arena, &statement);

	assert_true(bytes_equal(text, BYTES(R T H U)));
	assert_null(statement_problem(arena, text, &statement));
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(stated),
		cmocka_unit_test(what_is_written_is_what_is_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
