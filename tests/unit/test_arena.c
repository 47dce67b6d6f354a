/* test_arena: memory is zeroed, aligned, apart, and running out of it lands in one place. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "arena.h"

static void objects_are_zeroed_aligned_and_apart(void **state)
{
	static const size_t sizes[] = {1, 7, 16, 100, 8191, 8193, 40000, 3, 1000000, 5, 0};
	struct arena *arena = arena_new();
	unsigned char *objects[sizeof(sizes) / sizeof(sizes[0])];

	(void)state;
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		objects[i] = arena_alloc(arena, sizes[i]);
		assert_non_null(objects[i]);
		assert_int_equal((uintptr_t)objects[i] % _Alignof(max_align_t), 0);
		for (size_t j = 0; j < sizes[i]; j++)
			assert_int_equal(objects[i][j], 0);
		memset(objects[i], (int)i + 1, sizes[i]);
	}
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++)
		for (size_t j = 0; j < sizes[i]; j++)
			assert_int_equal(objects[i][j], i + 1);
	arena_free(arena);
}

static void free_takes_null(void **state)
{
	(void)state;
	arena_free(NULL);
}

static void grow_keeps_contents(void **state)
{
	struct arena *arena = arena_new();
	size_t room = 0, *numbers = NULL;

	(void)state;
	for (size_t i = 0; i < 10000; i++) {
		numbers = arena_grow(arena, numbers, &room, i + 1, sizeof(*numbers));
		numbers[i] = i;
	}
	assert_true(room >= 10000 && room < 20000);
	for (size_t i = 0; i < 10000; i++)
		assert_int_equal(numbers[i], i);
	assert_ptr_equal(arena_grow(arena, numbers, &room, 1, sizeof(*numbers)), numbers);
	arena_free(arena);
}

static void jumps_on(struct arena *arena, size_t count, size_t size)
{
	if (!setjmp(*arena_recovery(arena))) {
		arena_array(arena, count, size);
		fail_msg("%zu objects of %zu bytes were given", count, size);
	}
}

static void no_memory_goes_to_the_recovery_point(void **state)
{
	struct arena *arena = arena_new();

	(void)state;
	jumps_on(arena, SIZE_MAX / 2, 3);
	jumps_on(arena, 1, SIZE_MAX);
	jumps_on(arena, 1, SIZE_MAX - 17);
	assert_non_null(arena_alloc(arena, 10));
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(objects_are_zeroed_aligned_and_apart),
		cmocka_unit_test(free_takes_null),
		cmocka_unit_test(grow_keeps_contents),
		cmocka_unit_test(no_memory_goes_to_the_recovery_point),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
