/* walk: painting two sides of history down from their tips, newest first, and walks from tips. */
#include "walk.h"

#include <string.h>

#include "arena.h"

#define SIDES (NODE_NEAR | NODE_FAR)

/* The far side is old values of refs: it reaches nothing that came with the push. */
static void count_near(struct history *history, struct node *node)
{
	history->near++;
	history->pending++;
	if (walk_fresh(history, node))
		return;
	history->doubtful++;
	if (node->seconds < history->oldest)
		history->oldest = node->seconds;
}

static void uncount_near(struct history *history, const struct node *node)
{
	history->near--;
	history->pending -= !!(node->flags & NODE_QUEUED);
	history->doubtful -= !(node->flags & NODE_FRESH);
}

bool walk_paint(struct history *history, struct node *node, unsigned sides)
{
	unsigned before = node->flags & SIDES, after = before | sides;

	if (before == after)
		return true;
	if (after == NODE_NEAR)
		walk_fresh(history, node);
	if (!walk_read(history, node))
		return false;
	if (!before)
		nodes_add(&history->touched, node);
	if (before == NODE_NEAR)
		uncount_near(history, node);
	if (after == NODE_NEAR)
		count_near(history, node);
	history->far_pending -= before == NODE_FAR && node->flags & NODE_QUEUED;
	history->far_pending += after == NODE_FAR;
	if (!(node->flags & NODE_QUEUED))
		queue_push(&history->queue, node);
	node_mark(node, after | NODE_QUEUED);
	return true;
}

bool walk_step(struct history *history)
{
	struct node *node = queue_pop(&history->queue);
	unsigned sides = node->flags & SIDES;

	node_unmark(node, NODE_QUEUED);
	history->pending -= sides == NODE_NEAR;
	history->far_pending -= sides == NODE_FAR;
	for (size_t i = 0; i < node->parent_count; i++)
		if (!walk_paint(history, node_parent(node, i), sides))
			return false;
	return true;
}

static bool in_doubt(const struct history *history)
{
	return history->doubtful && history->queue.count &&
	       (uint64_t)history->queue.items[0]->seconds + WALK_SLACK >= history->oldest;
}

bool walk_settle(struct history *history)
{
	while (history->pending || in_doubt(history))
		if (!walk_step(history))
			return false;
	return true;
}

/* Whether one of the commits that wait to be followed is older than a parent of its own. */
static bool inverted(struct history *history, bool *ret_inverted)
{
	*ret_inverted = false;
	for (size_t i = 0; i < history->queue.count && !*ret_inverted; i++) {
		const struct node *node = history->queue.items[i];

		for (size_t n = 0; n < node->parent_count; n++) {
			if (!walk_read(history, node_parent(node, n)))
				return false;
			*ret_inverted |= node_parent(node, n)->seconds > node->seconds;
		}
	}
	return true;
}

bool walk_drain(struct history *history, bool pushed)
{
	bool drains = true;

	if (history->doubtful && !(pushed && repo_quarantined(history->repo)) && !inverted(history, &drains))
		return false;
	while (drains && history->doubtful && history->queue.count)
		if (!walk_step(history))
			return false;
	return true;
}

void walk_clear(struct history *history)
{
	for (size_t i = 0; i < history->touched.count; i++)
		node_unmark(history->touched.items[i], SIDES | NODE_QUEUED);
	history->stack = history->queue = history->touched = (struct nodes){.arena = history->brief};
	arena_reset(history->brief);
	history->pending = history->far_pending = history->near = history->doubtful = 0;
	history->oldest = UINT32_MAX;
}

static void descent_start(const struct walk_descent *descent)
{
	struct history *history = descent->history;

	for (size_t i = 0; i < graph_count(history->graph); i++) {
		struct node *node = graph_at(history->graph, i);

		node_unmark(node, NODE_SEEN);
		if (descent->ranked)
			node->rank = 0;
	}
	history->stack.count = 0;
	if (descent->ranked)
		history->ranks = 0;
}

