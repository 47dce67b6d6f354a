/* test_report: findings as people read them, bounded and safe to print. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

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

static struct origin origin(unsigned line, const char *text)
{
	return (struct origin){BYTES("policy.ini"), line, bytes_of(text)};
}

static const char *text_of(struct world *world)
{
	report_render(&world->findings, REPORT_TEXT, &world->out);
	return world->out.data ? world->out.data : "";
}

static void commit_set(struct finding *finding)
{
	assert_true(oid_parse(BYTES("3f2c1ab4d00000000000000000000000000000aa"), &finding->commit));
}

static void nothing_to_say(void **state)
{
	assert_string_equal(text_of(*state), "");
}

static void a_rejected_ref(void **state)
{
	struct world *world = *state;
	struct finding *finding = add(world, "approvals", SEVERITY_ENFORCE, MAIN, "1 of 2 for 3f2c1ab (bob)");

	finding_fix(&world->findings, finding, "another of @reviewers runs: git policy approve 3f2c1ab --for main");
	finding->origin = origin(27, "approvals = 2 @reviewers");
	finding = add(world, "subject-end", SEVERITY_ENFORCE, MAIN, "a subject does not end with a period");
	commit_set(finding);
	finding_at(finding, 1, 35, BYTES("fix(auth): resolve session timeout."));
	assert_string_equal(
		text_of(world),
		"error: refs/heads/main: rejected, 2 problems\n"
		"error:   approvals: 1 of 2 for 3f2c1ab (bob)\n"
		"hint:      another of @reviewers runs: git policy approve 3f2c1ab --for main\n"
		"hint:      policy.ini:27  approvals = 2 @reviewers\n"
		"error:   subject-end: commit 3f2c1ab, line 1, column 35: a subject does not end with a period\n"
		"error:     fix(auth): resolve session timeout.\n"
		"error:                                       ^\n");
}

static void refs_are_told_apart(void **state)
{
	struct world *world = *state;

	add(world, "name", SEVERITY_ENFORCE, "refs/heads/a", "one");
	add(world, "subject-mood", SEVERITY_WARN, "refs/heads/b", "two");
	add(world, "rewrite", SEVERITY_UNDECIDED, "refs/heads/a", "three");
	add(world, "format", SEVERITY_NOTE, "refs/heads/c", "four");
	add(world, "name", SEVERITY_ENFORCE, "refs/heads/b", "five")->evaluated = true;
	add(world, "push", SEVERITY_ENFORCE, NULL, "six");
	assert_string_equal(text_of(world), "error: refs/heads/a: undecided, 2 problems\n"
					    "error:   name: one\n"
					    "error:   rewrite: could not decide: three\n"
					    "error: push: six\n"
					    "warning: refs/heads/b: 1 warning\n"
					    "warning:   subject-mood: two\n"
					    "note: refs/heads/c: 1 note\n"
					    "note:   format: four\n"
					    "warning: refs/heads/b: would be rejected, 1 problem (mode = evaluate)\n"
					    "warning:   name: five\n");
}

static void accepted_refs(void **state)
{
	struct world *world = *state;

	add(world, "subject-mood", SEVERITY_WARN, MAIN, "one");
	add(world, "subject-mood", SEVERITY_WARN, MAIN, "two");
	add(world, "format", SEVERITY_NOTE, MAIN, "three");
	add(world, "format", SEVERITY_NOTE, "refs/heads/b", "four");
	assert_string_equal(text_of(world), "warning: refs/heads/main: accepted with 2 warnings\n"
					    "warning:   subject-mood: one\n"
					    "warning:   subject-mood: two\n"
					    "note:   format: three\n"
					    "note: refs/heads/b: accepted with 1 note\n"
					    "note:   format: four\n");
}

static void policy_files(void **state)
{
	struct world *world = *state;
	struct finding *finding = add(world, "policy", SEVERITY_UNDECIDED, NULL, "unknown key \"aprovals\"");

	finding->origin = origin(12, "aprovals = 2");
	finding->column = 1;
	finding_fix(&world->findings, finding, "did you mean approvals?");
	finding = add(world, "policy", SEVERITY_UNDECIDED, NULL, "unknown user \"zoe\"");
	finding->origin = origin(14, "@reviewers zoe");
	finding_at(finding, 0, 23, BYTES("           @reviewers zoe"));
	finding = add(world, "policy", SEVERITY_WARN, NULL, "nobody is in @leads");
	finding->origin = origin(20, "");
	finding = add(world, "policy", SEVERITY_UNDECIDED, NULL, "it cannot be read");
	finding->origin = origin(0, NULL);
	assert_string_equal(text_of(world), "error: policy.ini:12:1: unknown key \"aprovals\"\n"
					    "error:     aprovals = 2\n"
					    "error:     ^\n"
					    "hint:      did you mean approvals?\n"
					    "error: policy.ini:14:23: unknown user \"zoe\"\n"
					    "error:                @reviewers zoe\n"
					    "error:                           ^\n"
					    "error: policy.ini: it cannot be read\n"
					    "warning: policy.ini:20: nobody is in @leads\n");
}

static void hints_are_told_once(void **state)
{
	struct world *world = *state;

	for (int i = 0; i < 4; i++) {
		struct finding *finding =
			add(world, "type", SEVERITY_ENFORCE, i < 3 ? MAIN : "refs/heads/b", "\"feet\" is no type");

		finding->line = 1;
		finding_wanted(&world->findings, finding, "feat fix");
		if (i == 2)
			finding_fix(&world->findings, finding, "git rebase -i");
		finding->origin = origin(3, "types = feat fix");
	}
	assert_string_equal(text_of(world), "error: refs/heads/main: rejected, 3 problems\n"
					    "error:   type: line 1: \"feet\" is no type\n"
					    "hint:      wanted: feat fix\n"
					    "hint:      policy.ini:3  types = feat fix\n"
					    "error:   type: line 1: \"feet\" is no type\n"
					    "error:   type: line 1: \"feet\" is no type\n"
					    "hint:      git rebase -i\n"
					    "error: refs/heads/b: rejected, 1 problem\n"
					    "error:   type: line 1: \"feet\" is no type\n"
					    "hint:      wanted: feat fix\n"
					    "hint:      policy.ini:3  types = feat fix\n");
}

/* The caret stands under `mark`, whatever comes before it. */
static void caret_is_under(struct bytes source, unsigned column, char mark)
{
	struct world *world;
	struct bytes rest, line, shown = {0}, caret = {0};

	world_make((void **)&world);
	finding_at(add(world, "x", SEVERITY_ENFORCE, MAIN, "x"), 1, column, source);
	text_of(world);
	for (rest = buffer_bytes(&world->out); bytes_line(&rest, &line); caret = line)
		shown = caret;
	size_t at = bytes_index(caret, '^');

	assert_int_equal(at + 1, caret.len);
	assert_true(at < 140);
	/* Columns, not bytes: skip the continuation bytes of what is shown. */
	for (size_t i = 0, columns = 0; i < shown.len; i++) {
		columns += ((unsigned char)shown.data[i] & 0xc0) != 0x80;
		if (columns == at + 1) {
			assert_int_equal(shown.data[i], mark);
			break;
		}
	}
	assert_true(shown.len < 400);
	arena_free(world->arena);
}

