/* test_graph: nodes are found again by their ids, however many there are, and the queue gives the newest first. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "arena.h"
#include "graph.h"

#define NODES 5000u
#define QUEUED 60u

static unsigned roll(uint64_t *seed, unsigned below)
{
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(*seed >> 33) % below;
}

/* Every fourth begins alike, so that they contend for the same place. */
static struct oid id_of(unsigned number)
{
	return (struct oid){{(unsigned char)(number % 4 ? number >> 8 : 0),
			     (unsigned char)(number % 4 ? number : 0), [18] = (unsigned char)(number >> 8),
			     (unsigned char)number}};
}

static void each_node_is_found_again(void **state)
{
	struct arena *arena = arena_new();
	struct graph *graph = graph_new(arena);

	(void)state;
	for (unsigned i = 0; i < NODES; i++) {
		const struct oid id = id_of(i);

		assert_null(graph_find(graph, &id));
		const struct node *node = graph_node(graph, &id);

		assert_true(oid_equal(&node->id, &id));
		assert_int_equal(graph_count(graph), i + 1);
	}
	for (unsigned i = 0; i < NODES; i++) {
		const struct oid id = id_of(i);
		struct node *node = graph_find(graph, &id);

		assert_ptr_equal(graph_at(graph, i), node);
		assert_ptr_equal(graph_node(graph, &id), node);
	}
	assert_int_equal(graph_count(graph), NODES);
	arena_free(arena);
}

static void the_newest_comes_first(void **state)
{
	uint64_t seed = 1;

	(void)state;
	for (unsigned round = 0; round < 50; round++) {
		struct arena *arena = arena_new();
		struct nodes queue = {.arena = arena};
		struct node nodes[QUEUED] = {{.seconds = 0}};
		unsigned count = 1 + roll(&seed, QUEUED);
		uint32_t last = UINT32_MAX;

		for (unsigned i = 0; i < count; i++) {
			nodes[i].seconds = roll(&seed, 40);
			queue_push(&queue, &nodes[i]);
		}
		for (unsigned i = 0; i < count; i++) {
			struct node *node = queue_pop(&queue);

			assert_true(node->seconds <= last);
			last = node->seconds;
			node->seconds = UINT32_MAX; /* each comes once */
		}
		assert_int_equal(queue.count, 0);
		arena_free(arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_node_is_found_again),
		cmocka_unit_test(the_newest_comes_first),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
