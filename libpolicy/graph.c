/* graph: nodes in blocks that never move, found by an open-addressing table; a binary heap for the queue. */
#include "graph.h"

#include <string.h>

#include "arena.h"

#define BLOCK_NODES 1024u

struct graph {
	struct arena *arena;
	struct node **blocks;
	size_t block_room;
	size_t count;
	uint32_t *table; /* 1 + index of a node; 0: free */
	size_t table_room;
};

struct graph *graph_new(struct arena *arena)
{
	struct graph *graph = arena_alloc(arena, sizeof(*graph));

	graph->arena = arena;
	graph->table_room = 1024;
	graph->table = arena_array(arena, graph->table_room, sizeof(*graph->table));
	return graph;
}

size_t graph_count(const struct graph *graph)
{
	return graph->count;
}

struct node *graph_at(const struct graph *graph, size_t index)
{
	return &graph->blocks[index / BLOCK_NODES][index % BLOCK_NODES];
}

/* An id is a hash already; an attacker who can aim its first eight bytes slows only his own push. */
static uint32_t *slot_of(const struct graph *graph, const struct oid *id)
{
	uint64_t hash;

	memcpy(&hash, id->id, sizeof(hash));
	for (size_t at = (size_t)hash;; at++) {
		uint32_t *slot = &graph->table[at & (graph->table_room - 1)];

		if (!*slot || oid_equal(&graph_at(graph, *slot - 1)->id, id))
			return slot;
	}
}

static void table_double(struct graph *graph)
{
	graph->table = arena_grow(graph->arena, graph->table, &graph->table_room, graph->table_room + 1,
				  sizeof(*graph->table));
	memset(graph->table, 0, graph->table_room * sizeof(*graph->table));
	for (size_t i = 0; i < graph->count; i++)
		*slot_of(graph, &graph_at(graph, i)->id) = (uint32_t)(i + 1);
}

struct node *graph_find(const struct graph *graph, const struct oid *id)
{
	uint32_t slot = *slot_of(graph, id);

	return slot ? graph_at(graph, slot - 1) : NULL;
}

static struct node *node_new(struct graph *graph)
{
	size_t block = graph->count / BLOCK_NODES;

	if (graph->count % BLOCK_NODES == 0) {
		graph->blocks =
			arena_grow(graph->arena, graph->blocks, &graph->block_room, block + 1, sizeof(*graph->blocks));
		graph->blocks[block] = arena_array(graph->arena, BLOCK_NODES, sizeof(struct node));
	}
	return graph_at(graph, graph->count++);
}

/* Half full at most: each slot that is passed over costs a look at the node in it, which is in no cache. */
struct node *graph_node(struct graph *graph, const struct oid *id)
{
	if (graph->count >= graph->table_room / 2)
		table_double(graph);
	uint32_t *slot = slot_of(graph, id);

	if (*slot)
		return graph_at(graph, *slot - 1);
	struct node *node = node_new(graph);

	node->id = *id;
	*slot = (uint32_t)graph->count;
	return node;
}

void graph_link(struct graph *graph, struct node *node, const struct oid *ids, size_t count)
{
	struct node *only, **links = count == 1 ? &only : arena_array(graph->arena, count, sizeof(*links));

	for (size_t i = 0; i < count; i++)
		links[i] = graph_node(graph, &ids[i]);
	node->parent_count = (uint16_t)count;
	if (count == 1)
		node->only = only;
	else
		node->parents = links;
}

void nodes_add(struct nodes *nodes, struct node *node)
{
	nodes->items = arena_grow(nodes->arena, nodes->items, &nodes->room, nodes->count + 1, sizeof(*nodes->items));
	nodes->items[nodes->count++] = node;
}

void queue_push(struct nodes *queue, struct node *node)
{
	nodes_add(queue, node);
	size_t at = queue->count - 1;

	for (; at && queue->items[(at - 1) / 2]->seconds < node->seconds; at = (at - 1) / 2)
		queue->items[at] = queue->items[(at - 1) / 2];
	queue->items[at] = node;
}

struct node *queue_pop(struct nodes *queue)
{
	struct node *newest = queue->items[0], *moved = queue->items[--queue->count];
	size_t at = 0, child;

	while ((child = 2 * at + 1) < queue->count) {
		if (child + 1 < queue->count && queue->items[child + 1]->seconds > queue->items[child]->seconds)
			child++;
		if (moved->seconds >= queue->items[child]->seconds)
			break;
		queue->items[at] = queue->items[child];
		at = child;
	}
	if (queue->count)
		queue->items[at] = moved;
	return newest;
}
