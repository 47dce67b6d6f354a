/* test_pathname: which names git or a file system takes for others, and where links lead. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "pathname.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static const struct {
	const char *name, *alias;
} aliases[] = {
	{"a", ""},
	{".gi", ""},
	{".git", ".git"},
	{".GIT", ".git"},
	{".Git", ".git"},
	{".git.", ".git"},
	{".git ", ".git"},
	{".git. . ", ".git"},
	{".git::$INDEX_ALLOCATION", ".git"},
	{".git :x", ".git"},
	{"git~1", ".git"},
	{"GIT~1", ".git"},
	{"GIT~1.", ".git"},
	{"git~2", ""},
	{"git", ""},
	{".gitx", ""},
	{".git~1", ""},
	{"..git", ""},
	{".gitmodules", ".gitmodules"},
	{".GITmodules", ".gitmodules"},
	{".gitmodules ", ".gitmodules"},
	{".gitmodules:x", ".gitmodules"},
	{"gitmod~1", ".gitmodules"},
	{"GITMOD~4", ".gitmodules"},
	{"gitmod~5", ""},
	{"gitmod~0", ""},
	{"gi7eba~1", ".gitmodules"},
	{"GI7EBA~9", ".gitmodules"},
	{"gi7eb~10", ".gitmodules"},
	{"gi7e~123", ".gitmodules"},
	{"gi7eb~01", ""},
	{"gi7eba~x", ""},
	{"gi7eba~", ""},
	{"gitatt~1", ".gitattributes"},
	{"gi7d29~1", ".gitattributes"},
	{".gitattributes", ".gitattributes"},
	{"gitign~3", ".gitignore"},
	{"gi250a~2", ".gitignore"},
	{".gitignore", ".gitignore"},
	{".gitignored", ""},
};

static void names_of_git(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(aliases); i++)
		if (!bytes_equal(pathname_alias(bytes_of(aliases[i].name)), bytes_of(aliases[i].alias)))
			fail_msg("%s", aliases[i].name);
}

static const struct {
	struct bytes name;
	bool good;
} names[] = {
	{{"README.md", 9}, true},
	{{"a b", 3}, true},
	{{" a", 2}, true},
	{{"...a", 4}, true},
	{{"Grün", 5}, true},
	{{"日本", 6}, true},
	{{"Foo::Bar.3pm", 12}, true},
	{{".gitignore", 10}, true},
	{{".gitmodules", 11}, true},
	{{".github", 7}, true},
	{{"", 0}, false},
	{{".", 1}, false},
	{{"..", 2}, false},
	{{"...", 3}, false},
	{{"a.", 2}, false},
	{{"a ", 2}, false},
	{{"a\\b", 3}, false},
	{{"a\nb", 3}, false},
	{{"a\0b", 3}, false},
	{{"a\x7f", 2}, false},
	{{"\xff", 1}, false},
	{{"a\xc3", 2}, false},
	{{"\xed\xa0\x80", 3}, false},
	{{".g\xe2\x80\x8cit", 7}, false},
	{{".gi\xef\xbb\xbft", 7}, false},
	{{"a\xe2\x80\xae"
	  "b",
	  5},
	 false},
	{{".GIT", 4}, false},
	{{"git~1", 5}, false},
	{{".GitIgnore", 10}, false},
	{{"gitmod~1", 8}, false},
};

static void names_that_mislead(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(names); i++)
		if (!pathname_problem(names[i].name) != names[i].good)
			fail_msg("%.*s", BYTES_ARG(names[i].name));
}

static const struct {
	const char *path, *target;
	bool good;
} links[] = {
	{"a", "b", true},
	{"a", "", true},
	{"a", "./b", true},
	{"a", "b//c/", true},
	{"a/b", "../c", true},
	{"a/b/c", "../../d", true},
	{"a/b/c", ".././../d", true},
	{"a", "..b", true},
	{"a", ".github/x", true},
	{"a", "../b", false},
	{"a/b", "../../c", false},
	{"a/b", "..", true},
	{"a/b/c", "../../../d", false},
	{"a", "..", false},
	{"a", "b/../c", false}, /* b may become a link to somewhere else */
	{"a", "b/../../c", false},
	{"a/b", "..\\..\\c", false},
	{"a", "/etc/passwd", false},
	{"a", "\\\\host\\x", false},
	{"a", "C:x", false},
	{"a", "c:\\x", false},
	{"a", ".git/config", false},
	{"a/b", "../.GIT/hooks/x", false},
	{"a", "x\\git~1\\config", false},
};

static void links_that_leave(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(links); i++)
		if (!pathname_link_problem(bytes_of(links[i].path), bytes_of(links[i].target)) != links[i].good)
			fail_msg("%s -> %s", links[i].path, links[i].target);
	assert_non_null(pathname_link_problem(BYTES("a"), BYTES("b\0c")));
}

static void paths_are_cut(void **state)
{
	struct bytes rest = BYTES("a/b//"), name;

	(void)state;
	assert_true(pathname_next(&rest, &name) && bytes_equal(name, BYTES("a")));
	assert_true(pathname_next(&rest, &name) && bytes_equal(name, BYTES("b")));
	assert_true(pathname_next(&rest, &name) && !name.len);
	assert_true(pathname_next(&rest, &name) && !name.len);
	assert_false(pathname_next(&rest, &name));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_of_git),
		cmocka_unit_test(names_that_mislead),
		cmocka_unit_test(links_that_leave),
		cmocka_unit_test(paths_are_cut),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
