/* test_containerfile: as whom a container runs, by its Dockerfile. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "arena.h"
#include "containerfile.h"

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

static const struct {
	const char *name;
	bool is;
} names[] = {
	{"Dockerfile", true},
	{"dockerfile", true},
	{"Dockerfile.prod", true},
	{"api.Dockerfile", true},
	{"api.dockerfile", true},
	{"Containerfile", true},
	{"Containerfile.x", true},
	{"x.Containerfile", true},
	{"Dockerfile-prod", true},
	{"Dockerfile_prod", true},
	{"Dockerfile-x.dockerignore", false},
	{"MyDockerfile", false},
	{"Dockerfiles", false},
	{"docker-compose.yml", false},
	{"", false},
	{".Dockerfile", true},
	{"Dockerfile.dockerignore", false},
};

static void names_are_known(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(names); i++)
		if (containerfile_named(bytes_of(names[i].name)) != names[i].is)
			fail_msg("%s", names[i].name);
}

struct given {
	const char *text;
	enum container_verdict verdict;
	unsigned line;
};

static void run(const struct given *cases, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct container found = containerfile_read(arena, bytes_of(cases[i].text));

		if (found.verdict != cases[i].verdict || found.line != cases[i].line)
			fail_msg("%s\nis %d, line %u (%s)", cases[i].text, (int)found.verdict, found.line,
				 found.problem ? found.problem : "");
	}
}

static void users(void **state)
{
	static const struct given cases[] = {
		{"FROM a\nUSER app\n", CONTAINER_USER, 2},
		{"FROM a\nUSER 10001:10001", CONTAINER_USER, 2},
		{"from a\nuser app", CONTAINER_USER, 2},
		{"\xef\xbb\xbf"
		 "FROM a\r\nUSER app\r\n",
		 CONTAINER_USER, 2},
		{"FROM a\nUSER rooted", CONTAINER_USER, 2},
		{"FROM a\nUSER 1000", CONTAINER_USER, 2},
		{"FROM a\nUSER root\nUSER app\n", CONTAINER_USER, 3},
		{"FROM a\nUSER app:root\n", CONTAINER_USER, 2},
		{"FROM a\nUSER app\nUSER root\n", CONTAINER_ROOT, 3},
		{"FROM a\nUSER root", CONTAINER_ROOT, 2},
		{"FROM a\nUSER \"root\"", CONTAINER_ROOT, 2},
		{"FROM a\nUSER r\\oot", CONTAINER_ROOT, 2},
		{"FROM a\nUSER 0", CONTAINER_ROOT, 2},
		{"FROM a\nUSER 000", CONTAINER_ROOT, 2},
		{"FROM a\nUSER +0", CONTAINER_ROOT, 2},
		{"FROM a\nUSER 0:0", CONTAINER_ROOT, 2},
		{"FROM a\nUSER root:group", CONTAINER_ROOT, 2},
		{"FROM a\nUSER :group", CONTAINER_ROOT, 2},
		{"FROM a\nUSER root # not a comment", CONTAINER_ROOT, 2},
		{"FROM a\nUSER", CONTAINER_ROOT, 2},
		{"FROM a\n", CONTAINER_UNSET, 1},
		{"FROM a\n#USER app\nRUN x", CONTAINER_UNSET, 1},
		{"FROM a\nONBUILD USER app", CONTAINER_UNSET, 1},
		{"FROM a\nENTRYPOINT [\"USER app\"]", CONTAINER_UNSET, 1},
		{"FROM scratch\nCOPY x /\n", CONTAINER_UNSET, 1},
		{"FROM scratch\nUSER 65532\n", CONTAINER_USER, 2},
		{"", CONTAINER_UNREADABLE, 1},
		{"# nothing\n", CONTAINER_UNREADABLE, 1},
		{"USER app\nFROM a\n", CONTAINER_UNREADABLE, 1},
		{"FROM\n", CONTAINER_UNREADABLE, 1},
		{"FROM --platform=x\n", CONTAINER_UNREADABLE, 1},
	};

	(void)state;
	run(cases, COUNT(cases));
}

static void stages(void **state)
{
	static const struct given cases[] = {
		{"FROM a AS build\nUSER app\nFROM b\n", CONTAINER_UNSET, 3},
		{"FROM a AS build\nFROM b\nUSER app", CONTAINER_USER, 3},
		{"FROM a AS base\nUSER app\nFROM base\nRUN x", CONTAINER_USER, 2},
		{"FROM a as Base\nUSER app\nFROM bASE", CONTAINER_USER, 2},
		{"FROM a AS base\nUSER app\nFROM base\nUSER root", CONTAINER_ROOT, 4},
		{"FROM a AS base\nUSER root\nFROM base AS x\nFROM x", CONTAINER_ROOT, 2},
		{"FROM a AS base\nFROM base", CONTAINER_UNSET, 2},
		{"FROM a AS b\nUSER app\nFROM c AS b\nFROM b", CONTAINER_UNSET, 4},
		{"FROM a AS a\nUSER app\nFROM --platform=$X a", CONTAINER_USER, 2},
		{"ARG B=base\nFROM a AS base\nUSER app\nFROM ${B}", CONTAINER_UNSET, 4},
		{"ARG B=other\nFROM a AS base\nUSER app\nFROM $B", CONTAINER_UNSET, 4},
		{"FROM a AS base\nUSER app\nFROM $B", CONTAINER_UNSET, 3},
		/* a name that only comes later is an image's */
		{"FROM later\nFROM a AS later\nUSER app\nFROM x", CONTAINER_UNSET, 4},
	};

	(void)state;
	run(cases, COUNT(cases));
}

