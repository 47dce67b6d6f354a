/* test_pattern: headings match whole names, in every possible split, in bounded time. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdbool.h>
#include <string.h>

#include "arena.h"
#include "pattern.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static struct pattern *compiled(struct arena *arena, const char *text)
{
	const char *problem = NULL;
	size_t offset;
	struct pattern *pattern = pattern_compile(arena, bytes_of(text), &problem, &offset);

	if (!pattern)
		fail_msg("%s: %s", text, problem);
	return pattern;
}

static void matching(void **state)
{
	static const struct {
		const char *pattern, *name;
		bool matches;
	} table[] = {
		{"main", "main", true},
		{"main", "Main", false},
		{"main", "main2", false},
		{"main", "", false},
		{"*", "main", true},
		{"*", "a/b", false},
		{"**", "a/b/c", true},
		{"feature/*", "feature/x", true},
		{"feature/*", "feature/x/y", false},
		{"feature/*", "feature", false},
		{"feature/**", "feature/x/y", true},
		{"feature/**", "features/x", false},
		{"*/x", "a/x", true},
		{"*/x", "a/b/x", false},
		{"**/x", "a/b/x", true},
		{"a*b*c", "abxbxc", true},
		{"a**c", "a/b/c", true},
		{"release*", "release", true},
		{"feature/{slug}", "feature/login-page", true},
		{"feature/{slug}", "feature/Login", false},
		{"feature/{slug}", "feature/login_page", false},
		{"feature/{slug}", "feature/login-", false},
		{"feature/{slug}", "feature/-login", false},
		{"feature/{slug}", "feature/a--b", false},
		{"feature/{slug}", "feature/", false},
		{"feature/{slug}", "feature/a/b", false},
		{"fix/{slug}-x", "fix/a-b-x", true},
		{"fix/{slug}-x", "fix/a-x-x", true},
		{"fix/{slug}-x", "fix/x", false},
		{"fix/{slug}-x", "fix/-x", false},
		{"fix/{slug}{slug}", "fix/ab", true},
		{"fix/{slug}{slug}", "fix/a", false},
		{"fix/{number}-{slug}", "fix/12-a-b", true},
		{"fix/{number}-{slug}", "fix/012-a", false},
		{"fix/{number}{slug}", "fix/10", true},
		{"{number}", "0", true},
		{"{number}", "10", true},
		{"{number}", "00", false},
		{"{number}", "01", false},
		{"{number}", "1.2", false},
		{"{number}", "1.", false},
		{"{number}.x", "1.x", true},
		{"{number}.{number}", "1.0", true},
		{"{number}.{number}", "1.00", false},
		{"v{semver}", "v1.2.3", true},
		{"v{semver}", "v0.0.0", true},
		{"v{semver}", "v10.20.30", true},
		{"v{semver}", "v123456789.0.999999999", true},
		{"v{semver}", "v01.2.3", false},
		{"v{semver}", "v1.02.3", false},
		{"v{semver}", "v1.2.03", false},
		{"v{semver}", "v1.2", false},
		{"v{semver}", "v1.2.3.4", false},
		{"v{semver}", "v1..3", false},
		{"v{semver}", "v1.2.", false},
		{"v{semver}", "v.1.2", false},
		{"v{semver}", "v1.2.3-rc1", false},
		{"v{semver}-rc{number}", "v1.2.3-rc1", true},
		{"v{semver}-rc{number}", "v1.2.3-rc", false},
		{"{semver}{semver}", "1.2.31.2.3", true},
		{"caf\xc3\xa9/*", "caf\xc3\xa9/x", true},
		{"user/{user}/*", "user/alice/x", true},
		{"user/{user}/*", "user//x", false},
		{"user/{user}", "user/a/b", false},
	};
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(table); i++)
		if (pattern_match(compiled(arena, table[i].pattern), bytes_of(table[i].name), (struct bytes){0}) !=
		    table[i].matches)
			fail_msg("%s and %s", table[i].pattern, table[i].name);
	arena_free(arena);
}

