/* test_accountline: one line of an account says all it said when it was written, and what nobody wrote is no line. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "accountline.h"
#include "arena.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))
#define A "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define B "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
#define ZERO "0000000000000000000000000000000000000000"
#define REF "refs/heads/main"
#define EVENT "0123456789abcdef"
#define TIME "2025-03-01T12:00:00Z"
#define BEGIN TIME " ann " REF " " A " " B " " EVENT

static struct arena *arena;

static void lines_come_back_as_they_were(void **state)
{
	static const char *const lines[] = {
		BEGIN,
		TIME " ? " REF " " A " " B " " EVENT,
		TIME " ann%2Fb " REF " " ZERO " " B " " EVENT,
		TIME " ann " REF " " A " " B " -",
		BEGIN " late",
		BEGIN " missed",
		BEGIN " missed late",
		BEGIN " merge:" A ":fix/x:bob",
		BEGIN " direct:" A "::",
		BEGIN " squash:" A ":fix/x,fix%20y/z:bob,carol rebase:" B ":a:b fast-forward:" B "::c revert:" A
		      ":: deploy:" A "::",
		BEGIN " from:",
		BEGIN " from:dev,main",
		TIME " ann " REF " " ZERO " " A " " EVENT " from:dev",
		BEGIN " grant:bob:why%20not",
		BEGIN " grant:bob:because passed:rewrite,soak",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(lines); i++) {
		struct buffer out = {.arena = arena};
		struct account_line line;

		if (!accountline_parse(arena, BYTES(REF), bytes_of(lines[i]), &line))
			fail_msg("not taken: %s", lines[i]);
		accountline_print(&out, BYTES(REF), &line);
		struct bytes printed = buffer_bytes(&out);

		if (!bytes_equal(printed, bytes_printf(arena, "%s\n", lines[i])))
			fail_msg("%s became %.*s", lines[i], BYTES_ARG(printed));
	}
}

static void what_a_line_says_is_told(void **state)
{
	struct account_line line;

	(void)state;
	assert_true(accountline_parse(arena, BYTES(REF),
				      BYTES(BEGIN " merge:" A ":fix/x,y:bob,carol grant:bob:why passed:soak late"),
				      &line));
	assert_int_equal(line.time, 1740830400);
	assert_true(bytes_equal(line.user, BYTES("ann")));
	assert_true(bytes_equal(line.event, BYTES(EVENT)));
	assert_string_equal(oid_hex(&line.old).text, A);
	assert_string_equal(oid_hex(&line.new).text, B);
	assert_int_equal(line.landing_count, 1);
	assert_int_equal(line.landings[0].method, LANDING_MERGE);
	assert_int_equal(line.landings[0].source_count, 2);
	assert_true(bytes_equal(line.landings[0].sources[0], BYTES("refs/heads/fix/x")));
	assert_true(bytes_equal(line.landings[0].approvers[1], BYTES("carol")));
	assert_true(bytes_equal(line.grant.user, BYTES("bob")));
	assert_int_equal(line.grant.passed_count, 1);
	assert_true(line.late);
	assert_false(line.missed);
	assert_false(line.rewritten);
	assert_true(accountline_parse(arena, BYTES(REF), BYTES(TIME " ? " REF " " A " " B " - from:dev"), &line));
	assert_int_equal(line.user.len, 0);
	assert_int_equal(line.event.len, 0);
	assert_true(line.missed);
	assert_true(line.rewritten);
}

static void what_nobody_wrote_is_no_line(void **state)
{
	static const char *const lines[] = {
		"",
		BEGIN " ",
		BEGIN "  late",
		BEGIN " later",
		"yesterday ann " REF " " A " " B " " EVENT,
		TIME " an%6E " REF " " A " " B " " EVENT,
		TIME "  " REF " " A " " B " " EVENT,
		TIME " ann refs/heads/other " A " " B " " EVENT,
		TIME " ann " REF " " A "a " B " " EVENT,
		TIME " ann " REF " " A " b " EVENT,
		TIME " ann " REF " " A " " A " " EVENT,
		TIME " ann " REF " " A " " B,
		TIME " ann " REF " " A " " B " " EVENT "0",
		TIME " ann " REF " " A " " B " 0123456789abcde",
		TIME " ann " REF " " A " " B " 0123456789abcdeF",
		BEGIN " merge:" A ":fix/x",
		BEGIN " merge:" A "a:fix/x:",
		BEGIN " octopus:" A ":fix/x:",
		BEGIN " merge:" A ":fix/x,:",
		BEGIN " merge:" A ":fix/:",
		BEGIN " merge:" A ":/fix:",
		BEGIN " merge:" A ":fix/x:bob,",
		BEGIN " from:dev,",
		BEGIN " from:d%65v",
		BEGIN " grant::why",
		BEGIN " grant:bob:",
		BEGIN " grant:bob",
		BEGIN " grant:bob:why grant:bob:why",
		BEGIN " passed:soak",
		BEGIN " grant:bob:why passed:",
		BEGIN " grant:bob:why passed:soak passed:soak",
		BEGIN " grant:bob:why passed:soak,",
	};
	struct account_line line;

	(void)state;
	for (size_t i = 0; i < COUNT(lines); i++)
		if (accountline_parse(arena, BYTES(REF), bytes_of(lines[i]), &line))
			fail_msg("taken: %s", lines[i]);
}

/* However long the reason is, what is kept of it is whole characters. */
static void reasons_are_kept_whole_characters_long(void **state)
{
	char reason[ACCOUNT_REASON_MAX + 9];

	(void)state;
	for (size_t len = ACCOUNT_REASON_MAX - 2; len <= ACCOUNT_REASON_MAX + 2; len++) {
		struct buffer out = {.arena = arena};
		struct account_line line, back;

		assert_true(accountline_parse(arena, BYTES(REF), BYTES(BEGIN " grant:bob:x"), &line));
		for (size_t i = 0; i < sizeof(reason); i++)
			reason[i] = i < len ? 'r' : "\xe2\x82\xac"[(i - len) % 3];
		line.grant.reason = (struct bytes){reason, len + 6};
		accountline_print(&out, BYTES(REF), &line);
		struct bytes printed = buffer_bytes(&out);

		assert_true(accountline_parse(arena, BYTES(REF), bytes_first(printed, printed.len - 1), &back));
		size_t whole = ACCOUNT_REASON_MAX < len ? ACCOUNT_REASON_MAX : len + (ACCOUNT_REASON_MAX - len) / 3 * 3;

		assert_int_equal(back.grant.reason.len, whole);
		assert_memory_equal(back.grant.reason.data, reason, whole);
	}
	/* bytes that are no characters are cut where they must be */
	struct buffer out = {.arena = arena};
	struct account_line line, back;

	assert_true(accountline_parse(arena, BYTES(REF), BYTES(BEGIN " grant:bob:x"), &line));
	for (size_t i = 0; i < sizeof(reason); i++)
		reason[i] = '\x80';
	line.grant.reason = (struct bytes){reason, sizeof(reason)};
	accountline_print(&out, BYTES(REF), &line);
	assert_true(accountline_parse(arena, BYTES(REF), bytes_first(buffer_bytes(&out), out.len - 1), &back));
	assert_int_equal(back.grant.reason.len, ACCOUNT_REASON_MAX);
	/* one that is just short enough is kept, whatever comes after it in memory */
	memset(reason, 'r', ACCOUNT_REASON_MAX);
	line.grant.reason = (struct bytes){reason, ACCOUNT_REASON_MAX};
	out.len = 0;
	accountline_print(&out, BYTES(REF), &line);
	assert_true(accountline_parse(arena, BYTES(REF), bytes_first(buffer_bytes(&out), out.len - 1), &back));
	assert_int_equal(back.grant.reason.len, ACCOUNT_REASON_MAX);
}

