/* test_message: the cases written from the specification, and what the parser makes of good, broken and hostile
 * messages. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "arena.h"
#include "message.h"

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

static struct message parse(void **state, struct bytes text)
{
	struct message message;

	message_parse(*state, text, &message);
	return message;
}

static void assert_bytes(struct bytes got, const char *wanted)
{
	if (!bytes_equal(got, bytes_of(wanted)))
		fail_msg("got \"%.*s\", wanted \"%s\"", BYTES_ARG(got), wanted);
}

/* The case file stands beside this one's folder; meson runs tests where it compiles them. */
static struct bytes read_cases(struct arena *arena)
{
	struct bytes here = bytes_of(__FILE__);

	while (here.len && here.data[here.len - 1] != '/')
		here.len--;
	FILE *file = fopen(bytes_printf(arena, "%.*s../cases/messages.txt", BYTES_ARG(here)).data, "r");
	struct buffer content = {.arena = arena};
	char block[4096];
	size_t len;

	assert_non_null(file);
	while ((len = fread(block, 1, sizeof(block), file)))
		buffer_add(&content, (struct bytes){block, len});
	fclose(file);
	return buffer_bytes(&content);
}

/* The escapes of messages.txt. */
static void unescape(struct buffer *out, struct bytes line)
{
	for (size_t i = 0; i < line.len; i++) {
		char c = line.data[i];

		if (c == '\\' && i + 1 < line.len) {
			c = line.data[++i];
			if (c == 'r')
				c = '\r';
			else if (c == 't')
				c = '\t';
			else if (c >= '0' && c <= '7') {
				c = (char)((c - '0') * 64 + (line.data[i + 1] - '0') * 8 + line.data[i + 2] - '0');
				i += 2;
			}
		}
		buffer_add(out, (struct bytes){&c, 1});
	}
}

struct spec_case {
	struct bytes verdict, title;
	unsigned long item;
	struct bytes text;
};

/* Cuts the next case off the file. */
static bool next_case(struct arena *arena, struct bytes *rest, struct spec_case *ret_case)
{
	struct bytes line, word, ahead;
	struct buffer text = {.arena = arena};

	do
		if (!bytes_line(rest, &line))
			return false;
	while (!bytes_starts(line, BYTES("=== ")));
	size_t colon = bytes_index(line, ':');

	ret_case->title = bytes_from(line, colon + 2);
	line = bytes_from(bytes_first(line, colon), 4);
	bytes_word(&line, &ret_case->verdict);
	while (bytes_word(&line, &word))
		bytes_number(word, 16, &ret_case->item);
	for (ahead = *rest; bytes_line(&ahead, &line) && !bytes_starts(line, BYTES("=== ")); *rest = ahead) {
		bool cut = bytes_ends(line, BYTES("\\c"));

		unescape(&text, cut ? bytes_first(line, line.len - 2) : line);
		if (!cut)
			buffer_add(&text, BYTES("\n"));
	}
	ret_case->text = buffer_bytes(&text);
	return true;
}

/* The first problem that decides the verdict, or NULL. */
static const struct message_problem *decisive(const struct message *message)
{
	const struct message_problem *found = NULL;

	for (size_t i = 0; i < message->problem_count; i++) {
		const struct message_problem *problem = &message->problems[i];

		if (!found || (found->warning && !problem->warning))
			found = problem;
	}
	return found;
}

static void test_cases(void **state)
{
	struct bytes rest = read_cases(*state);
	struct spec_case spec = {0};
	size_t count = 0, failed = 0;

	for (; next_case(*state, &rest, &spec); count++) {
		struct message message = parse(state, spec.text);
		const struct message_problem *problem = decisive(&message);
		const char *verdict = !problem ? "ok" : problem->warning ? "warn" : "bad";

		if (bytes_equal(bytes_of(verdict), spec.verdict) && (!problem || problem->item == spec.item))
			continue;
		failed++;
		print_error("%.*s, item %lu: \"%.*s\" got %s, item %u: %s\n", BYTES_ARG(spec.verdict), spec.item,
			    BYTES_ARG(spec.title), verdict, problem ? problem->item : 0, problem ? problem->text : "");
	}
	assert_int_equal(failed, 0);
	assert_true(count >= 130);
}