static void matching_a_user(void **state)
{
	static const struct {
		const char *pattern, *name, *user;
		bool matches;
	} table[] = {
		{"user/{user}/*", "user/alice/x", "alice", true},
		{"user/{user}/*", "user/alice/x", "bob", false},
		{"user/{user}/*", "user/alice2/x", "alice", false},
		{"{user}", "alice", "alice", true},
		{"{user}", "alice", "alicex", false},
		{"{user}-{user}", "a-a-a-a", "a-a", true},
		{"{user}-{user}", "a-a-a", "a-a", false},
		{"{user}-{user}", "a-a", "a", true},
		{"*{user}*", "xxalicexx", "alice", true},
		{"{slug}-{user}", "fix-alice-alice", "alice", true},
		{"main", "main", "alice", true},
	};
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(table); i++)
		if (pattern_match(compiled(arena, table[i].pattern), bytes_of(table[i].name),
				  bytes_of(table[i].user)) != table[i].matches)
			fail_msg("%s and %s for %s", table[i].pattern, table[i].name, table[i].user);
	arena_free(arena);
}

/* A pattern and a name on which backtracking would take longer than the universe. */
static void hostile_names_cost_little(void **state)
{
	char text[200], name[1024];
	struct arena *arena = arena_new();
	struct pattern *pattern;

	(void)state;
	for (size_t i = 0; i < sizeof(text) - 2; i += 2)
		memcpy(text + i, "*a", 2);
	memcpy(text + sizeof(text) - 2, "b", 2);
	memset(name, 'a', sizeof(name));
	pattern = compiled(arena, text);
	assert_false(pattern_match(pattern, (struct bytes){name, sizeof(name)}, (struct bytes){0}));
	name[sizeof(name) - 1] = 'b';
	assert_true(pattern_match(pattern, (struct bytes){name, sizeof(name)}, (struct bytes){0}));
	arena_free(arena);
}

static void names_too_long_match_nothing(void **state)
{
	char name[1025];
	struct arena *arena = arena_new();

	(void)state;
	memset(name, 'a', sizeof(name));
	assert_true(pattern_match(compiled(arena, "**"), (struct bytes){name, 1024}, (struct bytes){0}));
	assert_false(pattern_match(compiled(arena, "**"), (struct bytes){name, 1025}, (struct bytes){0}));
	arena_free(arena);
}

static void faults(void **state)
{
	static const struct {
		const char *text;
		size_t offset;
		const char *problem;
	} table[] = {
		{"", 0, "it is empty"},
		{"a/***", 2, "\"***\" means nothing: \"*\" stops at a slash, \"**\" does not"},
		{"fix/{slg}", 4, "the templates are {slug}, {semver}, {number} and {user}"},
		{"fix/{}", 4, "the templates are {slug}, {semver}, {number} and {user}"},
		{"fix/{slug", 4, "the templates are {slug}, {semver}, {number} and {user}"},
		{"fix}", 3, "the templates are {slug}, {semver}, {number} and {user}"},
		{"fix/?", 4, "\"?\" and \"[\" match nothing here: a pattern knows \"*\", \"**\" and templates"},
		{"fix/[ab]", 4, "\"?\" and \"[\" match nothing here: a pattern knows \"*\", \"**\" and templates"},
		{"/main", 0, "it has an empty part: two slashes together, or one at its end"},
		{"main/", 0, "it has an empty part: two slashes together, or one at its end"},
		{"a//b", 0, "it has an empty part: two slashes together, or one at its end"},
		{"a..b", 0, "it holds \"..\""},
		{"{slug}.lock", 0, "a part of it ends with .lock"},
		{"-{slug}", 0, "a part of it starts with \"-\", which commands would take for an option"},
		{".x", 0, "a part of it starts with a dot"},
		{"a b", 0, "it holds a space"},
		{"a~1", 0, "it holds one of ~ ^ : ? * [ \\"},
		{"\xff", 0, "it is not valid UTF-8"},
	};
	struct arena *arena = arena_new();
	const char *problem;
	char text[257];
	size_t offset;

	(void)state;
	for (size_t i = 0; i < COUNT(table); i++) {
		assert_null(pattern_compile(arena, bytes_of(table[i].text), &problem, &offset));
		assert_string_equal(problem, table[i].problem);
		assert_int_equal(offset, table[i].offset);
	}
	memset(text, 'a', sizeof(text));
	assert_null(pattern_compile(arena, (struct bytes){text, sizeof(text)}, &problem, &offset));
	assert_string_equal(problem, "it is longer than 256 bytes");
	assert_non_null(pattern_compile(arena, (struct bytes){text, 256}, &problem, &offset));
	arena_free(arena);
}

static void parts(void **state)
{
	static const struct {
		const char *text, *prefix;
		bool literal;
	} table[] = {
		{"main", "main", true},	   {"feature/{slug}", "feature/", false},
		{"*", "", false},	   {"release/v{semver}-x", "release/v", false},
		{"a/b/**", "a/b/", false},
	};
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(table); i++) {
		struct pattern *pattern = compiled(arena, table[i].text);

		assert_true(bytes_equal(pattern_text(pattern), bytes_of(table[i].text)));
		assert_true(bytes_equal(pattern_prefix(pattern), bytes_of(table[i].prefix)));
		assert_int_equal(pattern_literal(pattern), table[i].literal);
	}
	arena_free(arena);
}

