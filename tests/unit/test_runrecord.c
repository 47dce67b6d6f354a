/* test_runrecord: records as the command line writes them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "policy.h"

#define A "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define B "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
#define ZERO "0000000000000000000000000000000000000000"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static const struct {
	struct policy_record record;
	const char *ref; /* NULL: there can be none */
} records[] = {
	{{POLICY_APPROVAL, "refs/heads/main", A, NULL, NULL, "bob", NULL}, "refs/approvals/heads/main/" A "/bob"},
	{{POLICY_APPROVAL, "refs/heads/fix/x", A, NULL, NULL, "Bob Smith", NULL},
	 "refs/approvals/heads/fix/x/" A "/Bob%20Smith"},
	{{POLICY_CHECK, NULL, A, NULL, NULL, "ci/linux", NULL}, "refs/checks/" A "/ci%2Flinux"},
	{{POLICY_CHECK, NULL, A, NULL, NULL, "coverage", "99.5"}, "refs/checks/" A "/coverage"},
	{{POLICY_CHECK, NULL, A, NULL, NULL, "coverage", "99,5"}, NULL},
	{{POLICY_GRANT, "refs/heads/main", NULL, A, B, "dan", NULL}, "refs/grants/heads/main/" A "/" B "/dan"},
	{{POLICY_GRANT, "refs/heads/main", NULL, A, ZERO, "dan", NULL}, "refs/grants/heads/main/" A "/" ZERO "/dan"},
	{{POLICY_APPROVAL, "refs/heads/a..b", A, NULL, NULL, "bob", NULL}, NULL},
	{{POLICY_APPROVAL, "main", A, NULL, NULL, "bob", NULL}, NULL},
	{{POLICY_APPROVAL, "refs/heads/main", "aaaaaaa", NULL, NULL, "bob", NULL}, NULL},
	{{POLICY_APPROVAL, "refs/heads/main", A, NULL, NULL, "", NULL}, NULL},
};

static void a_record_has_one_name(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(records); i++) {
		struct policy_run *run = policy_run_new(NULL);
		enum policy_exit verdict = policy_record_ref(run, &records[i].record);
		size_t len;
		const char *output = policy_run_output(run, &len);

		assert_int_equal(verdict, records[i].ref ? POLICY_ACCEPTED : POLICY_UNDECIDED);
		if (records[i].ref) {
			assert_int_equal(len, strlen(records[i].ref));
			assert_memory_equal(output, records[i].ref, len);
		} else {
			assert_int_not_equal(len, 0);
		}
		policy_run_free(run);
	}
}

static void a_time_is_one_or_a_span_from_now(void **state)
{
	static const struct {
		const char *text;
		bool good;
	} times[] = {
		{"2026-01-31T12:00:00Z", true},
		{"24h", true},
		{"90s", true},
		{"tomorrow", false},
		{"", false},
		{"2026-02-30T12:00:00Z", false},
		{"24", false},
		{"-1h", false},
		{"2026-01-31", true},
		{"2026-02-30", false},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(times); i++) {
		struct policy_run *run = policy_run_new(NULL);
		enum policy_exit verdict = policy_time(run, times[i].text);
		size_t len;
		const char *output = policy_run_output(run, &len);

		assert_int_equal(verdict, times[i].good ? POLICY_ACCEPTED : POLICY_UNDECIDED);
		if (times[i].good) {
			assert_int_equal(len, strlen("2026-01-31T12:00:00Z"));
			assert_int_equal(output[len - 1], 'Z');
		}
		policy_run_free(run);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_record_has_one_name),
		cmocka_unit_test(a_time_is_one_or_a_span_from_now),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
