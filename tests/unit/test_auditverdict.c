/* test_auditverdict: lines from findings: complete, bounded, valid JSON whatever was pushed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <string.h>

#include "arena.h"
#include "auditline.h"
#include "auditverdict.h"
#include "jsonread.h"

#define MAIN "refs/heads/main"
#define OLD "1111111111111111111111111111111111111111"
#define NEW "2222222222222222222222222222222222222222"

struct world {
	struct arena *arena;
	struct findings findings;
	struct push push;
	struct audit audit;
	struct buffer out;
};

static int world_make(void **state)
{
	struct arena *arena = arena_new();
	struct world *world = arena_alloc(arena, sizeof(*world));

	world->arena = world->findings.arena = world->push.arena = world->out.arena = arena;
	world->audit = (struct audit){
		.time = 1738324800,
		.event = BYTES("0123456789abcdef"),
		.hook = "pre-receive",
		.repository = BYTES("/srv/x.git"),
		.transport = BYTES("ssh"),
		.verdict = POLICY_REJECTED,
		.would = POLICY_REJECTED,
		.duration = 12,
		.findings = &world->findings,
	};
	*state = world;
	return 0;
}

static int world_free(void **state)
{
	struct world *world = *state;

	arena_free(world->arena);
	return 0;
}

static void update(struct world *world, const char *ref)
{
	struct oid old, new;

	assert_true(oid_parse(BYTES(OLD), &old) && oid_parse(BYTES(NEW), &new));
	push_add(&world->push, bytes_of(ref), &old, &new)->old = old;
}

static struct finding *add(struct world *world, const char *rule, enum severity severity, const char *ref,
			   const char *found)
{
	struct finding *finding = findings_add(&world->findings, rule, severity, "%s", found);

	finding->ref = bytes_of(ref);
	return finding;
}

/* The next line, parsed by another than our own reader too. */
static cJSON *next(struct world *world, struct bytes *rest)
{
	struct bytes line;
	struct auditline read;
	const char *end;

	assert_true(bytes_line(rest, &line));
	assert_true(line.len < POLICY_AUDIT_LINE);
	assert_true(auditline_parse(world->arena, line, &read));
	cJSON *object = cJSON_ParseWithLengthOpts(line.data, line.len, &end, 0);

	assert_non_null(object);
	assert_ptr_equal(end, line.data + line.len);
	return object;
}

static void assert_text(const cJSON *object, const char *name, const char *expected)
{
	const char *found = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, name));

	if (!expected)
		assert_null(found);
	else
		assert_string_equal(found ? found : "(none)", expected);
}

static const cJSON *element(const cJSON *object, const char *name, int index)
{
	return cJSON_GetArrayItem(cJSON_GetObjectItemCaseSensitive(object, name), index);
}

static void a_line_for_each_update(void **state)
{
	struct world *world = *state;

	world->audit.user = BYTES("erin");
	world->audit.variable = BYTES("GIT_POLICY_USER");
	world->audit.claim = BYTES("erin.w");
	update(world, MAIN);
	update(world, "refs/heads/b");
	struct finding *finding = add(world, "push", SEVERITY_ENFORCE, MAIN, "erin may not push here");

	finding->origin = (struct origin){.file = BYTES("policy.ini"), .line = 7, .text = BYTES("push = bob")};
	finding->source = BYTES("password = hunter2");
	audit_add(&world->audit, &world->push, &world->out);
	struct bytes rest = buffer_bytes(&world->out);
	cJSON *line = next(world, &rest);

	assert_text(line, "time", "2025-01-31T12:00:00Z");
	assert_text(line, "event", "0123456789abcdef");
	assert_text(line, "type", "verdict");
	assert_text(line, "hook", "pre-receive");
	assert_text(line, "repository", "/srv/x.git");
	assert_text(line, "transport", "ssh");
	assert_text(line, "user", "erin");
	assert_text(cJSON_GetObjectItem(line, "identity"), "variable", "GIT_POLICY_USER");
	assert_text(cJSON_GetObjectItem(line, "identity"), "value", "erin.w");
	assert_text(line, "ref", MAIN);
	assert_text(line, "old", OLD);
	assert_text(line, "new", NEW);
	assert_text(line, "mode", "enforce");
	assert_text(line, "verdict", "rejected");
	assert_text(line, "would", NULL);
	assert_text(element(line, "findings", 0), "rule", "push");
	assert_text(element(line, "findings", 0), "severity", "error");
	assert_text(element(line, "findings", 0), "policy", "policy.ini:7");
	assert_text(element(line, "findings", 0), "found", "erin may not push here");
	assert_null(element(line, "findings", 1));
	assert_int_equal(cJSON_GetNumberValue(cJSON_GetObjectItem(line, "duration_ms")), 12);
	cJSON_Delete(line);
	line = next(world, &rest);
	assert_text(line, "ref", "refs/heads/b");
	assert_null(cJSON_GetObjectItem(line, "findings"));
	cJSON_Delete(line);
	assert_int_equal(rest.len, 0);
	assert_false(bytes_contains(buffer_bytes(&world->out), BYTES("hunter2"))); /* sources are not told */
}

static void what_is_of_the_whole_push_is_in_every_line(void **state)
{
	struct world *world = *state;

	update(world, MAIN);
	update(world, "refs/heads/b");
	add(world, "grant", SEVERITY_NOTE, MAIN, "a note");
	add(world, "name", SEVERITY_ENFORCE, "", "no policy");
	audit_add(&world->audit, &world->push, &world->out);
	struct bytes rest = buffer_bytes(&world->out);
	cJSON *line = next(world, &rest);

	assert_text(element(line, "findings", 0), "rule", "grant");
	assert_text(element(line, "findings", 1), "rule", "name");
	cJSON_Delete(line);
	line = next(world, &rest);
	assert_text(element(line, "findings", 0), "rule", "name");
	cJSON_Delete(line);
}

