/* test_object: raw commits, tags and identities: what the strict parser takes, and each way it refuses. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "arena.h"
#include "object.h"

#define ID1 "1111111111111111111111111111111111111111"
#define ID2 "2222222222222222222222222222222222222222"
#define TREE "tree " ID1 "\n"
#define PARENT1 "parent " ID1 "\n"
#define PARENT2 "parent " ID2 "\n"
#define WHO "Ann Other <ann@example.com> 1700000000 +0130"
#define AUTHOR "author " WHO "\n"
#define COMMITTER "committer " WHO "\n"
#define HEAD TREE PARENT1 AUTHOR COMMITTER

static int setup(void **state)
{
	*state = arena_new();
	return *state == NULL;
}

static int teardown(void **state)
{
	arena_free(*state);
	return 0;
}

static void assert_bytes(struct bytes got, const char *wanted)
{
	if (!bytes_equal(got, bytes_of(wanted)))
		fail_msg("got \"%.*s\", wanted \"%s\"", BYTES_ARG(got), wanted);
}

static void test_commit(void **state)
{
	struct object_problem problem;
	struct commit commit;

	assert_true(commit_parse(
		*state,
		BYTES(TREE PARENT1 PARENT2 AUTHOR
		      "committer  <> 0 -0000\nencoding latin1\nmergetag object x\n type commit\n \n"
		      "mergetag object y\ngpgsig -----BEGIN\n  \n two\nHG:extra a\nHG:extra b\n\nsubject\n\nbody"),
		&commit, &problem));
	assert_int_equal(commit.parent_count, 2);
	assert_string_equal(oid_hex(&commit.tree).text, ID1);
	assert_string_equal(oid_hex(&commit.parents[1]).text, ID2);
	assert_bytes(commit.author.name, "Ann Other");
	assert_bytes(commit.author.email, "ann@example.com");
	assert_true(commit.author.seconds == 1700000000);
	assert_int_equal(commit.author.zone, 90);
	assert_bytes(commit.committer.name, "");
	assert_bytes(commit.committer.email, "");
	assert_bytes(commit.encoding, "latin1");
	assert_bytes(commit.signature, "-----BEGIN\n  \n two");
	assert_bytes(commit.message, "subject\n\nbody");
}

static void test_two_signatures(void **state)
{
	struct object_problem problem;
	struct commit commit;

	assert_true(
		commit_parse(*state, BYTES(HEAD "gpgsig a\nencoding x\ngpgsig-sha256 b\n c\n\n"), &commit, &problem));
	assert_bytes(commit.signature, "a");
	assert_bytes(commit.signature_sha256, "b\n c");
	assert_bytes(commit.encoding, "x");
}

static void test_commit_empty_message(void **state)
{
	struct object_problem problem;
	struct commit commit;

	assert_true(commit_parse(*state, BYTES(TREE AUTHOR COMMITTER "\n"), &commit, &problem));
	assert_int_equal(commit.parent_count, 0);
	assert_int_equal(commit.message.len, 0);
}

static void test_commit_refused(void **state)
{
	static const struct {
		struct bytes raw;
		const char *says;
		size_t offset;
	} table[] = {
		{{"", 0}, "tree", 0},
		{BYTES(AUTHOR COMMITTER "\n"), "tree", 0},
		{BYTES("tree " ID1 "1\n" AUTHOR COMMITTER "\n"), "tree", 0},
		{BYTES("tree 111111111111111111111111111111111111111A\n" AUTHOR COMMITTER "\n"), "tree", 0},
		{BYTES("tree  " ID1 "\n" AUTHOR COMMITTER "\n"), "tree", 0},
		{BYTES("trex " ID1 "\n" AUTHOR COMMITTER "\n"), "tree", 0},
		{BYTES("tree\t" ID1 "\n" AUTHOR COMMITTER "\n"), "tree", 0},
		{BYTES(TREE TREE AUTHOR COMMITTER "\n"), "author", 46},
		{BYTES(TREE "parent 1\n" AUTHOR COMMITTER "\n"), "parent", 46},
		{BYTES(TREE PARENT1 PARENT2 PARENT1 AUTHOR COMMITTER "\n"), "same parent twice", 190},
		{BYTES(TREE AUTHOR PARENT1 COMMITTER "\n"), "committer", 98},
		{BYTES(TREE COMMITTER AUTHOR "\n"), "author", 46},
		{BYTES(TREE AUTHOR "\n"), "committer", 98},
		{BYTES(TREE AUTHOR AUTHOR COMMITTER "\n"), "committer", 98},
		{BYTES(TREE AUTHOR COMMITTER AUTHOR "\n"), "twice or out of order", 153},
		{BYTES(TREE AUTHOR COMMITTER COMMITTER "\n"), "twice or out of order", 153},
		{BYTES(TREE AUTHOR COMMITTER PARENT1 "\n"), "twice or out of order", 153},
		{BYTES(TREE AUTHOR COMMITTER TREE "\n"), "twice or out of order", 153},
		{BYTES(TREE AUTHOR COMMITTER "encoding a\nencoding b\n\n"), "twice or out of order", 164},
		{BYTES(TREE AUTHOR COMMITTER "encoding a\n b\n\n"), "goes on in a second line", 153},
		{BYTES(TREE AUTHOR COMMITTER "gpgsig \n\n"), "and is none", 153},
		{BYTES(TREE AUTHOR COMMITTER "gpgsig a\ngpgsig-sha256 \n\n"), "and is none", 162},
		{BYTES(TREE AUTHOR COMMITTER "gpgsigx a\n\n"), "and is none", 153},
		{BYTES(TREE AUTHOR COMMITTER "gpgsig a\ngpgsig-sha1 b\n\n"), "and is none", 162},
		{BYTES(TREE AUTHOR COMMITTER "gpgsig a\n b\ngpgsig c\n\n"), "twice or out of order", 165},
		{BYTES(TREE AUTHOR COMMITTER "gpgsig-sha256 a\ngpgsig-sha256 c\n\n"), "twice or out of order", 169},
		{BYTES(TREE AUTHOR COMMITTER), "empty line", 153},
		{BYTES(TREE AUTHOR COMMITTER "gpgsig a"), "no end", 153},
		{BYTES(TREE AUTHOR COMMITTER "gpgsig a\n b"), "no end", 153},
		{{TREE AUTHOR COMMITTER "gpgsig a\n b", sizeof(TREE AUTHOR COMMITTER "gpgsig a")}, "empty line", 162},
		{BYTES(TREE AUTHOR COMMITTER " continued\n\n"), "no name", 153},
		{BYTES(TREE AUTHOR COMMITTER "gpgsig\n\n"), "no name", 153},
		{BYTES(TREE AUTHOR COMMITTER "\nsub\0ject"), "NUL", 157},
		{BYTES(TREE AUTHOR "committer A\0B <a> 1 +0000\n\n"), "NUL", 109},
		{BYTES(TREE "author A <a@x> <admin@x> 1 +0000\n" COMMITTER "\n"), "author", 46},
	};

	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		struct object_problem problem = {0};
		struct commit commit;

		if (commit_parse(*state, table[i].raw, &commit, &problem))
			fail_msg("row %zu was taken", i);
		if (!strstr(problem.text, table[i].says) || problem.offset != table[i].offset)
			fail_msg("row %zu: %s at %zu", i, problem.text, problem.offset);
	}
}

/* Nothing shorter than the whole head is a commit. */
static void test_commit_cut(void **state)
{
	static const char whole[] = HEAD "encoding x\n\n";
	struct object_problem problem;
	struct commit commit;

	for (size_t len = 0; len < sizeof(whole) - 1; len++)
		assert_false(commit_parse(*state, (struct bytes){whole, len}, &commit, &problem));
	assert_true(commit_parse(*state, BYTES(HEAD "encoding x\n\n"), &commit, &problem));
}