/* Goes to `node` if it belongs to the walk and is new in it. */
static bool enter(const struct walk_descent *descent, struct node *node, unsigned tip)
{
	struct history *history = descent->history;

	if (node->flags & (NODE_SEEN | NODE_HIDDEN))
		return true;
	if (!walk_fresh(history, node)) {
		if (!descent->settled)
			return walk_paint(history, node, NODE_NEAR);
		if ((node->flags & SIDES) != NODE_NEAR)
			return true;
	}
	if (!walk_read(history, node))
		return false;
	node_mark(node, NODE_SEEN);
	node->tip = tip & 0xfffff;
	node->next = 0;
	nodes_add(&history->stack, node);
	return true;
}

static void rank(struct history *history, struct node *node)
{
	node->rank = ++history->ranks;
	node->height = 1;
	for (size_t i = 0; i < node->parent_count; i++)
		if (node_parent(node, i)->rank && node_parent(node, i)->height >= node->height)
			node->height = node_parent(node, i)->height + 1;
}

static bool descend(const struct walk_descent *descent, struct node *tip, unsigned number)
{
	struct history *history = descent->history;
	struct nodes *stack = &history->stack;
	bool known = enter(descent, tip, number);

	while (known && stack->count) {
		struct node *node = stack->items[stack->count - 1];

		if (node->next < node->parent_count) {
			known = enter(descent, node_parent(node, node->next++), number);
			continue;
		}
		if (descent->ranked)
			rank(history, node);
		stack->count--;
	}
	return known;
}

bool walk_descend(const struct walk_descent *descent, const struct oids *tips, uint32_t *ret_ends)
{
	struct history *history = descent->history;
	bool known = true;

	descent_start(descent);
	for (size_t i = 0; known && i < tips->count; i++) {
		known = descend(descent, graph_node(history->graph, &tips->ids[i]), (unsigned)i);
		if (ret_ends)
			ret_ends[i] = history->ranks;
	}
	return known;
}

static bool same_tips(const struct oids *a, const struct oids *b)
{
	return a->count == b->count && (!a->count || !memcmp(a->ids, b->ids, a->count * sizeof(*a->ids)));
}

static bool reach_mark(struct history *history, struct reach *reach, struct node *node)
{
	if (node->flags & reach->flag)
		return true;
	if (!walk_read(history, node))
		return false;
	node_mark(node, reach->flag);
	nodes_add(&reach->marked, node);
	queue_push(&reach->queue, node);
	return true;
}

bool walk_reach(struct history *history, struct reach *reach, const struct oids *tips)
{
	if (reach->known && same_tips(&reach->tips, tips))
		return true;
	for (size_t i = 0; i < reach->marked.count; i++)
		node_unmark(reach->marked.items[i], reach->flag);
	reach->marked.count = reach->queue.count = reach->tips.count = 0;
	reach->known = true;
	for (size_t i = 0; i < tips->count; i++) {
		oids_add(history->arena, &reach->tips, &tips->ids[i]);
		reach->known &= reach_mark(history, reach, graph_node(history->graph, &tips->ids[i]));
	}
	return reach->known;
}

enum answer walk_reaches(struct history *history, struct reach *reach, struct node *node, uint32_t down_to)
{
	struct nodes *queue = &reach->queue;

	while (!(node->flags & reach->flag) && queue->count &&
	       (uint64_t)queue->items[0]->seconds + WALK_SLACK >= down_to) {
		const struct node *newest = queue_pop(queue);

		for (size_t i = 0; reach->known && i < newest->parent_count; i++)
			reach->known = reach_mark(history, reach, node_parent(newest, i));
		if (!reach->known)
			return ANSWER_UNKNOWN;
	}
	return node->flags & reach->flag ? ANSWER_YES : ANSWER_NO;
}
