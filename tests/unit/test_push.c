/* test_push: git's own lines are read, and the first line git would not have written refuses them all. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "arena.h"
#include "push.h"

#define A "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define B "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
#define Z "0000000000000000000000000000000000000000"
#define LONG_ID "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

struct read {
	struct arena *arena;
	struct push push;
	struct findings findings;
	bool ok;
};

/* What `reader` makes of `input`. */
static struct read read_by(bool (*reader)(struct push *push, int fd, struct findings *findings), struct bytes input)
{
	struct read read = {.arena = arena_new()};
	FILE *file = tmpfile();

	read.push.arena = read.findings.arena = read.arena;
	assert_non_null(file);
	assert_int_equal(fwrite(input.data, 1, input.len, file), input.len);
	rewind(file);
	read.ok = reader(&read.push, fileno(file), &read.findings);
	fclose(file);
	return read;
}

static struct read read_input(struct bytes input)
{
	return read_by(push_read, input);
}

/* pre-push: what the local ref is called may be anything, blanks too; nothing to push is no fault. */
static void outgoing_lines_become_updates(void **state)
{
	struct read read = read_by(push_read_outgoing, BYTES("refs/heads/x " B " refs/heads/main " A "\n"
							     "main@{1 day ago} " B " refs/tags/v1 " Z "\n"
							     "(delete) " Z " refs/heads/x " A "\n"));
	struct read none = read_by(push_read_outgoing, BYTES(""));

	(void)state;
	assert_true(read.ok);
	assert_int_equal(read.push.count, 3);
	assert_true(bytes_equal(read.push.updates[0].ref, BYTES("refs/heads/main")));
	assert_string_equal(oid_hex(&read.push.updates[0].claimed_old).text, A);
	assert_string_equal(oid_hex(&read.push.updates[0].new).text, B);
	assert_int_equal(read.push.updates[1].kind, UPDATE_CREATE);
	assert_int_equal(read.push.updates[2].kind, UPDATE_DELETE);
	assert_true(none.ok);
	arena_free(read.arena);
	arena_free(none.arena);
}

static void outgoing_faults_refuse_everything(void **state)
{
	static const char *const inputs[] = {
		"\n",
		"x\n",
		"refs/heads/x " B " refs/heads/main\n",
		B " refs/heads/main " A "\n",
		" " B " refs/heads/main " A "\n",
		"x " B " refs/heads/a..b " A "\n",
		"x " B " refs/heads/main " A " \n",
		"x " B "  refs/heads/main " A "\n",
		"x " B " refs/heads/main " A,
		"x " B " refs/heads/main " A "\nx " B " refs/heads/main " A "\n",
		"x " LONG_ID " refs/heads/main " LONG_ID "\n",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(inputs); i++) {
		struct read read = read_by(push_read_outgoing, bytes_of(inputs[i]));

		if (read.ok || read.findings.count != 1)
			fail_msg("read: %s", inputs[i]);
		arena_free(read.arena);
	}
}

static void lines_become_updates(void **state)
{
	static const struct {
		const char *ref, *name;
		enum update_kind kind;
	} expected[] = {
		{"refs/heads/main", "main", UPDATE_MOVE},
		{"refs/tags/v1", "v1", UPDATE_CREATE},
		{"refs/heads/feature/x", "feature/x", UPDATE_DELETE},
		{"refs/notes/commits", "notes/commits", UPDATE_DELETE},
	};
	struct read read = read_input(BYTES(A " " B " refs/heads/main\n" Z " " B " refs/tags/v1\n" A " " Z
					      " refs/heads/feature/x\n" Z " " Z " refs/notes/commits\n"));

	(void)state;
	assert_true(read.ok);
	assert_int_equal(read.findings.count, 0);
	assert_int_equal(read.push.count, COUNT(expected));
	for (size_t i = 0; i < COUNT(expected); i++) {
		const struct update *update = &read.push.updates[i];

		assert_true(bytes_equal(update->ref, bytes_of(expected[i].ref)));
		assert_true(bytes_equal(update->name, bytes_of(expected[i].name)));
		assert_int_equal(update->kind, expected[i].kind);
		assert_true(oid_is_zero(&update->old));
		assert_int_equal(update->alias.len, 0);
	}
	assert_string_equal(oid_hex(&read.push.updates[0].claimed_old).text, A);
	assert_string_equal(oid_hex(&read.push.updates[0].new).text, B);
	arena_free(read.arena);
}

