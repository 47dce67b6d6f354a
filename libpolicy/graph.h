/* graph: commits in memory, each once: a table by id, their links, and the queue that orders a walk by date. */
#ifndef POLICY_GRAPH_H
#define POLICY_GRAPH_H

#include <stdint.h>

#include "bytes.h"
#include "oid.h"

/** What history knows of a commit, and its marks in the walk going on. */
enum node_flag {
	NODE_READ = 1 << 0,   /**< parents and seconds are known */
	NODE_ASKED = 1 << 1,  /**< NODE_FRESH holds */
	NODE_FRESH = 1 << 2,  /**< the store did not have it before the push */
	NODE_SEEN = 1 << 3,   /**< reached from the tips */
	NODE_HIDDEN = 1 << 4, /**< named as a commit not wanted */
	NODE_QUEUED = 1 << 5,
	NODE_NEAR = 1 << 6,    /**< reachable from the side asked about */
	NODE_FAR = 1 << 7,     /**< reachable from the other side */
	NODE_REACHED = 1 << 8, /**< and the three bits above it: of each struct reach its own */
};

/** A commit. Small, since a push may bring a million. */
struct node {
	struct oid id;
	uint32_t seconds; /**< committer's date, clamped: a hint for the order, never for an answer */
	union {
		struct node *only;     /**< of one parent, as most have it */
		struct node **parents; /**< of several */
	};
	const struct bytes *raw; /**< what it is, where somebody keeps it; NULL: nobody does */
	uint16_t parent_count;
	uint16_t next;	 /**< the parent a walk visits next */
	uint32_t rank;	 /**< place in the last walk, ancestors before descendants; 0: not in it */
	uint32_t height; /**< of a ranked one: more than that of every ranked parent */
	uint32_t tip : 20;
	uint32_t flags : 12;
};

static inline void node_mark(struct node *node, unsigned flags)
{
	node->flags = (node->flags | flags) & 0xfff;
}

static inline void node_unmark(struct node *node, unsigned flags)
{
	node->flags = node->flags & ~flags & 0xfff;
}

static inline struct node *node_parent(const struct node *node, size_t nth)
{
	return node->parent_count == 1 ? node->only : node->parents[nth];
}

struct graph;

struct graph *graph_new(struct arena *arena);
/** The node of `id`, made if need be; it never moves. */
struct node *graph_node(struct graph *graph, const struct oid *id);
/** The node of `id`, or NULL. */
struct node *graph_find(const struct graph *graph, const struct oid *id);
/** Makes `ids` the parents of `node`. */
void graph_link(struct graph *graph, struct node *node, const struct oid *ids, size_t count);
size_t graph_count(const struct graph *graph);
/** The nodes in the order they were made; `index` is less than graph_count(). */
struct node *graph_at(const struct graph *graph, size_t index);

/** Nodes in an array: a stack, or by queue_push() and queue_pop() a queue with the newest first. {.arena = a} is empty.
 */
struct nodes {
	struct arena *arena;
	struct node **items;
	size_t count;
	size_t room;
};

void nodes_add(struct nodes *nodes, struct node *node);
void queue_push(struct nodes *queue, struct node *node);
/** Takes the newest out; the queue must not be empty. */
struct node *queue_pop(struct nodes *queue);

#endif
