/* bases: the best common ancestors of two commits, exact whatever their dates say. */
#include "arena.h"
#include "walk.h"

#define BOTH (NODE_NEAR | NODE_FAR)

/*
 * Paints down from either commit until only what both reach is left to do. Down to a best common ancestor no commit is
 * common, so that both sides have come to each of them by then, in whatever order the dates made them go.
 */
static bool paint(struct history *history, const struct oid *a, const struct oid *b)
{
	bool known = walk_paint(history, graph_node(history->graph, a), NODE_NEAR) &&
		     walk_paint(history, graph_node(history->graph, b), NODE_FAR);

	while (known && history->pending + history->far_pending)
		known = walk_step(history);
	return known;
}

/* The common commits, without those that are seen to be a parent of another: most often that leaves one. */
static void candidates(struct history *history, struct oids *ret_found)
{
	struct nodes *common = &history->stack;

	for (size_t i = 0; i < history->touched.count; i++)
		if ((history->touched.items[i]->flags & BOTH) == BOTH)
			nodes_add(common, history->touched.items[i]);
	for (size_t i = 0; i < common->count; i++)
		node_mark(common->items[i], NODE_SEEN);
	for (size_t i = 0; i < common->count; i++)
		for (size_t n = 0; n < common->items[i]->parent_count; n++)
			node_unmark(node_parent(common->items[i], n), NODE_SEEN);
	for (size_t i = 0; i < common->count; i++)
		if (common->items[i]->flags & NODE_SEEN)
			oids_add(history->arena, ret_found, &common->items[i]->id);
}

/* Takes out those that another one reaches. */
static enum answer independent(struct history *history, const struct oids *found, struct oids *ret_bases)
{
	for (size_t i = 0; i < found->count; i++) {
		enum answer behind = ANSWER_NO;

		for (size_t n = 0; n < found->count && behind == ANSWER_NO; n++)
			if (n != i)
				behind = history_descends(history, &found->ids[n], &found->ids[i]);
		if (behind == ANSWER_UNKNOWN)
			return behind;
		if (behind == ANSWER_NO)
			oids_add(history->arena, ret_bases, &found->ids[i]);
	}
	return ret_bases->count ? ANSWER_YES : ANSWER_NO;
}

enum answer history_bases(struct history *history, const struct oid *a, const struct oid *b, struct oids *ret_bases)
{
	struct oids found = {0};
	bool known = paint(history, a, b);

	if (known)
		candidates(history, &found);
	walk_clear(history);
	*ret_bases = (struct oids){0};
	return known ? independent(history, &found, ret_bases) : ANSWER_UNKNOWN;
}