static void covering(void **state)
{
	static const struct {
		const char *earlier, *later;
		bool covers;
	} table[] = {
		{"**", "main", true},
		{"**", "feature/{slug}", true},
		{"**", "**", true},
		{"**", "user/{user}/**", true},
		{"*", "**", false},
		{"*", "main", true},
		{"*", "a/b", false},
		{"*", "{slug}-{number}", true},
		{"*", "{slug}/x", false},
		{"main", "main", true},
		{"main", "main2", false},
		{"feature/*", "feature/{slug}", true},
		{"feature/*", "feature/{slug}-{number}", true},
		{"feature/*", "feature/**", false},
		{"feature/**", "feature/*", true},
		{"feature/**", "feature/x/y", true},
		{"feature/**", "feature/{slug}/{user}", true},
		{"feature/{slug}", "feature/*", false},
		{"feature/{slug}", "feature/{slug}", true},
		{"feature/{slug}", "feature/{number}", true},
		{"feature/{slug}", "feature/login-page", true},
		{"feature/{slug}", "feature/Login", false},
		{"v{semver}", "v1.2.3", true},
		{"v{semver}", "v{semver}", true},
		{"v{semver}", "v{number}.0.0", false},
		{"v*", "v{semver}", true},
		{"*-x", "{slug}-x", true},
		{"*x*", "a{slug}x{slug}", true},
		{"*/x", "a/*/x", false},
		{"**/x", "a/*/x", true},
		{"user/{user}", "user/alice", false},
		{"user/{user}", "user/{user}", true},
		{"user/*", "user/{user}", true},
		{"bugfix/*", "feature/*", false},
	};
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(table); i++)
		if (pattern_covers(compiled(arena, table[i].earlier), compiled(arena, table[i].later)) !=
		    table[i].covers)
			fail_msg("%s and %s", table[i].earlier, table[i].later);
	arena_free(arena);
}

static void versions(void **state)
{
	static const struct {
		const char *pattern, *name, *version; /* NULL: none can be told */
	} table[] = {
		{"v{semver}", "v1.2.3", "1.2.3"},
		{"v{semver}", "v1.2.3-rc", NULL},
		{"v{semver}", "v01.2.3", NULL},
		{"{semver}", "10.0.200", "10.0.200"},
		{"app/v{semver}-lts", "app/v1.2.3-lts", "1.2.3"},
		{"1{semver}0", "11.2.30", "1.2.3"},
		{"v1.2.3", "v1.2.3", NULL},
		{"v{number}.0.0", "v1.0.0", NULL},
		{"{slug}/v{semver}", "a/v1.2.3", NULL},
		{"v{semver}*", "v1.2.3", NULL},
		{"v{semver}-{semver}", "v1.2.3-1.2.3", NULL},
	};
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(table); i++) {
		const struct pattern *pattern = compiled(arena, table[i].pattern);
		struct bytes version = {0};
		bool told = pattern_version(pattern, bytes_of(table[i].name), &version);

		if (told != !!table[i].version || (told && !bytes_equal(version, bytes_of(table[i].version))))
			fail_msg("%s in %s: %.*s", table[i].pattern, table[i].name, BYTES_ARG(version));
		assert_true(!told || pattern_versioned(pattern));
	}
	arena_free(arena);
}

static void folders(void **state)
{
	static const struct {
		const char *pattern, *folder;
	} table[] = {
		{"v{semver}", ""}, {"release/v{semver}", "release/"}, {"a/b/*", "a/b/"}, {"a/b", "a/"}, {"**", ""},
	};
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(table); i++) {
		struct bytes folder = pattern_folder(compiled(arena, table[i].pattern));

		if (!bytes_equal(folder, bytes_of(table[i].folder)))
			fail_msg("%s: %.*s", table[i].pattern, BYTES_ARG(folder));
	}
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(matching),
		cmocka_unit_test(matching_a_user),
		cmocka_unit_test(hostile_names_cost_little),
		cmocka_unit_test(names_too_long_match_nothing),
		cmocka_unit_test(faults),
		cmocka_unit_test(parts),
		cmocka_unit_test(covering),
		cmocka_unit_test(versions),
		cmocka_unit_test(folders),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
