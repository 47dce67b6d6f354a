/* test_codeowners: which line of CODEOWNERS decides about a path, and that its patterns are those of gitignore(5). */
#include "gitfixture.h"

#include "arena.h"
#include "codeowners.h"
#include "pathtree.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static struct arena *arena;

static int setup(void **state)
{
	(void)state;
	arena = arena_new();
	return arena ? 0 : -1;
}

static int teardown(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

/* The owners of `path`; "-" when it is nobody's on purpose, "?" when the line cannot be read, "" when none matches. */
static const char *owners_of(struct codeowners *codeowners, const char *path)
{
	const struct codeowners_line *line = codeowners_find(codeowners, bytes_of(path));

	if (!line)
		return "";
	if (line->problem)
		return "?";
	return line->owners.len ? bytes_copy(arena, line->owners).data : "-";
}

static void test_lines(void **state)
{
	static const struct {
		const char *text, *path, *owners;
	} cases[] = {
		{"", "a", ""},
		{"# * @dan\n\n   \n", "a", ""},
		{"* @dan", "a", "@dan"},
		{"* @dan\n", "src/deep/a.c", "@dan"},
		{"* @dan\r\n*.c @web\r\n", "a.c", "@web"},
		{"*\t@dan\t @web  mail@example.org \t", "a", "@dan\t @web  mail@example.org"},
		{"  * @dan", "a", "@dan"},
		{"\xef\xbb\xbf* @dan", "a", "@dan"},
		{"* @dan # the boss", "a", "@dan"},
		{"* @dan #the boss", "a", "@dan"},
		{"* @dan#1 @web", "a", "@dan#1 @web"},
		{"* # nobody", "a", "-"},
		{"a#b @dan", "a#b", "@dan"},
		{"* @dan\n*.c @web", "a.c", "@web"},
		{"*.c @web\n* @dan", "a.c", "@dan"},
		{"/apps/ @dan\n/apps/github", "apps/github", "-"},
		{"/apps/ @dan\n/apps/github", "apps/github/x", "-"},
		{"/apps/ @dan\n/apps/github", "apps/gitlab", "@dan"},
		{"docs/* @dan", "docs/a.md", "@dan"},
		{"docs/* @dan", "docs/build-app/a.md", ""},
		{"/* @dan", "a", "@dan"},
		{"/* @dan", "a/b", ""},
		{"docs/** @dan", "docs/build-app/a.md", "@dan"},
		{"**/logs @dan", "deeply/nested/logs/x", "@dan"},
		{"**/logs @dan", "logs", "@dan"},
		{"/logs/ @dan", "logs", ""},
		{"/logs/ @dan", "logs/", "@dan"},
		{"logs @dan", "deeply/logs/", "@dan"},
		{"/logs @dan\n/logs/* @web", "logs/", "@dan"},
		{"my\\ file.c @dan", "my file.c", "@dan"},
		{"my\\ file.c @dan", "my", ""},
		{"\\*.c @dan", "*.c", "@dan"},
		{"\\*.c @dan", "a.c", ""},
		{"\\!a @dan", "!a", "@dan"},
		{"\\[slug\\] @dan", "[slug]", "@dan"},
		{"b\xc3\xa4r @dan", "b\xc3\xa4r/x", "@dan"},
		{"b\xc3\xa4r @dan", "ba\xcc\x88r/x", ""}, /* another spelling is another path */
		{"\"a\" @dan", "\"a\"", "@dan"},
		{"*.C @dan", "a.c", ""},
		{"@a @b", "@a", "@b"},
		{"* @org/web", "a", "@org/web"},
		/* what cannot be read might have been meant for any path */
		{"* @dan\n!a @web", "b", "?"},
		{"* @dan\n[ab].c @web", "b", "?"},
		{"[Section] @web", "b", "?"},
		{"\\# @dan", "#", "?"},
		{"/ @dan", "a", "?"},
		{"a//b @dan", "x", "?"},
		{"a*** @dan", "x", "?"},
		{"a\\/b @dan", "x", "?"},
		{"a\\", "x", "?"},
		{"my file.c @dan", "my file.c", "?"},
		{"* dan", "x", "?"},
		{"* @", "x", "?"},
		{"* @org/", "x", "?"},
		{"* dan@", "x", "?"},
		/* but what a later line says is certain */
		{"!a @web\n* @dan", "b", "@dan"},
		{"!a @web\n*.c @dan", "b", "?"},
		{"!a @web\n*.c @dan", "b.c", "@dan"},
		{"!a @web\n*.c", "b.c", "-"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct codeowners *codeowners = codeowners_parse(arena, bytes_of(cases[i].text));
		const char *owners = owners_of(codeowners, cases[i].path);

		if (strcmp(owners, cases[i].owners) != 0)
			fail_msg("\"%s\": %s is \"%s\"'s, wanted \"%s\"", cases[i].text, cases[i].path, owners,
				 cases[i].owners);
	}
}

static void test_bytes(void **state)
{
	static const char nul[] = "* @dan\na\0b @web\n";
	struct codeowners *codeowners = codeowners_parse(arena, (struct bytes){nul, sizeof(nul) - 1});
	size_t count;
	const struct codeowners_line *lines = codeowners_lines(codeowners, &count);

	(void)state;
	assert_int_equal(count, 2);
	assert_null(lines[0].problem);
	assert_non_null(lines[1].problem);
	assert_int_equal(lines[1].number, 2);
}

static void test_numbers(void **state)
{
	struct codeowners *codeowners = codeowners_parse(arena, BYTES("# one\n\n* @dan\n\n  *.c @web # five\n"));
	const struct codeowners_line *line = codeowners_find(codeowners, BYTES("a.c"));

	(void)state;
	assert_int_equal(line->number, 5);
	assert_true(bytes_equal(line->text, BYTES("*.c @web # five")));
	assert_int_equal(codeowners_find(codeowners, BYTES("a"))->number, 3);
}

/* Every path of up to three of these components. */
static const char *const names[] = {"a", "b", "ab", "a.c"};
#define NAMES COUNT(names)
#define PATHS (NAMES + NAMES * NAMES + NAMES * NAMES * NAMES)

struct paths {
	struct fixture fixture;
	char text[PATHS][16];
	const char *command[PATHS + 12]; /* git check-ignore of all of them */
	char exclude[FIXTURE_PATH + 64];
	char work[FIXTURE_PATH + 16];
};

static void paths_make(struct paths *paths)
{
	static const char *const command[] = {"git", "-C", NULL, "check-ignore", "--no-index"};
	size_t count = 0;

	for (size_t depth = 1, all = NAMES; depth <= 3; depth++, all *= NAMES)
		for (size_t i = 0; i < all; i++) {
			char *text = paths->text[count++];

			snprintf(text, sizeof(paths->text[0]), "%s", names[i % NAMES]);
			for (size_t d = 1, rest = i / NAMES; d < depth; d++, rest /= NAMES) {
				size_t len = strlen(text);

				snprintf(text + len, sizeof(paths->text[0]) - len, "/%s", names[rest % NAMES]);
			}
		}
	fixture_open(&paths->fixture, "unused.git");
	snprintf(paths->work, sizeof(paths->work), "%s/work", paths->fixture.root);
	fixture_run(&paths->fixture, "git", "init", "-q", paths->work);
	memcpy(paths->command, command, sizeof(command));
	paths->command[2] = paths->work;
	for (size_t i = 0; i < PATHS; i++)
		paths->command[COUNT(command) + i] = paths->text[i];
}

/* Whether `line` is one of the lines of `output`. */
static bool has_line(const char *output, const char *line)
{
	struct bytes rest = bytes_of(output), next;

	while (bytes_line(&rest, &next))
		if (bytes_equal(next, bytes_of(line)))
			return true;
	return false;
}

/* Git's word and ours on every path. */
static void compare(struct paths *paths, const char *pattern)
{
	struct pathtree *tree = pathtree_new(arena);
	char line[128];

	pathtree_add(tree, bytes_copy(arena, bytes_of(pattern)), 1);
	snprintf(line, sizeof(line), "%s\n", pattern);
	fixture_write(&paths->fixture, "work/.git/info/exclude", line);
	(void)fixture_exec(&paths->fixture, paths->command); /* 1 when none is ignored */
	for (size_t i = 0; i < PATHS; i++) {
		bool ignored = has_line(paths->fixture.output, paths->text[i]);

		if (ignored != (pathtree_find(tree, bytes_of(paths->text[i])) == 1))
			fail_msg("\"%s\" on %s: git says %s", pattern, paths->text[i], ignored ? "yes" : "no");
	}
}

static void test_git_agrees(void **state)
{
	static const char *const patterns[] = {
		"a",	 "/a",	    "a/",      "/a/",	"a/b",	    "/a/b",	 "a/b/",    "*",
		"**",	 "/**",	    "**/",     "*/",	"/*/",	    "a*",	 "/a*",	    "*.c",
		"/*.c",	 "?",	    "a?",      "a/?",	"a/*b",	    "a/*/b",	 "/a/*/",   "a/**",
		"a/**/", "a/**/b",  "a/**/b/", "**/a",	"**/a/",    "**/a/b",	 "**/*",    "**/*.c",
		"**/**", "**/**/a", "a/**/*",  "/**/b", "a/**/**",  "a/**/*/b",	 "**/a/**", "**/a/**/b",
		"a**",	 "a/b**",   "a/**b",   "**b/a", "\\a",	    "\\*",	 "a\\.c",   "\\a*",
		"?/?",	 "*b*",	    "a.?",     "*a*b*", "/a/b/a.c", "a/**/a.c/", "*/*/*b",  "ab/a.c",
	};
	struct paths *paths = arena_alloc(arena, sizeof(*paths));

	(void)state;
	paths_make(paths);
	for (size_t i = 0; i < COUNT(patterns); i++)
		compare(paths, patterns[i]);
	fixture_close(&paths->fixture);
}

static unsigned random_below(unsigned *seed, unsigned limit)
{
	*seed = *seed * 1103515245u + 12345u;
	return (*seed >> 16) % limit;
}

/* A pattern of up to four components. What GitHub reads otherwise than git is not among them, nor "a**" before a slash,
 * whose stars git takes for "**", against gitignore(5). */
static bool random_pattern(unsigned *seed, char *pattern, size_t size)
{
	static const char *const parts[] = {"a",  "b",	 "ab", "a.c", "*",   "**",  "?",   "a*",
					    "*b", "*.c", "a?", "**a", "a**", "\\a", "\\*", "?b"};
	size_t len = (size_t)snprintf(pattern, size, "%s", random_below(seed, 3) ? "" : "/");
	const char *part = "", *before = "";
	bool tied = len > 0;

	for (unsigned left = 1 + random_below(seed, 4); left; left--) {
		before = part;
		part = parts[random_below(seed, COUNT(parts))];
		if (left > 1 && !strcmp(part, "a**"))
			return false;
		tied |= left > 1;
		len += (size_t)snprintf(pattern + len, size - len, "%s%s", part, left > 1 ? "/" : "");
	}
	if (!random_below(seed, 4))
		snprintf(pattern + len, size - len, "/");
	else if (tied && !strcmp(part, "*") && strcmp(before, "**") != 0)
		return false;
	return true;
}

static void test_git_agrees_at_random(void **state)
{
	struct paths *paths = arena_alloc(arena, sizeof(*paths));
	unsigned seed = 1, tries = 200;
	char pattern[64];

	(void)state;
	paths_make(paths);
	while (tries)
		if (random_pattern(&seed, pattern, sizeof(pattern))) {
			compare(paths, pattern);
			tries--;
		}
	fixture_close(&paths->fixture);
}

/* The shape of patterns that makes matching by trial explode: it ends, and the answer is right. */
static void test_bounded(void **state)
{
	struct pathtree *tree = pathtree_new(arena);
	struct buffer pattern = {.arena = arena}, path = {.arena = arena};

	(void)state;
	for (size_t i = 0; i < 200; i++) {
		buffer_printf(&pattern, "**/*a*a*a*a*/");
		buffer_printf(&path, "aaaaaaaaaaaaaaaaaaaa/");
	}
	pathtree_add(tree, bytes_copy(arena, buffer_bytes(&pattern)), 1);
	buffer_printf(&path, "b");
	assert_int_equal(pathtree_find(tree, buffer_bytes(&path)), 1);
	assert_int_equal(pathtree_find(tree, bytes_from(buffer_bytes(&path), 21)), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_lines, setup, teardown),
		cmocka_unit_test_setup_teardown(test_bytes, setup, teardown),
		cmocka_unit_test_setup_teardown(test_numbers, setup, teardown),
		cmocka_unit_test_setup_teardown(test_git_agrees, setup, teardown),
		cmocka_unit_test_setup_teardown(test_git_agrees_at_random, setup, teardown),
		cmocka_unit_test_setup_teardown(test_bounded, setup, teardown),
	};

	return cmocka_run_group_tests_name("codeowners", tests, NULL, NULL);
}