static void test_fields(void **state)
{
	struct message message = parse(state, BYTES("Fix(api, ui)!: show é .\r\n\r\nBody.\n\nRefs: #1\nCloses #2\n"));

	assert_true(message.conventional);
	assert_true(message.breaking);
	assert_int_equal(message.problem_count, 0);
	assert_bytes(message.header, "Fix(api, ui)!: show é .");
	assert_bytes(message.type, "Fix");
	assert_bytes(message.scope, "api, ui");
	assert_bytes(message.subject, "show é .");
	assert_int_equal(message.subject_column, 16);
	assert_bytes(message.rest, "\r\nBody.\n\nRefs: #1\nCloses #2\n");

	message = parse(state, BYTES("Merge branch 'x'\n\nfoo\n"));
	assert_false(message.conventional);
	assert_bytes(message.type, "");
	assert_bytes(message.subject, "Merge branch 'x'");
	assert_int_equal(message.subject_column, 1);

	message = parse(state, BYTES("feat(a)!:no space"));
	assert_false(message.breaking);
	assert_bytes(message.scope, "");
}

static void test_breaking(void **state)
{
	static const struct {
		const char *text;
		bool breaking;
	} table[] = {
		{"feat!: x", true},
		{"feat: x\n\nBREAKING CHANGE: y", true},
		{"feat: x\n\nBREAKING-CHANGE: y", true},
		{"feat: x\n\nRefs: 1\nBREAKING CHANGE: y", true},
		{"feat: x\n\nbody\n\nBREAKING CHANGE: y\r\n", true},
		{"feat: x", false},
		{"feat: x\n\nbreaking change: y", false},
		{"feat: x\n\nbody\nBREAKING CHANGE: y", false},
		{"feat: x\n\nBREAKING CHANGE:y", false},
		{"feat: x\n\nBREAKING CHANGE #1", false},
	};

	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		if (parse(state, bytes_of(table[i].text)).breaking != table[i].breaking)
			fail_msg("%s", table[i].text);
}

static void test_footers(void **state)
{
	static const struct {
		const char *token, *value;
		unsigned line;
	} wanted[] = {
		{"Note", "goes on\nand on:\n\nhere", 5},
		{"Closes", "12", 9},
		{"BREAKING CHANGE", "all of it", 10},
		{"Signed-off-by", "Ann <ann@example.com>", 12},
	};
	struct message message =
		parse(state, BYTES("fix: x\n\nBody: \nmore\nNote: goes on\nand on:\n\nhere\nCloses #12\n"
				   "BREAKING CHANGE: all of it\r\n\r\nSigned-off-by: Ann <ann@example.com>  \n\n"));
	struct footer footer;

	/* "Note:" and what follows stand inside paragraphs. */
	assert_true(bytes_starts(message.footers.rest, BYTES("Signed-off-by")));
	message = parse(state, BYTES("fix: x\n\nBody: \n\nNote: goes on\nand on:\n\nhere\nCloses #12\n"
				     "BREAKING CHANGE: all of it\r\n\r\nSigned-off-by: Ann <ann@example.com>  \n\n"));
	for (size_t i = 0; i < sizeof(wanted) / sizeof(wanted[0]); i++) {
		assert_true(footer_next(&message.footers, &footer));
		assert_bytes(footer.token, wanted[i].token);
		assert_bytes(footer.value, wanted[i].value);
		assert_int_equal(footer.line, wanted[i].line);
	}
	assert_false(footer_next(&message.footers, &footer));
}