static void what_could_not_be_read_has_no_ref(void **state)
{
	struct world *world = *state;

	world->audit.verdict = POLICY_UNDECIDED;
	add(world, "push", SEVERITY_UNDECIDED, "", "line 1 is none");
	audit_add(&world->audit, &world->push, &world->out);
	struct bytes rest = buffer_bytes(&world->out);
	cJSON *line = next(world, &rest);

	assert_text(line, "verdict", "undecided");
	assert_text(line, "ref", NULL);
	assert_text(line, "old", NULL);
	assert_text(element(line, "findings", 0), "severity", "undecided");
	cJSON_Delete(line);
	assert_int_equal(rest.len, 0);
}

static void evaluation_says_what_it_would_be(void **state)
{
	struct world *world = *state;

	world->audit.evaluate = true;
	world->audit.verdict = POLICY_ACCEPTED;
	update(world, MAIN);
	add(world, "push", SEVERITY_ENFORCE, MAIN, "no")->evaluated = true;
	audit_add(&world->audit, &world->push, &world->out);
	struct bytes rest = buffer_bytes(&world->out);
	cJSON *line = next(world, &rest);

	assert_text(line, "mode", "evaluate");
	assert_text(line, "verdict", "accepted");
	assert_text(line, "would", "rejected");
	assert_true(cJSON_IsTrue(cJSON_GetObjectItem(element(line, "findings", 0), "evaluated")));
	cJSON_Delete(line);
}

static void a_grant_is_an_override(void **state)
{
	struct world *world = *state;
	struct bytes rules[] = {BYTES("rewrite"), BYTES("soak")};
	const struct override override = {BYTES("oscar"), BYTES("a \"reason\""), rules, 2};

	update(world, MAIN);
	add(world, "grant", SEVERITY_NOTE, MAIN, "granted")->override = &override;
	audit_add(&world->audit, &world->push, &world->out);
	struct bytes rest = buffer_bytes(&world->out);
	cJSON *line = next(world, &rest), *found = cJSON_GetObjectItem(line, "override");

	assert_text(found, "by", "oscar");
	assert_text(found, "reason", "a \"reason\"");
	assert_string_equal(cJSON_GetStringValue(element(found, "skipped", 1)), "soak");
	cJSON_Delete(line);
}

/* Everything as long and as hostile as it can be. */
static void a_line_has_its_bound(void **state)
{
	struct world *world = *state;
	static char hostile[5000];
	struct bytes text = {hostile, sizeof(hostile)}, rules[] = {text, text, text};
	const struct override override = {text, text, rules, 3};

	for (size_t i = 0; i < sizeof(hostile); i++)
		hostile[i] = "\"\\\n\x1b\xff\xe2\x80\xa8"[i % 8];
	hostile[sizeof(hostile) - 1] = '\0';
	world->audit.event = world->audit.repository = world->audit.id = world->audit.user = world->audit.variable =
		world->audit.claim = world->audit.transport = text;
	update(world, hostile);
	for (size_t i = 0; i < 200; i++) {
		struct finding *finding = add(world, "x", i % 2 ? SEVERITY_NOTE : SEVERITY_ENFORCE, hostile, hostile);

		finding->origin = (struct origin){.file = text, .line = 1};
		finding->override = &override;
	}
	audit_add(&world->audit, &world->push, &world->out);
	struct bytes rest = buffer_bytes(&world->out);
	cJSON *line = next(world, &rest);
	int told = cJSON_GetArraySize(cJSON_GetObjectItem(line, "findings"));

	assert_int_equal(rest.len, 0);
	assert_int_equal(told + cJSON_GetNumberValue(cJSON_GetObjectItem(line, "findings_cut")), 200);
	for (int i = 0; i < told; i++)
		assert_text(element(line, "findings", i), "severity", "error");
	cJSON_Delete(line);
}

static void many_findings_are_cut_and_counted(void **state)
{
	struct world *world = *state;

	update(world, MAIN);
	for (size_t i = 0; i < 1000; i++)
		add(world, "x", SEVERITY_WARN, MAIN, "a warning");
	add(world, "y", SEVERITY_ENFORCE, MAIN, "an error");
	audit_add(&world->audit, &world->push, &world->out);
	struct bytes rest = buffer_bytes(&world->out);
	cJSON *line = next(world, &rest);
	int told = cJSON_GetArraySize(cJSON_GetObjectItem(line, "findings"));

	assert_true(told > 50);
	assert_text(element(line, "findings", 0), "rule", "y");
	assert_int_equal(told + cJSON_GetNumberValue(cJSON_GetObjectItem(line, "findings_cut")), 1001);
	cJSON_Delete(line);
}

int main(void)
{
#define WITH_WORLD(test) cmocka_unit_test_setup_teardown(test, world_make, world_free)
	const struct CMUnitTest tests[] = {
		WITH_WORLD(a_line_for_each_update),
		WITH_WORLD(what_is_of_the_whole_push_is_in_every_line),
		WITH_WORLD(what_could_not_be_read_has_no_ref),
		WITH_WORLD(evaluation_says_what_it_would_be),
		WITH_WORLD(a_grant_is_an_override),
		WITH_WORLD(a_line_has_its_bound),
		WITH_WORLD(many_findings_are_cut_and_counted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