static void reflogs_are_read_as_git_writes_them(void **state)
{
	static const struct {
		const char *text;
		long long time; /* -1: no line */
	} lines[] = {
		{A " " B " Ann <ann@x> 1740830400 +0000\tpush", 1740830400},
		{A " " B " <> 0 +0000", 0},
		{A " " B " Ann <ann@x> 253402300799 +0000", 253402300799},
		{A " " B " Ann <ann@x> 253402300800 +0000", -1},
		{A " " B " Ann <ann@x> -1 +0000", -1},
		{A " " B " Ann <ann@x> x +0000", -1},
		{A " " B " Ann <ann@x>1740830400 +0000", -1},
		{A " " B " Ann", -1},
		{A " " A " Ann <ann@x> 1740830400 +0000", -1},
		{A " b Ann <ann@x> 1740830400 +0000", -1},
		{"a " B " Ann <ann@x> 1740830400 +0000", -1},
		{"", -1},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(lines); i++) {
		struct account_line line;

		if (accountline_parse_reflog(bytes_of(lines[i].text), &line) != (lines[i].time >= 0))
			fail_msg("%s", lines[i].text);
		assert_true(lines[i].time < 0 || (line.time == lines[i].time && line.missed));
	}
}

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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_come_back_as_they_were),
		cmocka_unit_test(what_a_line_says_is_told),
		cmocka_unit_test(what_nobody_wrote_is_no_line),
		cmocka_unit_test(reasons_are_kept_whole_characters_long),
		cmocka_unit_test(reflogs_are_read_as_git_writes_them),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