static struct bytes octopus(struct arena *arena, unsigned parents)
{
	struct buffer raw = {.arena = arena};

	buffer_add(&raw, BYTES(TREE));
	for (unsigned i = 0; i < parents; i++)
		buffer_printf(&raw, "parent %040x\n", i);
	buffer_add(&raw, BYTES(AUTHOR COMMITTER "\n"));
	return buffer_bytes(&raw);
}

static void test_octopus(void **state)
{
	struct oid *parents = arena_array(*state, OBJECT_PARENTS_MAX, sizeof(*parents));
	struct bytes most = octopus(*state, OBJECT_PARENTS_MAX), over = octopus(*state, OBJECT_PARENTS_MAX + 1);
	struct object_problem problem;
	struct commit commit;
	int64_t seconds;
	size_t count;

	assert_true(commit_parse(*state, most, &commit, &problem));
	assert_int_equal(commit.parent_count, OBJECT_PARENTS_MAX);
	assert_false(commit_parse(*state, over, &commit, &problem));
	assert_non_null(strstr(problem.text, "10000"));
	assert_true(commit_links(most, parents, OBJECT_PARENTS_MAX, &count, &seconds));
	assert_false(commit_links(over, parents, OBJECT_PARENTS_MAX, &count, &seconds));
}

static void test_ident(void **state)
{
	static const struct {
		const char *line;
		int64_t seconds;
		int zone; /* -1: refused */
	} table[] = {
		{"A <a@x> 0 +0000", 0, 0},
		{"A <a@x> 9007199254740991 +1400", 9007199254740991, 840},
		{"A B C <> 1 -1400", 1, -840},
		{" <a> 1 +0059", 1, 59},
		{"A <a@x> 9007199254740992 +0000", 0, -1},
		{"A <a@x> 99999999999999999999 +0000", 0, -1},
		{"A <a@x> -5 +0000", 0, -1},
		{"A <a@x> 01 +0000", 0, -1},
		{"A <a@x>  1 +0000", 0, -1},
		{"A <a@x> 1  +0000", 0, -1},
		{"A <a@x> 1 +0000 ", 0, -1},
		{"A <a@x> 1 +9999", 0, -1},
		{"A <a@x> 1 +1401", 0, -1},
		{"A <a@x> 1 +0060", 0, -1},
		{"A <a@x> 1 0000", 0, -1},
		{"A <a@x> 1 +000", 0, -1},
		{"A <a@x> 1 +0a00", 0, -1},
		{"A <a@x> 1", 0, -1},
		{"A <a@x> +0000", 0, -1},
		{"A <a@x>1 +0000", 0, -1},
		{"A <a@x>", 0, -1},
		{"A<a@x> 1 +0000", 0, -1},
		{"<a@x> 1 +0000", 0, -1},
		{"A a@x 1 +0000", 0, -1},
		{"A <a@x 1 +0000", 0, -1},
		{"A a@x> 1 +0000", 0, -1},
		{"A >a@x< 1 +0000", 0, -1},
		{"A <a<@x> 1 +0000", 0, -1},
		{"A <a@x>> 1 +0000", 0, -1},
		{"A <a@x> <b@x> 1 +0000", 0, -1},
		{"", 0, -1},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		struct ident ident;
		bool taken = ident_parse(bytes_of(table[i].line), &ident);

		if (taken != (table[i].zone != -1))
			fail_msg("%s", table[i].line);
		if (taken && (ident.seconds != table[i].seconds || ident.zone != table[i].zone))
			fail_msg("%s: %lld %d", table[i].line, (long long)ident.seconds, ident.zone);
	}
}

