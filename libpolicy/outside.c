/* outside: the commits that tips reach and others do not: which of them a push introduces (design 4.3). */
#include <stdio.h>

#include "arena.h"
#include "walk.h"

static bool paint_far(struct history *history, const struct oids *ids, bool known_only)
{
	for (size_t i = 0; i < ids->count; i++) {
		struct node *node = known_only ? graph_find(history->graph, &ids->ids[i])
					       : graph_node(history->graph, &ids->ids[i]);

		if (known_only && !(node && node->flags & NODE_NEAR))
			continue;
		if (!walk_paint(history, node, NODE_FAR))
			return false;
	}
	return walk_settle(history);
}

/* Hides what the further ids reach: first those the walk has met, which mostly settles it without reading the others.
 */
static bool paint_more(struct history *history, const struct history_more *more)
{
	struct oids hidden = {0};

	if (!more->fill(more->context, &hidden)) {
		snprintf(history->problem, sizeof(history->problem), "the other refs could not be read");
		return false;
	}
	bool known = paint_far(history, &hidden, true);

	if (history->near)
		known &= paint_far(history, &hidden, false);
	return known;
}

static void hide_node(struct nodes *marked, struct node *node)
{
	if (node->flags & NODE_HIDDEN)
		return;
	node_mark(node, NODE_HIDDEN);
	nodes_add(marked, node);
}

/* Marks with NODE_HIDDEN what came with the push and `hidden` reaches, and where that ends: the stored ones. */
static bool hide(struct history *history, const struct oids *hidden, struct nodes *ret_marked, struct oids *ret_stored)
{
	for (size_t i = 0; i < hidden->count; i++)
		hide_node(ret_marked, graph_node(history->graph, &hidden->ids[i]));
	for (size_t i = 0; i < ret_marked->count; i++) {
		struct node *node = ret_marked->items[i];

		if (!walk_fresh(history, node)) {
			oids_add(history->arena, ret_stored, &node->id);
			continue;
		}
		if (!walk_read(history, node))
			return false;
		for (size_t n = 0; n < node->parent_count; n++)
			hide_node(ret_marked, node_parent(node, n));
	}
	return true;
}

/* How far dates are believed. */
enum exactness {
	ROUGH,	/* whatever they say */
	LIKELY, /* until one is seen to lie */
	EXACT,
};

/*
 * The commits outside, as nodes with NODE_SEEN. What the store did not have before the push is outside for certain,
 * unless hidden commits that came with it reach it; where that ends at a commit which is itself hidden, nothing else
 * need be read. Unless EXACT, there may be more.
 */
static bool outline(struct walk_descent *descent, const struct oids *tips, const struct oids *hidden,
		    const struct history_more *more, enum exactness exact, uint32_t *ret_ends)
{
	struct history *history = descent->history;
	struct nodes marked = {.arena = history->arena};
	struct oids stored = {0};
	bool known = hide(history, hidden, &marked, &stored) && walk_descend(descent, tips, ret_ends);

	if (known && history->near)
		known = paint_far(history, &stored, false);
	if (known && history->near && more)
		known = paint_more(history, more);
	if (known && exact)
		known = walk_drain(history, exact == EXACT);
	descent->settled = true;
	if (known && history->near)
		known = walk_descend(descent, tips, ret_ends);
	for (size_t i = 0; i < marked.count; i++)
		node_unmark(marked.items[i], NODE_HIDDEN);
	return known;
}

static enum answer list(struct history *history, const struct oids *tips, const struct oids *hidden,
			const struct history_more *more, enum exactness exact, struct introduced **ret_commits,
			size_t *ret_count)
{
	struct walk_descent descent = {.history = history, .ranked = true};
	uint32_t *ends = arena_array(history->arena, tips->count, sizeof(*ends));
	bool known = outline(&descent, tips, hidden, more, exact, ends);

	walk_clear(history);
	if (!known)
		return ANSWER_UNKNOWN;
	*ret_count = history->ranks;
	*ret_commits = arena_array(history->arena, history->ranks, sizeof(**ret_commits));
	for (size_t i = 0; i < graph_count(history->graph); i++) {
		const struct node *node = graph_at(history->graph, i);
		size_t begin = node->tip ? ends[node->tip - 1] : 0;

		if (node->rank)
			(*ret_commits)[begin + ends[node->tip] - node->rank] =
				(struct introduced){&node->id, node->tip};
	}
	return ANSWER_YES;
}

enum answer history_outside(struct history *history, const struct oids *tips, const struct oids *hidden,
			    const struct history_more *more, struct introduced **ret_commits, size_t *ret_count)
{
	return list(history, tips, hidden, more, EXACT, ret_commits, ret_count);
}

enum answer history_without(struct history *history, const struct oids *tips, const struct oids *hidden,
			    struct introduced **ret_commits, size_t *ret_count)
{
	return list(history, tips, hidden, NULL, LIKELY, ret_commits, ret_count);
}

static const struct node *root_seen(const struct history *history)
{
	for (size_t i = 0; i < graph_count(history->graph); i++) {
		const struct node *node = graph_at(history->graph, i);

		if (node->flags & NODE_SEEN && !node->parent_count)
			return node;
	}
	return NULL;
}

/* Dates that lie only ever show too many commits: a second, exact look is worth it for a root that is not fresh. */
enum answer history_new_root(struct history *history, const struct oid *tip, const struct oid *hidden,
			     struct oid *ret_root)
{
	struct oid ids[2] = {*tip, *hidden};
	struct oids tips = {.ids = &ids[0], .count = 1}, far = {.ids = &ids[1], .count = 1};
	const struct node *root = NULL;

	for (int exact = 0; !exact || (exact < 2 && root && !(root->flags & NODE_FRESH)); exact++) {
		struct walk_descent descent = {.history = history};
		bool known = outline(&descent, &tips, &far, NULL, exact ? EXACT : ROUGH, NULL);

		walk_clear(history);
		if (!known)
			return ANSWER_UNKNOWN;
		root = root_seen(history);
	}
	if (root)
		*ret_root = root->id;
	return root ? ANSWER_YES : ANSWER_NO;
}
