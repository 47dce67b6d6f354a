/* test_crowd: who was added is in it, whatever the numbers, and nobody else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "arena.h"
#include "model.h"

static void members_and_others(void **state)
{
	static const size_t numbers[] = {0, 7, 8, 63, 64, 9999};
	enum { COUNT = sizeof(numbers) / sizeof(*numbers), MOST = 12000 };
	struct arena *arena = arena_new();
	struct crowd crowd = {0};
	size_t found = 0;

	(void)state;
	for (size_t i = 0; i < COUNT; i++) {
		const struct user user = {.number = numbers[i]};

		assert_false(crowd_has(&crowd, &user));
		assert_true(crowd_add(arena, &crowd, &user));
		assert_true(crowd_has(&crowd, &user));
	}
	for (size_t i = 0; i < COUNT; i++)
		assert_false(crowd_add(arena, &crowd, &(struct user){.number = numbers[i]}));
	for (size_t i = 0; i < MOST; i++)
		found += crowd_has(&crowd, &(struct user){.number = i});
	assert_int_equal(found, COUNT);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(members_and_others),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
