/* test_gitmodules: what a .gitmodules file may say, and that it is read as git reads it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "arena.h"
#include "gitconfig.h"
#include "gitmodules.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))
#define SUB "[submodule \"x\"]\n"

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

/* "section key=value" for each variable, one a line; "!N" where it breaks. */
static const char *read_all(const char *text)
{
	struct gitconfig file = gitconfig_open(arena, bytes_of(text));
	struct buffer said = {.arena = arena};
	struct gitconfig_entry entry;
	enum gitconfig_step step;

	buffer_add(&said, BYTES(""));
	while ((step = gitconfig_next(&file, &entry)) == GITCONFIG_ENTRY)
		buffer_printf(&said, "%.*s %.*s=%.*s\n", BYTES_ARG(entry.section), BYTES_ARG(entry.key),
			      BYTES_ARG(entry.value));
	if (step == GITCONFIG_BROKEN)
		buffer_printf(&said, "!%u", file.line);
	return buffer_bytes(&said).data;
}

static const struct {
	const char *text, *said;
} files[] = {
	{"", ""},
	{"\n# c\n ; c\n", ""},
	{"[a]\nb = c", "a b=c\n"},
	{"\xef\xbb\xbf[a]\r\nb = c\r\n", "a b=c\n"},
	{"[A]B=C", "a b=C\n"},
	{"[a \"B c\"]\nd", "a.B c d=\n"},
	{"[a \"x\\\"y\\\\z\"]\nd=1", "a.x\"y\\z d=1\n"},
	{"[a.B]\nd=1", "a.b d=1\n"},
	{"[a]\nb = c d  \n", "a b=c d\n"},
	{"[a]\nb = c ; d\ne = f#g\n", "a b=c\na e=f\n"},
	{"[a]\nb = \"c ; d \"\n", "a b=c ; d \n"},
	{"[a]\nb = c\\\n  d\n", "a b=c  d\n"},
	{"[a]\nb = c\\td\\n\\\\\\\"\n", "a b=c\td\n\\\"\n"},
	{"[a]\nb-1=c\n", "a b-1=c\n"},
	{"b=c", " b=c\n"},
	{"[a]\nb = \"c\n", "!2"},
	{"[a]\nb = c\\x\n", "!2"},
	{"[a\nb = c\n", "!2"},
	{"[a \"b]\n", "!2"},
	{"[a \"b\" ]\n", "!1"},
	{"[a b]\n", "!1"},
	{"[a_b]\n", "!1"},
	{"[a]\nb c\n", "!2"},
	{"[a]\n= c\n", "!2"},
	{"[a]\nb_c = d\n", "!2"},
};

static void files_are_read(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(files); i++)
		if (strcmp(read_all(files[i].text), files[i].said) != 0)
			fail_msg("%s\nis read as\n%s", files[i].text, read_all(files[i].text));
}

static const struct {
	const char *text, *problem; /* part of what is said; NULL: nothing */
	unsigned line;
} modules[] = {
	{"", NULL, 0},
	{SUB "path = lib/x\nurl = https://example.org/x.git\n", NULL, 0},
	{SUB "path = lib/x\nurl = ../x.git\n", NULL, 0},
	{SUB "url = ./../x\n", NULL, 0},
	{SUB "url = git@example.org:x.git\nupdate = rebase\n", NULL, 0},
	{SUB "url = https://example.org/a%20b\n", NULL, 0},
	{"[submodule \"a..b/c\"]\nurl = x\n", NULL, 0},
	{"[other \"../x\"]\nurl = -x\n", NULL, 0},
	{"[submodule]\nurl = -x\n", NULL, 0},
	{SUB "url = -oProxyCommand=x\n", "option", 2},
	{SUB "url = \"-x\"\n", "option", 2},
	{SUB "URL = -x\n", "option", 2},
	{"[SUBMODULE \"x\"]url=-x\n", "option", 1},
	{"[submodule.x]\nurl = -x\n", "option", 2},
	{SUB "url = \"https://a\\nb\"\n", "control", 2},
	{SUB "url = https://a%0ab\n", "control", 2},
	{SUB "url = https://a%0D%0Ab\n", "control", 2},
	{SUB "url = ../../:x\n", "host", 2},
	{SUB "url = .././..//x\n", "host", 2},
	{SUB "path = -x\n", "option", 2},
	{SUB "path = ../x\n", "leaves", 2},
	{SUB "path = a/../../x\n", "leaves", 2},
	{SUB "path = a\\\\..\\\\x\n", "leaves", 2},
	{SUB "path = /x\n", "leaves", 2},
	{SUB "path = a/.GIT/hooks\n", "own files", 2},
	{SUB "path = \"x\\n\"\n", "control", 2},
	{SUB "path = x\rsub\n", "control", 2},
	{SUB "update = !rm -rf\n", "command", 2},
	{"[submodule \"../x\"]\nurl = y\n", "\"..\"", 2},
	{"[submodule \"a/..\"]\nurl = y\n", "\"..\"", 2},
	{"[submodule \"a\\\\..\\\\b\"]\nurl = y\n", "\"..\"", 2},
	{"[submodule \"\"]\nurl = y\n", "empty", 2},
	{"[submodule \"-x\"]\nurl = y\n", "option", 2},
	{SUB "url = x\n[submodule \"y\"]\nurl = -x\n", "option", 4},
	{SUB "url = \"x\n", "cannot be read", 2},
	{SUB "url = x\n!\n", "cannot be read", 3},
};

static void modules_are_judged(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(modules); i++) {
		struct gitmodules_problem problem;
		bool good = gitmodules_check(arena, bytes_of(modules[i].text), &problem);

		if (good != !modules[i].problem)
			fail_msg("%s", modules[i].text);
		if (!good && (!strstr(problem.text, modules[i].problem) || problem.line != modules[i].line))
			fail_msg("%s: line %u %s", modules[i].text, problem.line, problem.text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(files_are_read),
		cmocka_unit_test(modules_are_judged),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
