/* test_condition: what a condition looks like, what does not, and which results hold. */
#include "memory_policy.h"

#include "condition.h"

static void parses(void **state)
{
	static const struct {
		const char *word, *name, *number;
		enum condition_operator comparison;
	} table[] = {
		{"ci", "ci", "", CONDITION_PASS},
		{"non-root", "non-root", "", CONDITION_PASS},
		{"node.v20_x", "node.v20_x", "", CONDITION_PASS},
		{"coverage>=90", "coverage", "90", CONDITION_AT_LEAST},
		{"coverage>90", "coverage", "90", CONDITION_MORE},
		{"seconds<2", "seconds", "2", CONDITION_LESS},
		{"seconds<=2.5", "seconds", "2.5", CONDITION_AT_MOST},
		{"bugs=0", "bugs", "0", CONDITION_EQUAL},
		{"bugs!=-1", "bugs", "-1", CONDITION_UNEQUAL},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(table); i++) {
		struct condition condition;

		assert_null(condition_parse(bytes_of(table[i].word), &condition));
		assert_true(bytes_equal(condition.text, bytes_of(table[i].word)));
		assert_true(bytes_equal(condition.name, bytes_of(table[i].name)));
		assert_int_equal(condition.comparison, table[i].comparison);
		if (condition.comparison != CONDITION_PASS)
			assert_true(bytes_equal(condition.number.text, bytes_of(table[i].number)));
	}
}

static void refuses(void **state)
{
	static const char *const words[] = {
		"",
		">=90",
		"=",
		"coverage>=",
		"coverage>=90,0",
		"coverage>=NaN",
		"coverage>=1e9",
		"a==1",
		"a=>1",
		"a<>1",
		"coverage>=90%",
		"a!1",
		"a/b",
		"a:1",
		"caf\xc3\xa9",
		"coverage>=+90",
		"coverage>=.5",
		"coverage>=5.",
		"a>=1>=2",
		"@ci",
		"a=0x10",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(words); i++) {
		struct condition condition;

		if (!condition_parse(bytes_of(words[i]), &condition))
			fail_msg("\"%s\" is taken for a condition", words[i]);
	}
}

static void holds(void **state)
{
	static const struct {
		const char *condition, *result;
		bool holds;
	} table[] = {
		{"ci", "pass", true},
		{"ci", "fail", false},
		{"ci", "1", false},
		{"n=1", "1", true},
		{"n=1", "1.0", true},
		{"n=1", "1.1", false},
		{"n=0", "-0", true},
		{"n!=1", "2", true},
		{"n!=1", "1.00", false},
		{"n<2", "1.999999999999999999999999999", true},
		{"n<2", "2", false},
		{"n<=2", "2", true},
		{"n<=2", "2.000000000000000000000000001", false},
		{"n>90", "90.0", false},
		{"n>90", "90.1", true},
		{"n>=90", "90", true},
		{"n>=90", "89.9", false},
		{"n>=90", "100", true},
		{"n>=90", "9", false},
		{"n>=-1", "-2", false},
		{"n>=90", "pass", false},
		{"n!=90", "fail", false},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(table); i++) {
		struct bytes said = bytes_of(table[i].result);
		struct record_value value = {
			.passed = bytes_equal(said, BYTES("pass")),
			.failed = bytes_equal(said, BYTES("fail")),
		};
		struct condition condition;

		assert_null(condition_parse(bytes_of(table[i].condition), &condition));
		if (!value.passed && !value.failed)
			assert_true(decimal_parse(said, &value.number));
		if (condition_holds(&condition, &value) != table[i].holds)
			fail_msg("%s with %s", table[i].condition, table[i].result);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(parses),
		cmocka_unit_test(refuses),
		cmocka_unit_test(holds),
	};

	return cmocka_run_group_tests_name("condition", tests, NULL, NULL);
}
