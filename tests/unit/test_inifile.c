/* test_inifile: every way a line can be bent, each refused at its place, and the lines around it still read. */
#include "memory_policy.h"

#include <string.h>

#include "inifile.h"

struct dump {
	struct buffer out;
};

static void take(void *context, const struct ini_entry *entry)
{
	struct dump *dump = context;

	if (!entry->key.len)
		buffer_printf(&dump->out, "[%.*s]\n", BYTES_ARG(entry->section));
	else
		buffer_printf(&dump->out, "%u:%u %.*s%s%.*s\n", entry->origin.line, entry->column,
			      BYTES_ARG(entry->key), entry->continued ? "+" : "=", BYTES_ARG(entry->value));
}

/* Reads `content`, and returns what it held and what was wrong with it. */
static const char *read_both(struct memory *memory, struct bytes content, const char **ret_said)
{
	struct dump dump = {.out = {.arena = memory->arena}};

	buffer_add(&dump.out, BYTES(""));
	bool good = inifile_read(content, BYTES("policy.ini"), take, &dump, &memory->findings);

	*ret_said = memory_said(memory, false);
	assert_int_equal(good, memory->findings.count == 0);
	for (const struct finding *f = memory->findings.first; f; f = f->next) {
		assert_int_equal(f->severity, SEVERITY_UNDECIDED);
		assert_true(bytes_equal(f->rule, BYTES("policy")));
		assert_true(f->fix.len > 0);
	}
	return buffer_bytes(&dump.out).data;
}

static void expect(struct bytes content, const char *entries, const char *faults)
{
	struct memory memory = memory_new(NULL, NULL);
	const char *said, *held = read_both(&memory, content, &said);

	assert_string_equal(said, faults);
	assert_string_equal(held, entries);
	arena_free(memory.arena);
}

#define TEN "0123456789"
#define SIXTY TEN TEN TEN TEN TEN TEN
#define LINE_190 "k = 56" SIXTY SIXTY SIXTY "7890"

static void reading(void **state)
{
	(void)state;
	expect(BYTES("[a]\nk = v\n"), "[a]\n2:5 k=v\n", "");
	expect(BYTES("[a]\nk = v"), "[a]\n2:5 k=v\n", "");
	expect(BYTES("[a]\r\nk = v\r\n"), "[a]\n2:5 k=v\n", "");
	expect(BYTES("# c\n; c ; d\n\n[branch \"x\"]\nk=v\n  # c\n\n\tw x\n"), "[branch \"x\"]\n5:3 k=v\n8:2 k+w x\n",
	       "");
	expect(BYTES("[a]\nk =\n  v\n"), "[a]\n2:4 k=\n3:3 k+v\n", "");
	expect(BYTES("[a]\nk = a=b;c:d # e\n"), "[a]\n2:5 k=a=b;c:d # e\n", "");
	expect(BYTES("[a]\nk = \xc3\xa9 x\n"), "[a]\n2:5 k=\xc3\xa9 x\n", "");
	expect(BYTES("[a]\nk = ok\n  x>=90\n  [a-z]+\n  x=0\n"),
	       "[a]\n2:5 k=ok\n3:3 k+x>=90\n4:3 k+[a-z]+\n5:3 k+x=0\n", "");
	expect(BYTES("[a]\nk = v\n[b]\n[a]\n"), "[a]\n2:5 k=v\n[b]\n[a]\n", "");
	expect(BYTES("[a]\n" LINE_190 "\n"), "[a]\n2:5 k=56" SIXTY SIXTY SIXTY "7890\n", "");
}

static void long_lines(void **state)
{
	(void)state;
	expect(BYTES("[a]\n" LINE_190 "1\nk = v\n"), "[a]\n3:5 k=v\n",
	       "2:191 a line of 191 bytes; at most 190 are read\n");
	expect(BYTES("[a]\n# " LINE_190 "\n"), "[a]\n", "2:191 a line of 192 bytes; at most 190 are read\n");
	expect(BYTES("[a]\n# " LINE_190 "   allow = all\n"), "[a]\n",
	       "2:191 a line of 206 bytes; at most 190 are read\n");
	expect(BYTES("[" TEN TEN TEN TEN "12345678]\nk = v\n"), "[" TEN TEN TEN TEN "12345678]\n2:5 k=v\n", "");
	expect(BYTES("[" TEN TEN TEN TEN "123456789]\nk = v\n"), "",
	       "1:50 a heading of 49 bytes; at most 48 are read\n");
	expect(BYTES("[a]\n" SIXTY " = v\n"), "[a]\n", "2:49 a key of 60 bytes; at most 48 are read\n");
}

