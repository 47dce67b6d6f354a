/* test_refname: git's own rules for ref names, and no name that could mislead. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "arena.h"
#include "push.h"

static void accepted(void **state)
{
	static const char *const table[] = {
		"refs/heads/main",	   "refs/heads/feature/a-b",
		"refs/tags/v1.0.0",	   "refs/heads/@",
		"refs/heads/a@b",	   "refs/heads/a{b}",
		"refs/heads/caf\xc3\xa9",  "refs/heads/a.b",
		"refs/heads/lock",	   "refs/heads/a.locker",
		"refs/heads/a/HEAD",	   "refs/notes/commits",
		"refs/heads/a/FETCH_HEAD", "refs/heads/m\xd0\xb0in",
		"refs/heads/a\xc2\xa0",	   "refs/notes/HEAD",
		"refs/heads/a-",	   "refs/heads/_!\"#$%&'()+,;<=>`|",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		assert_null(refname_problem(bytes_of(table[i])));
}

static void refused(void **state)
{
	static const struct {
		const char *ref, *problem;
	} table[] = {
		{"", "it is empty"},
		{"HEAD", "it does not start with refs/"},
		{"FETCH_HEAD", "it does not start with refs/"},
		{"config", "it does not start with refs/"},
		{"a/../x", "it does not start with refs/"},
		{"/refs/heads/x", "it does not start with refs/"},
		{"Refs/heads/x", "it does not start with refs/"},
		{"refs/x", "it has no second slash, as in refs/heads/main"},
		{"refs/", "it has no second slash, as in refs/heads/main"},
		{"refs", "it does not start with refs/"},
		{"refs/heads/", "it has an empty part: two slashes together, or one at its end"},
		{"refs//x", "it has an empty part: two slashes together, or one at its end"},
		{"refs/heads//x", "it has an empty part: two slashes together, or one at its end"},
		{"refs/heads/x/", "it has an empty part: two slashes together, or one at its end"},
		{"refs/heads/../x", "it holds \"..\""},
		{"refs/heads/a..b", "it holds \"..\""},
		{"refs/heads/.x", "a part of it starts with a dot"},
		{"refs/heads/.", "it ends with a dot"},
		{"refs/heads/x.", "it ends with a dot"},
		{"refs/heads/HEAD", "its short name is HEAD or ends in _HEAD, as git's own refs do"},
		{"refs/heads/FETCH_HEAD", "its short name is HEAD or ends in _HEAD, as git's own refs do"},
		{"refs/tags/0123456789012345678901234567890123456789", "its short name looks like the id of an object"},
		{"refs/heads/refs/heads/main", "its short name starts with refs/ again"},
		{"refs/heads/-x", "a part of it starts with \"-\", which commands would take for an option"},
		{"refs/heads/a/-x", "a part of it starts with \"-\", which commands would take for an option"},
		{"refs/heads/x.lock", "a part of it ends with .lock"},
		{"refs/heads/x.lock/y", "a part of it ends with .lock"},
		{"refs/heads/a@{b", "it holds \"@{\""},
		{"refs/heads/a b", "it holds a space"},
		{"refs/heads/a ", "it holds a space"},
		{"refs/heads/a~b", "it holds one of ~ ^ : ? * [ \\"},
		{"refs/heads/a^", "it holds one of ~ ^ : ? * [ \\"},
		{"refs/heads/a:b", "it holds one of ~ ^ : ? * [ \\"},
		{"refs/heads/a?", "it holds one of ~ ^ : ? * [ \\"},
		{"refs/heads/*", "it holds one of ~ ^ : ? * [ \\"},
		{"refs/heads/[a", "it holds one of ~ ^ : ? * [ \\"},
		{"refs/heads/a\\b", "it holds one of ~ ^ : ? * [ \\"},
		{"refs/heads/a\nb", "it holds a line break"},
		{"refs/heads/a\r", "it holds a line break"},
		{"refs/heads/\x1b[31m", "it holds a control character"},
		{"refs/heads/a\tb", "it holds a control character"},
		{"refs/heads/\x7f", "it holds a control character"},
		{"refs/heads/\xc2\x9b", "it holds a control character"},
		{"refs/heads/\xff", "it is not valid UTF-8"},
		{"refs/heads/\xc3", "it is not valid UTF-8"},
		{"refs/heads/\xe2\x80\xaemain", "it holds an invisible or direction-changing character"},
		{"refs/heads/ma\xe2\x80\x8bin", "it holds an invisible or direction-changing character"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		const char *problem = refname_problem(bytes_of(table[i].ref));

		assert_non_null(problem);
		assert_string_equal(problem, table[i].problem);
	}
	assert_string_equal(refname_problem(BYTES("refs/heads/a\0b")), "it holds a NUL");
}

static void length(void **state)
{
	char ref[1025] = "refs/heads/";

	(void)state;
	memset(ref + strlen(ref), 'x', sizeof(ref) - strlen(ref));
	assert_null(refname_problem((struct bytes){ref, 1024}));
	assert_string_equal(refname_problem((struct bytes){ref, 1025}), "it is longer than 1,024 bytes");
}

static void reserved(void **state)
{
	(void)state;
	assert_true(refname_reserved(BYTES("refs/approvals/heads/main/x/alice")));
	assert_true(refname_reserved(BYTES("refs/checks/x/ci")));
	assert_true(refname_reserved(BYTES("refs/grants/heads/main/x/y/alice")));
	assert_false(refname_reserved(BYTES("refs/deploy/production/live")));
	assert_true(refname_reserved(BYTES("refs/policy/current")));
	assert_false(refname_reserved(BYTES("refs/policyx/current")));
	assert_false(refname_reserved(BYTES("refs/heads/approvals/x")));
	assert_false(refname_reserved(BYTES("refs/notes/commits")));
}

static void short_names(void **state)
{
	static const struct {
		const char *ref, *name;
	} pairs[] = {
		{"refs/heads/main", "main"},
		{"refs/heads/a/b", "a/b"},
		{"refs/deploy/production/live", "deploy/production/live"},
		{"refs/tags/v1", "refs/tags/v1"},
		{"refs/notes/x", "refs/notes/x"},
	};
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < sizeof(pairs) / sizeof(*pairs); i++) {
		assert_true(bytes_equal(refname_short(bytes_of(pairs[i].ref)), bytes_of(pairs[i].name)));
		assert_true(bytes_equal(refname_full(arena, bytes_of(pairs[i].name)), bytes_of(pairs[i].ref)));
	}
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(accepted), cmocka_unit_test(refused),	   cmocka_unit_test(length),
		cmocka_unit_test(reserved), cmocka_unit_test(short_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