static void faults_refuse_everything(void **state)
{
	static const struct {
		struct bytes input;
		enum severity severity;
		const char *found;
	} table[] = {
		{{"", 0}, SEVERITY_ENFORCE, "there are no updates on standard input"},
#define BAD(input, found) {{input, sizeof(input) - 1}, SEVERITY_ENFORCE, found}
#define UNCLEAR(input, found)                                                                                          \
	{                                                                                                              \
		{input, sizeof(input) - 1}, SEVERITY_UNDECIDED, found                                                  \
	}
		BAD("\n", "line 1 of the updates: it is empty"),
		BAD(A " " B " refs/heads/a\n\n", "line 2 of the updates: it is empty"),
		BAD(A " " B " refs/heads/a", "line 1 of the updates: it has no line end"),
		BAD(A " " B " refs/heads/a\n" A, "line 2 of the updates: it has no line end"),
		BAD(A " " B " refs/heads/a\0b\n", "line 1 of the updates: it holds a NUL"),
		BAD("\0\n", "line 1 of the updates: it holds a NUL"),
		BAD(A "\n", "line 1 of the updates: the new id is not 40 digits of 0-9 and a-f"),
		BAD(A " " B "\n", "line 1 of the updates: bad ref name, it is empty: "),
		BAD(A " " B " \n", "line 1 of the updates: bad ref name, it is empty: "),
		BAD(A " " B " refs/heads/a \n", "line 1 of the updates: bad ref name, it holds a space: refs/heads/a "),
		BAD(A " " B "  refs/heads/a\n", "line 1 of the updates: bad ref name, it holds a space:  refs/heads/a"),
		BAD(A "  " B " refs/heads/a\n", "line 1 of the updates: the new id is not 40 digits of 0-9 and a-f"),
		BAD(" " A " " B " refs/heads/a\n", "line 1 of the updates: the old id is not 40 digits of 0-9 and a-f"),
		BAD(A "\t" B " refs/heads/a\n", "line 1 of the updates: the old id is not 40 digits of 0-9 and a-f"),
		BAD(A " " B " refs/heads/a\r\n",
		    "line 1 of the updates: bad ref name, it holds a line break: refs/heads/a\r"),
		BAD("AAAAaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa " B " refs/heads/a\n",
		    "line 1 of the updates: the old id is not 40 digits of 0-9 and a-f"),
		BAD(A " bbbb refs/heads/a\n", "line 1 of the updates: the new id is not 40 digits of 0-9 and a-f"),
		BAD(A " " B " refs/heads/a\n" A " " B " HEAD\n",
		    "line 2 of the updates: bad ref name, it does not start with refs/: HEAD"),
		BAD(A " " B " refs/heads/a\n" A " " B " refs/heads/b\n" A " " B " refs/heads/a\n",
		    "line 3 of the updates: it names the ref of line 1 again: refs/heads/a"),
		UNCLEAR(LONG_ID " " LONG_ID " refs/heads/a\n",
			"line 1 of the updates: cannot judge this repository format: its object ids have 64 digits "
			"(SHA-256)"),
	};

	(void)state;
	for (size_t i = 0; i < COUNT(table); i++) {
		struct read read = read_input(table[i].input);

		assert_false(read.ok);
		assert_int_equal(read.findings.count, 1);
		assert_true(bytes_equal(read.findings.first->rule, BYTES("push")));
		assert_int_equal(read.findings.first->severity, table[i].severity);
		assert_string_equal(read.findings.first->found.data, table[i].found);
		arena_free(read.arena);
	}
}

/* One line whose ref has `len` bytes; returns the line's length. */
static size_t long_line(char *line, size_t len)
{
	size_t head = (size_t)sprintf(line, "%s %s refs/heads/", A, B);

	memset(line + head, 'x', len - strlen("refs/heads/"));
	line[head + len - strlen("refs/heads/")] = '\n';
	return head + len - strlen("refs/heads/") + 1;
}

static void lines_are_bounded(void **state)
{
	static char line[40000];
	struct read read = read_input((struct bytes){line, long_line(line, 1024)});

	(void)state;
	assert_true(read.ok);
	assert_int_equal(read.push.updates[0].ref.len, 1024);
	arena_free(read.arena);
	read = read_input((struct bytes){line, long_line(line, 1025)});
	assert_false(read.ok);
	assert_string_equal(read.findings.first->found.data, "line 1 of the updates: it is longer than 1106 bytes");
	arena_free(read.arena);
	memset(line, 'x', sizeof(line));
	read = read_input((struct bytes){line, sizeof(line)});
	assert_false(read.ok);
	assert_string_equal(read.findings.first->found.data, "line 1 of the updates: it is longer than 1106 bytes");
	arena_free(read.arena);
}

static void many_refs(void **state)
{
	struct arena *arena = arena_new();
	struct buffer input = {.arena = arena};
	struct read read;

	(void)state;
	for (int i = 0; i < 5000; i++)
		buffer_printf(&input, "%040x %s refs/heads/branch-%d\n", (unsigned)i + 1, B, i);
	read = read_input(buffer_bytes(&input));
	assert_true(read.ok);
	assert_int_equal(read.push.count, 5000);
	assert_true(bytes_equal(read.push.updates[4999].name, BYTES("branch-4999")));
	for (unsigned i = 0; i < 5000; i++)
		assert_string_equal(oid_hex(&read.push.updates[i].claimed_old).text,
				    bytes_printf(arena, "%040x", i + 1).data);
	arena_free(read.arena);
	arena_free(arena);
}

