/* test_report_json: findings as machines read them: whole, and valid JSON whatever was pushed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <cjson/cJSON.h>
#include <stdbool.h>

#include "arena.h"
#include "report.h"

#define MAIN "refs/heads/main"

struct world {
	struct arena *arena;
	struct findings findings;
	struct buffer out;
};

static int world_make(void **state)
{
	struct arena *arena = arena_new();
	struct world *world = arena_alloc(arena, sizeof(*world));

	world->arena = arena;
	world->findings.arena = world->out.arena = arena;
	*state = world;
	return 0;
}

static int world_free(void **state)
{
	struct world *world = *state;

	arena_free(world->arena);
	return 0;
}

static struct finding *add(struct world *world, const char *rule, enum severity severity, const char *ref,
			   const char *found)
{
	struct finding *finding = findings_add(&world->findings, rule, severity, "%s", found);

	finding->ref = bytes_of(ref);
	return finding;
}

static const char *string_in(const cJSON *object, const char *name)
{
	return cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, name));
}

static double number_in(const cJSON *object, const char *name)
{
	return cJSON_GetNumberValue(cJSON_GetObjectItemCaseSensitive(object, name));
}

/* The next line of the JSON report, parsed; the caller deletes it. */
static cJSON *json_next(struct bytes *rest)
{
	struct bytes line;
	const char *end = NULL;
	cJSON *object;

	assert_true(bytes_line(rest, &line));
	object = cJSON_ParseWithLengthOpts(line.data, line.len + 1, &end, false);
	assert_non_null(object);
	assert_ptr_equal(end, line.data + line.len);
	return object;
}

static void json_is_complete(void **state)
{
	struct world *world = *state;
	struct finding *finding = add(world, "type", SEVERITY_ENFORCE, MAIN, "a \"quote\" and a \\ and \x1b\xff");
	struct bytes rest;
	cJSON *object;

	assert_true(oid_parse(BYTES("3f2c1ab4d00000000000000000000000000000aa"), &finding->commit));
	finding_wanted(&world->findings, finding, "feat");
	finding_fix(&world->findings, finding, "git commit --amend");
	finding_at(finding, 1, 2, BYTES("\xc3\xa9t\t"));
	finding->origin = (struct origin){BYTES("policy.ini"), 3, BYTES("types = feat")};
	finding->evaluated = true;
	finding->open = true;
	add(world, "push", SEVERITY_WARN, NULL, "");
	report_render(&world->findings, REPORT_JSON, &world->out);
	rest = buffer_bytes(&world->out);

	object = json_next(&rest);
	assert_string_equal(string_in(object, "type"), "finding");
	assert_string_equal(string_in(object, "severity"), "error");
	assert_string_equal(string_in(object, "rule"), "type");
	assert_string_equal(string_in(object, "ref"), MAIN);
	assert_string_equal(string_in(object, "commit"), "3f2c1ab4d00000000000000000000000000000aa");
	assert_int_equal(number_in(object, "line"), 1);
	assert_int_equal(number_in(object, "column"), 2);
	assert_string_equal(string_in(object, "found"), "a \"quote\" and a \\ and \\x1B\\xFF");
	assert_string_equal(string_in(object, "wanted"), "feat");
	assert_string_equal(string_in(object, "fix"), "git commit --amend");
	assert_string_equal(string_in(object, "source"), "\xc3\xa9t\\x09");
	assert_true(cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(object, "evaluated")));
	assert_true(cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(object, "open")));
	assert_string_equal(string_in(cJSON_GetObjectItemCaseSensitive(object, "policy"), "file"), "policy.ini");
	assert_int_equal(number_in(cJSON_GetObjectItemCaseSensitive(object, "policy"), "line"), 3);
	assert_string_equal(string_in(cJSON_GetObjectItemCaseSensitive(object, "policy"), "text"), "types = feat");
	cJSON_Delete(object);

	object = json_next(&rest);
	assert_int_equal(cJSON_GetArraySize(object), 3);
	assert_string_equal(string_in(object, "severity"), "warning");
	cJSON_Delete(object);

	object = json_next(&rest);
	assert_string_equal(string_in(object, "type"), "verdict");
	assert_string_equal(string_in(object, "verdict"), "accepted");
	assert_int_equal(number_in(object, "findings"), 2);
	cJSON_Delete(object);
	assert_int_equal(rest.len, 0);
}

static void json_of_any_bytes(void **state)
{
	struct world *world = *state;
	char all[512];
	struct bytes rest;

	for (size_t i = 0; i < sizeof(all); i++)
		all[i] = (char)(i < 256 ? i : i * 7 + i / 3);
	for (size_t i = 0; i < sizeof(all) - 4; i++)
		add(world, "x", SEVERITY_NOTE, NULL, "")->source = (struct bytes){all + i, 4};
	report_render(&world->findings, REPORT_JSON, &world->out);
	for (rest = buffer_bytes(&world->out); rest.len;)
		cJSON_Delete(json_next(&rest));
}

static void verdicts(void **state)
{
	static const struct {
		enum severity severity;
		const char *verdict;
	} table[] = {
		{SEVERITY_NOTE, "\"accepted\""},
		{SEVERITY_WARN, "\"accepted\""},
		{SEVERITY_ENFORCE, "\"rejected\""},
		{SEVERITY_UNDECIDED, "\"undecided\""},
	};
	struct world *world = *state;

	report_render(&world->findings, REPORT_JSON, &world->out);
	assert_string_equal(world->out.data, "{\"type\":\"verdict\",\"verdict\":\"accepted\",\"findings\":0}\n");
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		add(world, "x", table[i].severity, MAIN, "x");
		world->out.len = 0;
		report_render(&world->findings, REPORT_JSON, &world->out);
		assert_true(bytes_contains(buffer_bytes(&world->out), bytes_of(table[i].verdict)));
	}
}

int main(void)
{
#define WITH_WORLD(test) cmocka_unit_test_setup_teardown(test, world_make, world_free)
	const struct CMUnitTest tests[] = {
		WITH_WORLD(json_is_complete),
		WITH_WORLD(json_of_any_bytes),
		WITH_WORLD(verdicts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
