/* test_jsonread: what json.h writes is read back; nothing else is JSON here. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "arena.h"
#include "json.h"
#include "jsonread.h"

static void values(void **state)
{
	static const struct {
		const char *text;
		size_t len;
	} table[] = {
		{"{}", 2},
		{"[]", 2},
		{"0", 1},
		{"10", 2},
		{"true", 4},
		{"false", 5},
		{"\"\"", 2},
		{"\"a\\\"b\\\\c\"", 9},
		{"\"\xc3\xa4\"", 4},
		{"{\"a\":1,\"b\":[true,{\"c\":\"\"}],\"d\":{}}", 34},
		{"[[[[[[[[]]]]]]]]", 16},
		{"{}{}", 2},
		{"1,", 1},
		{"[[[[[[[[[]]]]]]]]]", 0},
		{"", 0},
		{"{", 0},
		{"}", 0},
		{"{\"a\"}", 0},
		{"{\"a\":}", 0},
		{"{\"a\":1,}", 0},
		{"{a:1}", 0},
		{"[1,]", 0},
		{"[1 ]", 0},
		{" {}", 0},
		{"[1}", 0},
		{"{\"a\":1]", 0},
		{"{1:1}", 0},
		{"01", 0},
		{"-1", 0},
		{"null", 0},
		{"\"a", 0},
		{"\"\\", 0},
		{"\"\\n\"", 0},
		{"\"\\u0041\"", 0},
		{"\"\n\"", 0},
		{"\"\x1b\"", 0},
		{"\"\xff\"", 0},
		{"\"\xe2\x80\xae\"", 0},
		{"\"\x7f\"", 0},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++)
		if (json_value(bytes_of(table[i].text)) != table[i].len)
			fail_msg("%s: %zu, not %zu", table[i].text, json_value(bytes_of(table[i].text)), table[i].len);
}

static void members(void **state)
{
	struct bytes object = BYTES("{\"a\":\"x\",\"b\":[1,\"y\"],\"a\":2}");
	struct bytes rest = object, name, value;
	size_t count = 0;

	(void)state;
	while (json_next(&rest, &name, &value))
		count++;
	assert_int_equal(count, 3);
	assert_true(bytes_equal(json_member(object, "a"), BYTES("\"x\"")));
	assert_int_equal(json_member(object, "c").len, 0);
	rest = json_member(object, "b");
	assert_true(json_element(&rest, &value) && bytes_equal(value, BYTES("1")));
	assert_true(json_element(&rest, &value) && bytes_equal(value, BYTES("\"y\"")));
	assert_false(json_element(&rest, &value));
	rest = (struct bytes){0};
	assert_false(json_next(&rest, &name, &value));
	assert_false(json_element(&rest, &value));
}

/* Every text of two bytes comes back as the escaper shows it. */
static void whatever_is_written(void **state)
{
	(void)state;
	for (unsigned i = 0; i < 65536; i += 7) {
		struct arena *arena = arena_new();
		const char bytes[] = {(char)(i >> 8), (char)i};
		struct bytes text = {bytes, sizeof(bytes)};
		struct buffer out = {.arena = arena}, shown = {.arena = arena};
		struct json json = {.out = &out, .scratch = {.arena = arena}};

		json_string(&json, text);
		assert_int_equal(json_value(buffer_bytes(&out)), out.len);
		struct bytes again = json_unquote(arena, buffer_bytes(&out));

		json.out = &shown;
		json_string(&json, again);
		assert_true(bytes_equal(buffer_bytes(&out), buffer_bytes(&shown)));
		arena_free(arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values),
		cmocka_unit_test(members),
		cmocka_unit_test(whatever_is_written),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