static void pieces_are_joined(void **state)
{
	static const char input[] = A " " B " refs/heads/main\n" A " " B " refs/heads/x\n";
	struct arena *arena = arena_new();
	struct push push = {.arena = arena};
	struct findings findings = {.arena = arena};
	int ends[2];

	(void)state;
	assert_int_equal(pipe(ends), 0);
	for (size_t i = 0; i < sizeof(input) - 1; i++)
		assert_int_equal(write(ends[1], input + i, 1), 1);
	close(ends[1]);
	errno = EINTR; /* of some earlier call: at the end of the input it means nothing */
	assert_true(push_read(&push, ends[0], &findings));
	assert_int_equal(push.count, 2);
	close(ends[0]);
	arena_free(arena);
}

static void failing_reads_decide_nothing(void **state)
{
	struct arena *arena = arena_new();
	struct push push = {.arena = arena};
	struct findings findings = {.arena = arena};

	(void)state;
	assert_false(push_read(&push, -1, &findings));
	assert_int_equal(findings.count, 1);
	assert_int_equal(findings.first->severity, SEVERITY_UNDECIDED);
	assert_true(bytes_starts(findings.first->found, BYTES("reading the updates failed: ")));
	arena_free(arena);
}

static void arguments(void **state)
{
	static const struct {
		const char *ref, *old, *new, *found;
	} table[] = {
		{"refs/heads/main", A, B, NULL},
		{"HEAD", A, B, "bad ref name, it does not start with refs/: HEAD"},
		{"", A, B, "bad ref name, it is empty: "},
		{NULL, A, B, "bad ref name, it is empty: "},
		{"refs/heads/main", "", B, "the old id is not 40 digits of 0-9 and a-f"},
		{"refs/heads/main", A, A "a", "the new id is not 40 digits of 0-9 and a-f"},
		{"refs/heads/main", A, LONG_ID,
		 "cannot judge this repository format: its object ids have 64 digits (SHA-256)"},
		{"refs/heads/main", A "aaaaaaaaaaaaaaaaaaaaaaag", B, "the old id is not 40 digits of 0-9 and a-f"},
		{"refs/heads/main", LONG_ID "a", B, "the old id is not 40 digits of 0-9 and a-f"},
		{"refs/heads/main", LONG_ID "-", B, "the old id is not 40 digits of 0-9 and a-f"},
		{"refs/heads/main", LONG_ID, LONG_ID,
		 "cannot judge this repository format: its object ids have 64 digits (SHA-256)"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(table); i++) {
		struct arena *arena = arena_new();
		struct push push = {.arena = arena};
		struct findings findings = {.arena = arena};

		assert_int_equal(push_argument(&push, table[i].ref, table[i].old, table[i].new, &findings),
				 !table[i].found);
		assert_int_equal(push.count, !table[i].found);
		if (table[i].found)
			assert_string_equal(findings.first->found.data, table[i].found);
		arena_free(arena);
	}
}

static void names_are_told_short(void **state)
{
	static const struct {
		const char *ref, *name;
	} table[] = {
		{"refs/heads/fix/x", "fix/x"}, {"refs/tags/v1", "v1"},	{"refs/deploy/p/live", "p/live"},
		{"refs/notes/x", "notes/x"},   {"refs/heads", "heads"}, {"HEAD", "HEAD"},
	};
	struct arena *arena = arena_new();
	struct push push = {.arena = arena};

	(void)state;
	for (size_t i = 0; i < COUNT(table); i++) {
		const struct update *update =
			push_add(&push, bytes_of(table[i].ref), &(struct oid){{1}}, &(struct oid){{2}});

		assert_true(bytes_equal(update->name, bytes_of(table[i].name)));
	}
	arena_free(arena);
}

static void there_is_a_bound_to_them(void **state)
{
	struct arena *arena = arena_new();
	struct push push = {.arena = arena};
	struct findings findings = {.arena = arena};

	(void)state;
	push.count = PUSH_REFS_MAX - 1;
	push.updates = arena_array(arena, PUSH_REFS_MAX, sizeof(*push.updates));
	push.room = PUSH_REFS_MAX;
	assert_true(push_argument(&push, "refs/heads/last", A, B, &findings));
	assert_int_equal(push.count, PUSH_REFS_MAX);
	assert_false(push_argument(&push, "refs/heads/one-more", A, B, &findings));
	assert_int_equal(push.count, PUSH_REFS_MAX);
	assert_int_equal(findings.first->severity, SEVERITY_UNDECIDED);
	assert_string_equal(findings.first->found.data, "more than 1000000 refs in one push");
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_become_updates),
		cmocka_unit_test(faults_refuse_everything),
		cmocka_unit_test(lines_are_bounded),
		cmocka_unit_test(many_refs),
		cmocka_unit_test(pieces_are_joined),
		cmocka_unit_test(failing_reads_decide_nothing),
		cmocka_unit_test(arguments),
		cmocka_unit_test(there_is_a_bound_to_them),
		cmocka_unit_test(names_are_told_short),
		cmocka_unit_test(outgoing_lines_become_updates),
		cmocka_unit_test(outgoing_faults_refuse_everything),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