static void carets(void **state)
{
	char line[100000];

	(void)state;
	caret_is_under(BYTES("a!c"), 2, '!');
	caret_is_under(BYTES("a\tb!"), 4, '!');
	caret_is_under(BYTES("\xc3\xa9\xe2\x82\xac!"), 3, '!');
	caret_is_under(BYTES("\x1b[31m!"), 6, '!');
	caret_is_under(BYTES("\xff\xfe!"), 3, '!');
	caret_is_under(BYTES("\xe2\x80\xae!"), 2, '!');
	memset(line, 'x', sizeof(line));
	line[50000] = '!';
	caret_is_under((struct bytes){line, sizeof(line)}, 50001, '!');
	line[99999] = '!';
	caret_is_under((struct bytes){line, sizeof(line)}, 100000, '!');
	line[0] = '!';
	caret_is_under((struct bytes){line, sizeof(line)}, 1, '!');
}

static void a_caret_may_stand_behind_the_line(void **state)
{
	struct world *world = *state;

	finding_at(add(world, "x", SEVERITY_ENFORCE, MAIN, "x"), 1, 4, BYTES("abc"));
	finding_at(add(world, "x", SEVERITY_ENFORCE, MAIN, "x"), 1, 4000000000u, BYTES("abc"));
	finding_at(add(world, "x", SEVERITY_ENFORCE, MAIN, "x"), 1, 0, BYTES("abc"));
	assert_string_equal(text_of(world), "error: refs/heads/main: rejected, 3 problems\n"
					    "error:   x: line 1, column 4: x\n"
					    "error:     abc\n"
					    "error:        ^\n"
					    "error:   x: line 1, column 4000000000: x\n"
					    "error:     abc\n"
					    "error:        ^\n"
					    "error:   x: line 1: x\n"
					    "error:     abc\n");
}

