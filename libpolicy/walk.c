/* walk: reading commits once, and painting two sides of history down from their tips, newest first. */
#include "walk.h"

#include <stdio.h>
#include <string.h>

#include "arena.h"

#define RAW_BYTES_MAX ((size_t)24 * 1024 * 1024)
#define SIDES (NODE_NEAR | NODE_FAR)

static bool broken(struct history *history, const struct node *node, const char *what)
{
	snprintf(history->problem, sizeof(history->problem), "%s %s", oid_hex(&node->id).text, what);
	return false;
}

static void raw_keep(struct history *history, struct node *node, struct bytes raw)
{
	if (raw.len > RAW_BYTES_MAX - history->raw_bytes)
		return;
	history->raws = arena_grow(history->arena, history->raws, &history->raw_room, history->raw_count + 1,
				   sizeof(*history->raws));
	history->raws[history->raw_count++] = bytes_copy(history->arena, raw);
	history->raw_bytes += raw.len;
	node->raw = (uint32_t)history->raw_count;
}

bool walk_read(struct history *history, struct node *node)
{
	enum object_type type;
	struct bytes raw;
	size_t count;
	int64_t seconds;

	if (node->flags & NODE_READ)
		return true;
	switch (repo_read(history->repo, &node->id, &type, &raw)) {
	case ANSWER_YES:
		break;
	case ANSWER_NO:
		return broken(history, node, "is missing");
	case ANSWER_UNKNOWN:
		return broken(history, node, repo_problem(history->repo));
	}
	if (type != OBJECT_COMMIT)
		return broken(history, node, "is not a commit");
	if (!commit_links(raw, history->parents, OBJECT_PARENTS_MAX, &count, &seconds))
		return broken(history, node, "is a broken commit");
	node->seconds = seconds < 0 ? 0 : seconds > UINT32_MAX ? UINT32_MAX : (uint32_t)seconds;
	graph_link(history->graph, node, history->parents, count);
	raw_keep(history, node, raw);
	node_mark(node, NODE_READ);
	return true;
}

bool walk_fresh(struct history *history, struct node *node)
{
	if (!(node->flags & NODE_ASKED)) {
		node_mark(node, NODE_ASKED);
		if (repo_quarantined(history->repo) && repo_stored(history->repo, &node->id) == ANSWER_NO)
			node_mark(node, NODE_FRESH);
	}
	return node->flags & NODE_FRESH;
}

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
		if (!walk_paint(history, node->parents[i], sides))
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
			if (!walk_read(history, node->parents[n]))
				return false;
			*ret_inverted |= node->parents[n]->seconds > node->seconds;
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
	history->touched.count = history->queue.count = 0;
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
		if (node->parents[i]->rank && node->parents[i]->height >= node->height)
			node->height = node->parents[i]->height + 1;
}

static bool descend(const struct walk_descent *descent, struct node *tip, unsigned number)
{
	struct history *history = descent->history;
	struct nodes *stack = &history->stack;
	bool known = enter(descent, tip, number);

	while (known && stack->count) {
		struct node *node = stack->items[stack->count - 1];

		if (node->next < node->parent_count) {
			known = enter(descent, node->parents[node->next++], number);
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
			reach->known = reach_mark(history, reach, newest->parents[i]);
		if (!reach->known)
			return ANSWER_UNKNOWN;
	}
	return node->flags & reach->flag ? ANSWER_YES : ANSWER_NO;
}
