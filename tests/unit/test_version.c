/* test_version: which versions there are, their order, and what follows them. */
#include "memory_policy.h"

#include "version.h"

static void test_parse(void **state)
{
	static const char *const good[] = {"0.0.0", "1.2.3", "10.20.30", "99999999999999999999999999.0.1"};
	static const char *const bad[] = {"",	     "1",      "1.2",	"1.2.3.4", "01.2.3", "1.02.3",
					  "1.2.03",  "1..3",   ".2.3",	"1.2.",	   "v1.2.3", "1.2.3-a",
					  "1.2.3+b", "-1.2.3", "1.2.x", "1.2.3\n", " 1.2.3", "1.2. 3"};
	struct version version;

	(void)state;
	for (size_t i = 0; i < COUNT(good); i++)
		if (!version_parse(bytes_of(good[i]), &version))
			fail_msg("%s", good[i]);
	for (size_t i = 0; i < COUNT(bad); i++)
		if (version_parse(bytes_of(bad[i]), &version))
			fail_msg("%s", bad[i]);
}

static void test_compare(void **state)
{
	static const char *const rising[] = {"0.0.0", "0.0.9",	"0.0.10", "0.1.0",
					     "0.9.9", "0.10.0", "1.0.0",  "18446744073709551616.0.0"};

	(void)state;
	for (size_t i = 0; i < COUNT(rising); i++)
		for (size_t k = 0; k < COUNT(rising); k++) {
			struct version a, b;

			assert_true(version_parse(bytes_of(rising[i]), &a) && version_parse(bytes_of(rising[k]), &b));
			int order = version_compare(&a, &b), wanted = (i > k) - (i < k);

			if ((order > 0) - (order < 0) != wanted)
				fail_msg("%s and %s: %d", rising[i], rising[k], order);
		}
}

static void test_next(void **state)
{
	static const struct {
		const char *version;
		enum bump bump;
		const char *next;
	} cases[] = {
		{"1.2.3", BUMP_NONE, "1.2.3"},
		{"1.2.3", BUMP_PATCH, "1.2.4"},
		{"1.2.3", BUMP_MINOR, "1.3.0"},
		{"1.2.3", BUMP_MAJOR, "2.0.0"},
		{"1.2.9", BUMP_PATCH, "1.2.10"},
		{"1.99.3", BUMP_MINOR, "1.100.0"},
		{"9.2.3", BUMP_MAJOR, "10.0.0"},
		{"0.2.3", BUMP_MAJOR, "0.3.0"},
		{"0.2.3", BUMP_MINOR, "0.3.0"},
		{"0.2.3", BUMP_PATCH, "0.2.4"},
		{"99999999999999999999.0.0", BUMP_MAJOR, "100000000000000000000.0.0"},
	};
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct version version;

		assert_true(version_parse(bytes_of(cases[i].version), &version));
		struct version next = version_next(arena, &version, version_bump(&version, cases[i].bump));

		assert_string_equal(version_text(arena, &next).data, cases[i].next);
	}
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_parse),
		cmocka_unit_test(test_compare),
		cmocka_unit_test(test_next),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
