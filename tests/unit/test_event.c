/* test_event: outside of a push an event is random, and always 16 hex digits. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "arena.h"
#include "event.h"

static void random_outside_of_a_push(void **state)
{
	struct arena *arena = arena_new();
	struct bytes first = event_of_push(arena), second = event_of_push(arena);

	(void)state;
	assert_int_equal(first.len, 16);
	assert_int_equal(second.len, 16);
	assert_false(bytes_equal(first, second));
	for (size_t i = 0; i < first.len; i++)
		assert_true(bytes_index(BYTES("0123456789abcdef"), first.data[i]) < 16);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(random_outside_of_a_push),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
