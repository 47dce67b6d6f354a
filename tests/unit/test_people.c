/* test_people: names, aliases, addresses, and groups unfolded however they are nested. */
#include "memory_policy.h"

#include <stdio.h>

static const char policy[] = HEAD "[user \"alice\"]\n"
				  "email = Alice@Example.org a@example.org\n"
				  "aliases = al\n"
				  "[user \"bob\"]\n"
				  "[user \"carol\"]\n"
				  "[group \"top\"]\n"
				  "members = @middle bob\n"
				  "[group \"middle\"]\n"
				  "members = @low @twin\n"
				  "[group \"low\"]\n"
				  "members = al\n"
				  "[group \"twin\"]\n"
				  "members = @low alice\n"
				  "[group \"nobody\"]\n"
				  "[branch \"listed\"]\n"
				  "push = @low\n"
				  "  carol al\n"
				  "[branch \"nested\"]\n"
				  "push = @top\n"
				  "[branch \"empty\"]\n"
				  "push = @nobody\n"
				  "[branch \"open\"]\n"
				  "push = anyone\n"
				  "[branch \"unset\"]\n";

static const struct {
	const char *branch;
	const char *user; /* NULL: anonymous */
	bool listed;
} lists[] = {
	{"listed", "alice", true}, {"listed", "al", true},    {"listed", "carol", true}, {"listed", "bob", false},
	{"listed", NULL, false},   {"nested", "alice", true}, {"nested", "bob", true},	 {"nested", "carol", false},
	{"empty", "alice", false}, {"empty", NULL, false},    {"open", "alice", true},	 {"open", NULL, true},
	{"unset", "alice", false},
};

static void knowing(void **state)
{
	struct memory memory = memory_new(policy, NULL);
	const struct policy *loaded = memory_load(&memory);
	const struct user *alice = people_user(&loaded->people, BYTES("alice"));

	(void)state;
	assert_string_equal(memory_said(&memory, true), "");
	assert_non_null(alice);
	assert_ptr_equal(people_user(&loaded->people, BYTES("al")), alice);
	assert_null(people_user(&loaded->people, BYTES("Alice")));
	assert_null(people_user(&loaded->people, BYTES("")));
	assert_ptr_equal(people_email(&loaded->people, BYTES("aLICE@example.ORG")), alice);
	assert_ptr_equal(people_email(&loaded->people, BYTES("a@example.org")), alice);
	assert_null(people_email(&loaded->people, BYTES("b@example.org")));
	assert_null(people_email(&loaded->people, BYTES("")));
	arena_free(memory.arena);
}

static void listing(void **state)
{
	struct memory memory = memory_new(policy, NULL);
	const struct policy *loaded = memory_load(&memory);

	(void)state;
	for (size_t i = 0; i < COUNT(lists); i++) {
		struct bytes ref = bytes_printf(memory.arena, "refs/heads/%s", lists[i].branch);
		const struct setting *push = section_setting(section_find(loaded, ref), "push");
		const struct user *user = lists[i].user ? people_user(&loaded->people, bytes_of(lists[i].user)) : NULL;

		if (people_listed(push, user) != lists[i].listed)
			fail_msg("%s, %s", lists[i].branch, lists[i].user ? lists[i].user : "anonymous");
	}
	arena_free(memory.arena);
}

/* Ten thousand groups, each in the next: depth costs no stack. */
static void deep(void **state)
{
	struct memory memory = memory_new(NULL, NULL);
	struct buffer text = {.arena = memory.arena};
	const int depth = 10000;

	(void)state;
	buffer_printf(&text, HEAD "[user \"alice\"]\n[group \"g%d\"]\nmembers = alice\n", depth);
	for (int i = depth - 1; i >= 0; i--)
		buffer_printf(&text, "[group \"g%d\"]\nmembers = @g%d\n", i, i + 1);
	buffer_printf(&text, "[branch \"main\"]\npush = @g0\n");
	memory.policy = buffer_bytes(&text).data;
	const struct policy *loaded = memory_load(&memory);

	assert_non_null(loaded);
	assert_true(people_listed(section_setting(loaded->sections[0], "push"),
				  people_user(&loaded->people, BYTES("alice"))));
	arena_free(memory.arena);
}

static void circles(void **state)
{
	struct memory memory = memory_new(HEAD "[group \"a\"]\nmembers = @b\n[group \"b\"]\nmembers = @c\n"
					       "[group \"c\"]\nmembers = @b\n",
					  NULL);

	(void)state;
	assert_null(memory_load(&memory));
	assert_string_equal(memory_said(&memory, true),
			    "9:11 @b would contain itself (fix: break the circle: @b in @c in @b)\n");
	arena_free(memory.arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(knowing),
		cmocka_unit_test(listing),
		cmocka_unit_test(deep),
		cmocka_unit_test(circles),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
