/* test_auditline: the lines of a file, however it is cut, and what one says. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdbool.h>
#include <stdio.h>
#include <unistd.h>

#include "arena.h"
#include "auditline.h"
#include "policy.h"

#define START "{\"time\":\"2026-01-31T12:00:00Z\",\"type\":\"verdict\""

static void parsing(void **state)
{
	static const struct {
		const char *text;
		bool good;
	} table[] = {
		{START "}", true},
		{START ",\"verdict\":\"accepted\",\"findings\":[]}", true},
		{"{\"type\":\"x\",\"time\":\"2026-01-31T12:00:00Z\"}", true},
		{"", false},
		{"{}", false},
		{"{\"time\":\"2026-01-31T12:00:00Z\"}", false},
		{"{\"type\":\"verdict\"}", false},
		{"{\"time\":\"yesterday\",\"type\":\"verdict\"}", false},
		{"{\"time\":1,\"type\":\"verdict\"}", false},
		{"{\"time\":\"2026-01-31T12:00:00Z\",\"type\":1}", false},
		{START, false},
		{START "}}", false},
		{START "} ", false},
		{" " START "}", false},
		{"[" START "}]", false},
		{"\"x\"", false},
	};
	struct arena *arena = arena_new();
	struct auditline line;

	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++)
		if (auditline_parse(arena, bytes_of(table[i].text), &line) != table[i].good)
			fail_msg("%s", table[i].text);
	arena_free(arena);
}

static void for_people(void **state)
{
	static const struct {
		const char *text, *expected;
	} table[] = {
		{START ",\"event\":\"0123456789abcdef\",\"hook\":\"update\",\"user\":\"erin\",\"ref\":\"refs/heads/"
		       "main\",\"old\":\"1111111111\",\"new\":\"2222222222\",\"verdict\":\"accepted\"}",
		 "2026-01-31T12:00:00Z 0123456789abcdef accepted erin refs/heads/main 1111111..2222222\n"},
		{START ",\"verdict\":\"accepted\",\"would\":\"rejected\",\"transport\":\"ssh\",\"findings\":[{"
		       "\"rule\":\"push\",\"severity\":\"error\",\"policy\":\"p.ini:1\",\"found\":\"no\"}]}",
		 "2026-01-31T12:00:00Z accepted (evaluate: would be rejected) ? transport=ssh\n"
		 "    error: push: no  p.ini:1\n"},
		{START ",\"verdict\":\"accepted\",\"override\":{\"by\":\"dan\",\"reason\":\"why\",\"skipped\":["
		       "\"a\",\"b\"]}}",
		 "2026-01-31T12:00:00Z accepted ?\n    granted by dan: why; skipped: a, b\n"},
		{"{\"time\":\"2026-01-31T12:00:00Z\",\"type\":\"trigger\",\"trigger\":\"mail\",\"status\":3}",
		 "2026-01-31T12:00:00Z trigger trigger=mail status=3\n"},
	};
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++) {
		struct buffer out = {.arena = arena};
		struct auditline line;

		assert_true(auditline_parse(arena, bytes_of(table[i].text), &line));
		auditline_print(&line, &out);
		buffer_add(&out, (struct bytes){"", 1});
		assert_string_equal(out.data, table[i].expected);
	}
	arena_free(arena);
}

static FILE *open_temporary(void)
{
	FILE *file = tmpfile();

	assert_non_null(file);
	return file;
}

/* A line that is too long is one line, told by its beginning; what has no end yet comes with its end. */
static void lines_of_a_file(void **state)
{
	struct arena *arena = arena_new();
	FILE *file = open_temporary();
	struct bytes line;

	(void)state;
	fputs("a\n\nb", file);
	fflush(file);
	lseek(fileno(file), 0, SEEK_SET);
	struct auditlines lines = auditlines_start(arena, fileno(file));

	assert_true(auditlines_next(&lines, &line) && bytes_equal(line, BYTES("a")));
	assert_true(auditlines_next(&lines, &line) && !line.len && lines.number == 2);
	assert_false(auditlines_next(&lines, &line));
	fputs("c\n", file);
	fflush(file);
	lseek(fileno(file), 4, SEEK_SET);
	assert_true(auditlines_next(&lines, &line) && bytes_equal(line, BYTES("bc")) && lines.number == 3);
	assert_false(auditlines_next(&lines, &line));
	assert_null(lines.problem);
	fclose(file);
	arena_free(arena);
}

static void lines_of_every_length(void **state)
{
	static const size_t around[] = {0, POLICY_AUDIT_LINE, 2 * POLICY_AUDIT_LINE, 5 * POLICY_AUDIT_LINE};

	(void)state;
	for (size_t i = 0; i < sizeof(around) / sizeof(*around); i++)
		for (size_t len = around[i] > 3 ? around[i] - 3 : 0; len <= around[i] + 3; len++) {
			struct arena *arena = arena_new();
			FILE *file = open_temporary();
			struct bytes line;

			for (size_t k = 0; k < len; k++)
				fputc('x', file);
			fputs("\nlast\n", file);
			fflush(file);
			lseek(fileno(file), 0, SEEK_SET);
			struct auditlines lines = auditlines_start(arena, fileno(file));

			assert_true(auditlines_next(&lines, &line));
			assert_true(line.len == len || (len >= 2 * POLICY_AUDIT_LINE && line.len < len + 1));
			assert_true(auditlines_next(&lines, &line));
			assert_true(bytes_equal(line, BYTES("last")));
			assert_int_equal(lines.number, 2);
			assert_false(auditlines_next(&lines, &line));
			fclose(file);
			arena_free(arena);
		}
}

static void what_cannot_be_read(void **state)
{
	struct arena *arena = arena_new();
	struct auditlines lines = auditlines_start(arena, -1);
	struct bytes line;

	(void)state;
	assert_false(auditlines_next(&lines, &line));
	assert_non_null(lines.problem);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(parsing),
		cmocka_unit_test(for_people),
		cmocka_unit_test(lines_of_a_file),
		cmocka_unit_test(lines_of_every_length),
		cmocka_unit_test(what_cannot_be_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