static void test_places(void **state)
{
	static const struct {
		const char *text;
		unsigned line, column;
		const char *source;
	} table[] = {
		{"feat(é:  x", 1, 5, "feat(é:  x"},
		{"fix(é):  x", 1, 9, "fix(é):  x"},
		{"fix(é ): x", 1, 6, "fix(é ): x"},
		{"fix: x\r\nbody\r\n", 2, 1, "body"},
		{"fix: x\n\nbody\n\nBREAKING CHANGE:x\n", 5, 1, "BREAKING CHANGE:x"},
		{"update it\n", 1, 7, "update it"},
	};

	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		struct message message = parse(state, bytes_of(table[i].text));

		assert_int_equal(message.problem_count, 1);
		assert_int_equal(message.problems[0].line, table[i].line);
		assert_int_equal(message.problems[0].column, table[i].column);
		assert_bytes(message.problems[0].source, table[i].source);
	}
}

/* Warnings beyond the limit do not crowd out the error behind them. */
static void test_many_problems(void **state)
{
	struct buffer text = {.arena = *state};

	buffer_add(&text, BYTES("fix: x\n\n"));
	for (int i = 0; i < 1000; i++)
		buffer_add(&text, BYTES("breaking change: y\n\n"));
	buffer_add(&text, BYTES("BREAKING CHANGE:y\n"));
	struct message message = parse(state, buffer_bytes(&text));

	assert_int_equal(message.problem_count, MESSAGE_PROBLEMS_MAX + 1);
	assert_int_equal(decisive(&message)->item, 12);
}

static struct bytes repeated(struct arena *arena, const char *start, const char *part, size_t count)
{
	struct buffer text = {.arena = arena};

	buffer_add(&text, bytes_of(start));
	for (size_t i = 0; i < count; i++)
		buffer_add(&text, bytes_of(part));
	return buffer_bytes(&text);
}

static void test_large(void **state)
{
	static const struct {
		const char *start, *part;
		size_t count;
	} table[] = {
		{"fix: ", "x", 1 << 20},
		{"", "x", 1 << 20},
		{"fix(", "(", 1 << 20},
		{"fix: x\n\n", "a: b\n", 1 << 20},
		{"fix: x\n\n", "\n", 1 << 20},
		{"fix: x\n\n", "BREAKING CHANGE: y\n", 1 << 18},
		{"fix: x\n\n", "x", 1 << 24},
		{"fix: x\n\n", " ", 1 << 20},
		{"", " ", 1 << 20},
		{"fix: ", "\xE2\x80\x8B", 1 << 18},
	};

	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		struct message message = parse(state, repeated(*state, table[i].start, table[i].part, table[i].count));
		struct footer footer;
		size_t count = 0;

		while (footer_next(&message.footers, &footer))
			count++;
		if (!strcmp(table[i].part, "a: b\n"))
			assert_int_equal(count, table[i].count);
	}
}

/* Every prefix of a full message, and each with one byte turned into another, is read without harm. */
static void test_mangled(void **state)
{
	static const char full[] =
		"feat(é)!: x\r\n\nbody\nBREAKING CHANGE: a\n\nbreaking-changes : b\n\nA-b: c\nBREAKING "
		"CHANGE #1\nRefs #2\n(cherry picked from commit 1)\n";
	static const char bytes[] = "\n\r \t:#()!a-\xC3\xFF\0B";
	char text[sizeof(full)];

	for (size_t len = 0; len < sizeof(full); len++) {
		memcpy(text, full, sizeof(full));
		parse(state, (struct bytes){text, len});
		for (size_t i = 0; i < sizeof(bytes) - 1; i++) {
			text[len] = bytes[i];
			struct message message = parse(state, (struct bytes){text, sizeof(full) - 1});
			struct footer footer;

			while (footer_next(&message.footers, &footer))
				assert_in_range(footer.line, 2, 30);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_cases, setup, teardown),
		cmocka_unit_test_setup_teardown(test_fields, setup, teardown),
		cmocka_unit_test_setup_teardown(test_breaking, setup, teardown),
		cmocka_unit_test_setup_teardown(test_footers, setup, teardown),
		cmocka_unit_test_setup_teardown(test_places, setup, teardown),
		cmocka_unit_test_setup_teardown(test_many_problems, setup, teardown),
		cmocka_unit_test_setup_teardown(test_large, setup, teardown),
		cmocka_unit_test_setup_teardown(test_mangled, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