static void headings(void **state)
{
	(void)state;
	expect(BYTES("[a\nk = v\n[b]\nl = w\n"), "[b]\n4:5 l=w\n", "1:3 a heading without its ]\n");
	expect(BYTES("[a] k = v\n"), "", "1:5 text after the heading's ]\n");
	expect(BYTES("[a] # c\n"), "", "1:5 text after the heading's ]\n");
	expect(BYTES("[branch \"fix/[a-z]+\"]\n"), "", "1:18 a heading ends at its first ], which is here\n");
	expect(BYTES("[a ;b]\n"), "", "1:4 a semicolon after a blank would cut the line off here\n");
	expect(BYTES("[a]\nk = v\n  [b]\nl = w\n"), "[a]\n2:5 k=v\n4:5 l=w\n",
	       "3:3 an indented line continues the key before it, but this one begins something new\n");
	expect(BYTES(" [a]\nk = v\n"), "",
	       "1:2 an indented line continues the key before it, and there is none\n"
	       "2:1 a key before the first [section]\n");
}

static void keys(void **state)
{
	(void)state;
	expect(BYTES("[a]\nk\n  v\nl = w\n"), "[a]\n4:5 l=w\n", "2:1 a line without =\n");
	expect(BYTES("[a]\n= v\n"), "[a]\n", "2:1 no key before the =\n");
	expect(BYTES("[a]\nk: v\n"), "[a]\n", "2:2 a colon would end the key here\n");
	expect(BYTES("[a]\nref:x = 1\n"), "[a]\n", "2:4 a colon would end the key here\n");
	expect(BYTES("k = v\n[a]\nl = w\n"), "[a]\n3:5 l=w\n", "1:1 a key before the first [section]\n");
	expect(BYTES("[a]\n  k = v\n"), "[a]\n",
	       "2:3 an indented line continues the key before it, and there is none\n");
	expect(BYTES("[a]\nk = v\n three = 4\n"), "[a]\n2:5 k=v\n",
	       "3:2 an indented line continues the key before it, but this one begins something new\n");
}

static void bytes_refused(void **state)
{
	(void)state;
	expect(BYTES("[a]\nk = v ;w\n"), "[a]\n", "2:7 a semicolon after a blank would cut the line off here\n");
	expect(BYTES("[a]\nk = ;w\n"), "[a]\n", "2:5 a semicolon after a blank would cut the line off here\n");
	expect(BYTES("[a]\nk = v\n \tw\t;x\n y\n"), "[a]\n2:5 k=v\n4:2 k+y\n",
	       "3:5 a semicolon after a blank would cut the line off here\n");
	expect(BYTES("[a]\nk = v\0w\n"), "[a]\n", "2:6 a NUL byte\n");
	expect(BYTES("\xef\xbb\xbf[a]\nk = v\n"), "", "1:1 a byte order mark\n");
	expect(BYTES("[a]\nk = v\rw\n"), "[a]\n", "2:6 a carriage return inside a line\n");
	expect(BYTES("[a]\nk = v\r\r\n"), "[a]\n", "2:6 a carriage return inside a line\n");
	expect(BYTES("[a]\nk = \xc3\xa9\x1b\n"), "[a]\n", "2:6 a character nobody can see (U+001B)\n");
	expect(BYTES("[a]\n# \xe2\x80\xae\n"), "[a]\n", "2:3 a character nobody can see (U+202E)\n");
	expect(BYTES("[a]\nk = \xff\n l\n"), "[a]\n", "2:5 a byte that is not UTF-8\n");
}

static void sizes(void **state)
{
	struct memory memory = memory_new(NULL, NULL);
	char *large = arena_alloc(memory.arena, INIFILE_SIZE_MAX + 1);
	const char *said;

	(void)state;
	memset(large, '\n', INIFILE_SIZE_MAX + 1);
	read_both(&memory, (struct bytes){large, INIFILE_SIZE_MAX + 1}, &said);
	assert_string_equal(said, "0:1 a file of 1048577 bytes; at most 1048576 are read\n");
	arena_free(memory.arena);
	expect((struct bytes){0}, "", "0:1 the file is empty\n");
	expect(BYTES("\n\n"), "", "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reading), cmocka_unit_test(long_lines),    cmocka_unit_test(headings),
		cmocka_unit_test(keys),	   cmocka_unit_test(bytes_refused), cmocka_unit_test(sizes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