static void lines(void **state)
{
	static const struct given cases[] = {
		{"FROM a\nRUN x \\\n  USER root\nUSER app", CONTAINER_USER, 4},
		{"FROM a\nUSER \\\n\n# why\n  root\n", CONTAINER_ROOT, 2},
		{"FROM a\nUSER app\nRUN x \\ \t\nUSER root", CONTAINER_USER, 2},
		{"FROM a\nUSER app\nRUN x \\\\\nUSER root", CONTAINER_ROOT, 4},
		{"FROM a\nUSER app\n# x \\\nUSER root", CONTAINER_ROOT, 4},
		{"FROM a\nUSER app \\", CONTAINER_USER, 2},
		{"# escape=`\nFROM a\nUSER app\nRUN c:\\\nUSER root", CONTAINER_ROOT, 5},
		{"# Escape = `\nFROM a\nUSER app\nRUN x `\nUSER root", CONTAINER_USER, 3},
		{"# hello\n# escape=`\nFROM a\nUSER app\nRUN x \\\nUSER root", CONTAINER_USER, 4},
		{"\n# escape=`\nFROM a\nUSER app\nRUN x \\\nUSER root", CONTAINER_USER, 4},
		{"# syntax=docker/dockerfile:1\n# escape=`\nFROM a\nUSER app\nRUN x `\nUSER root", CONTAINER_USER, 4},
		{"# syntax=example.org/mine\nFROM a\nUSER app\n", CONTAINER_UNREADABLE, 1},
		/* heredocs */
		{"FROM a\nUSER app\nRUN <<EOF\nUSER root\nEOF\n", CONTAINER_USER, 2},
		{"FROM a\nRUN <<EOF\nUSER app\nEOF\n", CONTAINER_UNSET, 1},
		{"FROM a\nUSER app\nRUN cat <<-\"E F\" > x\nUSER root\n\tE F\n", CONTAINER_USER, 2},
		{"FROM a\nUSER app\nCOPY <<A <<B /\nA\nUSER root\nB\n", CONTAINER_USER, 2},
		{"FROM a\nUSER app\nCOPY <<A <<B /\nB\nA\nB\nUSER root\n", CONTAINER_ROOT, 7},
		{"FROM a\nUSER app\nRUN echo '<<EOF'\nUSER root", CONTAINER_ROOT, 4},
		{"FROM a\nUSER app\nRUN cat <<<EOF\nUSER root", CONTAINER_ROOT, 4},
		{"FROM a\nUSER app\nENV X=1 <<EOF\nUSER root", CONTAINER_ROOT, 4},
		{"FROM a\nONBUILD RUN <<EOF\nUSER app\nEOF\n", CONTAINER_UNSET, 1},
		{"FROM a\nUSER app\nRUN <<EOF\nUSER root\n", CONTAINER_UNREADABLE, 3},
	};

	(void)state;
	run(cases, COUNT(cases));
}