/* git log says the same of each. */
static void test_ident_name(void **state)
{
	static const struct {
		const char *line, *name;
	} table[] = {
		{"A U Thor <a@x> 1 +0000", "A U Thor"},
		{"A\t\r <a@x> 1 +0000", "A"},
		{"A \f <a@x> 1 +0000", "A \f"},
		{"A\v <a@x> 1 +0000", "A\v"},
		{"  A <a@x> 1 +0000", "  A"},
		{"\tA  <a@x> 1 +0000", "\tA"},
		{"   <a@x> 1 +0000", ""},
		{" <a@x> 1 +0000", ""},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		struct ident ident;

		assert_true(ident_parse(bytes_of(table[i].line), &ident));
		assert_bytes(ident.name, table[i].name);
	}
}

static void test_tag(void **state)
{
	static const char *const refused[] = {
		"",
		"type commit\n",
		"object " ID1 "\ntype branch\ntag v1\ntagger " WHO "\n\n",
		"object " ID1 "\ntag v1\ntype commit\ntagger " WHO "\n\n",
		"object " ID1 "\ntype commit\ntag v1\n\n",
		"object " ID1 "\ntype commit\ntag v1\ntagger " WHO "\n",
		"object " ID1 "\ntype commit\ntag v1\ntagger " WHO "\ntagger " WHO "\n\n",
		"object " ID1 "\ntype commit\ntag v1\ntagger A <a\n\n",
		"object " ID1 "\ntype commit\ntag v1",
		"object 1\ntype commit\ntag v1\ntagger " WHO "\n\n",
	};
	struct object_problem problem = {0};
	struct tag tag;

	(void)state;
	assert_true(tag_parse(BYTES("object " ID2 "\ntype tag\ntag v1 x\ntagger " WHO "\n\nmessage\n-----BEGIN"), &tag,
			      &problem));
	assert_string_equal(oid_hex(&tag.target).text, ID2);
	assert_int_equal(tag.type, OBJECT_TAG);
	assert_bytes(tag.name, "v1 x");
	assert_bytes(tag.message, "message\n-----BEGIN");
	for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++)
		if (tag_parse(bytes_of(refused[i]), &tag, &problem) || !problem.text)
			fail_msg("%s", refused[i]);
	assert_false(tag_parse(BYTES("object " ID1 "\ntype comment\ntag v1\ntagger " WHO "\n\n"), &tag, &problem));
	assert_int_equal(problem.offset, sizeof("object " ID1 "\n") - 1);
	assert_false(tag_parse(BYTES("object " ID1 "\ntype commit\ntag v\0001\ntagger " WHO "\n\n"), &tag, &problem));
}

