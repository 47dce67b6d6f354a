/* test_map: what was stored under a name is found under it, and only there. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "arena.h"
#include "map.h"

static void values_are_found_and_replaced(void **state)
{
	struct arena *arena = arena_new();
	struct map *map = map_new(arena);
	int one, two;

	(void)state;
	assert_null(map_get(map, BYTES("a")));
	map_set(map, BYTES("a"), &one);
	map_set(map, BYTES("a\0b"), &two);
	map_set(map, BYTES(""), &two);
	assert_ptr_equal(map_get(map, BYTES("a")), &one);
	assert_ptr_equal(map_get(map, BYTES("a\0b")), &two);
	assert_ptr_equal(map_get(map, (struct bytes){0}), &two);
	assert_null(map_get(map, BYTES("a\0c")));
	map_set(map, BYTES("a"), &two);
	assert_ptr_equal(map_get(map, BYTES("a")), &two);
	arena_free(arena);
}

static void what_is_there_stays(void **state)
{
	struct arena *arena = arena_new();
	struct map *map = map_new(arena);
	int one, two;

	(void)state;
	assert_null(map_add(map, BYTES("a"), &one));
	assert_ptr_equal(map_add(map, BYTES("a"), &two), &one);
	assert_ptr_equal(map_get(map, BYTES("a")), &one);
	assert_null(map_add(map, BYTES("b"), &two));
	assert_ptr_equal(map_get(map, BYTES("b")), &two);
	arena_free(arena);
}

static void many_names(void **state)
{
	struct arena *arena = arena_new();
	struct map *map = map_new(arena);

	(void)state;
	for (uintptr_t i = 1; i <= 20000; i++)
		map_set(map, bytes_printf(arena, "refs/heads/%zu", (size_t)i), (void *)i);
	for (uintptr_t i = 1; i <= 20000; i++)
		assert_int_equal((uintptr_t)map_get(map, bytes_printf(arena, "refs/heads/%zu", (size_t)i)), i);
	assert_null(map_get(map, BYTES("refs/heads/0")));
	assert_null(map_get(map, BYTES("refs/heads/20001")));
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_are_found_and_replaced),
		cmocka_unit_test(what_is_there_stays),
		cmocka_unit_test(many_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
