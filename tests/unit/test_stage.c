/* test_stage: what the names of deploy refs say. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "stage.h"

static const struct {
	const char *ref;
	const char *environment; /* NULL: it is none */
	const char *name;
	bool rollback;
} refs[] = {
	{"refs/deploy/production/live", "production", "live", false},
	{"refs/deploy/production/rollback", "production", "rollback", true},
	{"refs/deploy/eu/west/canary-5", "eu/west", "canary-5", false},
	{"refs/deploy/rollback/live", "rollback", "live", false},
	{"refs/deploy/production/rollback/live", "production/rollback", "live", false},
	{"refs/deploy/production/rollback2", "production", "rollback2", false},
	{"refs/deploy/production", NULL, NULL, false},
	{"refs/deploy/rollback", NULL, NULL, false},
	{"refs/deploy//rollback", NULL, NULL, false},
	{"refs/deploy/production/", NULL, NULL, false},
	{"refs/deploy/", NULL, NULL, false},
	{"refs/heads/production/rollback", NULL, NULL, false},
	{"refs/deployed/production/rollback", NULL, NULL, false},
	{"", NULL, NULL, false},
};

static void names(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(refs) / sizeof(*refs); i++) {
		struct bytes ref = bytes_of(refs[i].ref);
		struct stage stage = {0};

		assert_int_equal(stage_parse(ref, &stage), refs[i].environment != NULL);
		if (refs[i].environment) {
			assert_true(bytes_equal(stage.environment, bytes_of(refs[i].environment)));
			assert_true(bytes_equal(stage.name, bytes_of(refs[i].name)));
		}
		if (stage_rolls_back(ref) != refs[i].rollback)
			fail_msg("%s", refs[i].ref);
	}
}

static void headings(void **state)
{
	(void)state;
	assert_true(stage_varies(BYTES("*")));
	assert_true(stage_varies(BYTES("canary-{number}")));
	assert_false(stage_varies(BYTES("canary-5")));
	assert_false(stage_varies(BYTES("")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(names), cmocka_unit_test(headings)};

	return cmocka_run_group_tests_name("stage", tests, NULL, NULL);
}