static void test_links(void **state)
{
	static const struct {
		const char *raw;
		bool read;
		size_t count;
		int64_t seconds;
	} table[] = {
		{TREE PARENT1 PARENT2 AUTHOR COMMITTER "\nx", true, 2, 1700000000},
		{TREE AUTHOR COMMITTER "\nx", true, 0, 1700000000},
		{TREE PARENT1 PARENT1 AUTHOR COMMITTER COMMITTER, true, 2, 1700000000},
		{TREE "author A <a> x\ncommitter B 5", true, 0, 0},
		{TREE "author A <a> x\ncommitter B <b> 5 +9999\n", true, 0, 5},
		{TREE "author A <a> x\ncommitter B <b> -5 +0000\n", true, 0, 0},
		{TREE "author A <a> x\ncommitter B <b> 99999999999999999999 +0000\n", true, 0, 0},
		{TREE, true, 0, 0},
		{TREE "author A <a> x", true, 0, 0},
		{TREE "author A <a> x\n", true, 0, 0},
		{TREE "writer A <a> x\ncommitter B <b> 5 +0000\n", true, 0, 0},
		{TREE "author A <a> x\nwriter B <b> 5 +0000\n", true, 0, 0},
		{TREE "author A <a> x\ncommitter B <b> \n", true, 0, 0},
		{"tree\n" AUTHOR COMMITTER "\n", false, 0, 0},
		{"tree" ID1 "\n" AUTHOR COMMITTER "\n", false, 0, 0},
		{TREE "parent 1\n" AUTHOR COMMITTER "\n", false, 0, 0},
		{TREE PARENT1 "parent 22222", false, 0, 0},
		{TREE PARENT1 PARENT2 PARENT1 PARENT2 AUTHOR COMMITTER "\n", false, 0, 0},
		{AUTHOR COMMITTER, false, 0, 0},
		{"", false, 0, 0},
	};
	struct oid parents[3];

	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		size_t count = 0;
		int64_t seconds = 0;

		if (commit_links(bytes_of(table[i].raw), parents, 3, &count, &seconds) != table[i].read ||
		    count != table[i].count || seconds != table[i].seconds)
			fail_msg("row %zu: %zu parents, %lld", i, count, (long long)seconds);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_commit, setup, teardown),
		cmocka_unit_test_setup_teardown(test_two_signatures, setup, teardown),
		cmocka_unit_test_setup_teardown(test_commit_empty_message, setup, teardown),
		cmocka_unit_test_setup_teardown(test_commit_refused, setup, teardown),
		cmocka_unit_test_setup_teardown(test_commit_cut, setup, teardown),
		cmocka_unit_test_setup_teardown(test_octopus, setup, teardown),
		cmocka_unit_test_setup_teardown(test_ident, setup, teardown),
		cmocka_unit_test(test_ident_name),
		cmocka_unit_test_setup_teardown(test_tag, setup, teardown),
		cmocka_unit_test_setup_teardown(test_links, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