static void output_is_bounded(void **state)
{
	struct world *world = *state;
	struct bytes rest, line = {0};
	size_t lines = 0;

	for (int i = 0; i < 20000; i++) {
		struct finding *finding = findings_add(&world->findings, "name", SEVERITY_ENFORCE, "it is %0900d", i);

		finding->ref = bytes_printf(world->arena, "refs/heads/%0900d", i / 2);
		finding->origin = origin((unsigned)i, "name = x");
	}
	text_of(world);
	for (rest = buffer_bytes(&world->out); bytes_line(&rest, &line); lines++)
		assert_true(line.len < 400);
	assert_true(lines <= REPORT_LINES_MAX && lines > REPORT_LINES_MAX - 5);
	assert_string_equal(line.data, "hint: 19961 more problems are not shown; git push -o policy.format=json "
				       "shows all\n");
}

static void nothing_foreign_is_sent_raw(void **state)
{
	struct world *world = *state;
	struct finding *finding = add(world, "a\nb", SEVERITY_ENFORCE, "refs/heads/\x1b[2J", "\a\r\nerror: forged");

	finding->origin = (struct origin){BYTES("p\x9b.ini"), 1, BYTES("k = \xe2\x80\xae\0v")};
	finding->wanted = BYTES("\x07");
	finding->fix = BYTES("\xff");
	finding_at(finding, 1, 1, BYTES("\b\n\x1b"));
	assert_string_equal(text_of(world), "error: refs/heads/\\x1B[2J: rejected, 1 problem\n"
					    "error:   a\\x0Ab: line 1, column 1: \\x07\\x0D\\x0Aerror: forged\n"
					    "error:     \\x08\\x0A\\x1B\n"
					    "error:     ^\n"
					    "hint:      wanted: \\x07\n"
					    "hint:      \\xFF\n"
					    "hint:      p\\x9B.ini:1  k = \\xE2\\x80\\xAE\\x00v\n");
}

int main(void)
{
#define WITH_WORLD(test) cmocka_unit_test_setup_teardown(test, world_make, world_free)
	const struct CMUnitTest tests[] = {
		WITH_WORLD(nothing_to_say),	 WITH_WORLD(a_rejected_ref),
		WITH_WORLD(refs_are_told_apart), WITH_WORLD(accepted_refs),
		WITH_WORLD(policy_files),	 WITH_WORLD(hints_are_told_once),
		cmocka_unit_test(carets),	 WITH_WORLD(a_caret_may_stand_behind_the_line),
		WITH_WORLD(output_is_bounded),	 WITH_WORLD(nothing_foreign_is_sent_raw),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