static void variables(void **state)
{
	static const struct given cases[] = {
		/* what ARG says a build may change */
		{"FROM a\nARG U=app\nUSER $U", CONTAINER_UNKNOWN, 3},
		{"FROM a\nARG U=root\nUSER ${U}", CONTAINER_UNKNOWN, 3},
		{"FROM a\nENV U=0 G=0\nUSER ${U}:${G}", CONTAINER_ROOT, 3},
		{"FROM a\nARG U\nUSER $U", CONTAINER_UNKNOWN, 3},
		{"FROM a\nUSER $U", CONTAINER_UNKNOWN, 2},
		{"FROM a\nUSER ${U:-app}", CONTAINER_USER, 2},
		{"FROM a\nUSER ${U:-root}", CONTAINER_ROOT, 2},
		{"FROM a\nUSER ${U-app}", CONTAINER_USER, 2},
		{"FROM a\nARG U\nUSER ${U:-app}", CONTAINER_UNKNOWN, 3},
		{"FROM a\nENV U=\nUSER ${U:-app}", CONTAINER_USER, 3},
		{"FROM a\nENV U=\nUSER ${U-app}", CONTAINER_ROOT, 3},
		{"FROM a\nUSER ${U:-$V}", CONTAINER_UNKNOWN, 2},
		{"FROM a\nARG U=x\nUSER ${U:+app}", CONTAINER_UNKNOWN, 3},
		{"FROM a\nUSER ${U", CONTAINER_UNKNOWN, 2},
		{"FROM a\nUSER '$U'", CONTAINER_USER, 2},
		{"FROM a\nUSER \\$U", CONTAINER_USER, 2},
		/* before FROM they are for FROM, unless a stage takes them in */
		{"ARG U=app\nFROM a\nUSER $U", CONTAINER_UNKNOWN, 3},
		{"ARG U=app\nFROM a\nARG U\nUSER $U", CONTAINER_UNKNOWN, 4},
		{"FROM a\nARG U=root\nENV U=app\nUSER $U", CONTAINER_USER, 4},
		/* ENV goes before ARG, and on to stages made from this one; ARG does not */
		{"FROM a\nENV U=app\nUSER $U", CONTAINER_USER, 3},
		{"FROM a\nENV U app\nUSER $U", CONTAINER_USER, 3},
		{"FROM a\nENV A=1 U='root'\nUSER $U", CONTAINER_ROOT, 3},
		{"FROM a\nENV U=root\nARG U=app\nUSER $U", CONTAINER_ROOT, 4},
		{"FROM a\nARG N=app\nENV U=$N\nUSER $U", CONTAINER_UNKNOWN, 4},
		{"FROM a\nENV U=$N\nUSER $U", CONTAINER_UNKNOWN, 3},
		{"FROM a AS b\nENV U=app\nFROM b\nUSER $U", CONTAINER_USER, 4},
		{"FROM a AS b\nARG U=app\nFROM b\nUSER $U", CONTAINER_UNKNOWN, 4},
	};

	(void)state;
	run(cases, COUNT(cases));
}

/* Values that hold themselves twice, and stages without end. */
static void bounds(void **state)
{
	struct buffer text = {.arena = arena};

	(void)state;
	buffer_add(&text, BYTES("FROM a\nENV U=app\n"));
	for (int i = 0; i < 100; i++)
		buffer_add(&text, BYTES("ENV U=$U$U\n"));
	buffer_add(&text, BYTES("USER $U\n"));
	assert_int_equal(containerfile_read(arena, buffer_bytes(&text)).verdict, CONTAINER_UNKNOWN);
	text = (struct buffer){.arena = arena};
	for (int i = 0; i < 256; i++)
		buffer_add(&text, BYTES("FROM a\n"));
	assert_int_equal(containerfile_read(arena, buffer_bytes(&text)).verdict, CONTAINER_UNSET);
	buffer_add(&text, BYTES("FROM a\n"));
	assert_int_equal(containerfile_read(arena, buffer_bytes(&text)).verdict, CONTAINER_UNREADABLE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_known), cmocka_unit_test(users),	cmocka_unit_test(stages),
		cmocka_unit_test(lines),	   cmocka_unit_test(variables), cmocka_unit_test(bounds),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
