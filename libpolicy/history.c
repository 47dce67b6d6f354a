/* history: the questions to a repository's commits, each answered by one walk that costs what the answer is worth. */
#include "history.h"

#include <stdio.h>

#include "arena.h"
#include "walk.h"

struct history *history_new(struct arena *arena, struct repo *repo)
{
	struct history *history = arena_alloc(arena, sizeof(*history));

	history->arena = arena;
	history->repo = repo;
	history->graph = graph_new(arena);
	history->parents = arena_array(arena, OBJECT_PARENTS_MAX, sizeof(*history->parents));
	history->stack.arena = history->queue.arena = history->touched.arena = arena;
	for (size_t i = 0; i < REACHES_MAX; i++)
		history->reaches[i] = (struct reach){
			.queue.arena = arena, .marked.arena = arena, .flag = (unsigned)NODE_REACHED << i};
	walk_clear(history);
	return history;
}

const char *history_problem(const struct history *history)
{
	return history->problem;
}

void oids_add(struct arena *arena, struct oids *oids, const struct oid *id)
{
	oids->ids = arena_grow(arena, oids->ids, &oids->room, oids->count + 1, sizeof(*oids->ids));
	oids->ids[oids->count++] = *id;
}

/*
 * Whether `tip` reaches `ancestor`, which came with the push, as everything between them did: only ranks between theirs
 * need looking at, and only what is higher than the ancestor. A merge ranks its first parent's side before its
 * second's, so that one look mostly tells.
 */
static enum answer reaches(struct history *history, struct node *tip, const struct node *ancestor)
{
	struct nodes *stack = &history->stack;
	bool found = false;

	stack->count = 0;
	if (tip->rank > ancestor->rank && tip->height > ancestor->height)
		nodes_add(stack, tip);
	while (stack->count && !found) {
		struct node *node = stack->items[--stack->count];

		for (size_t i = 0; i < node->parent_count && !found; i++) {
			struct node *parent = node->parents[i];

			found = parent == ancestor;
			if (parent->rank <= ancestor->rank || parent->height <= ancestor->height ||
			    parent->flags & NODE_NEAR)
				continue;
			node_mark(parent, NODE_NEAR);
			nodes_add(&history->touched, parent);
			nodes_add(stack, parent);
		}
	}
	return found ? ANSWER_YES : ANSWER_NO;
}

/* Once nothing is left to do for the tip but below the ancestor, it cannot come upon it: that would be a cycle. */
static enum answer meets(struct history *history, struct node *tip, struct node *ancestor)
{
	if (!walk_paint(history, ancestor, NODE_FAR) || !walk_paint(history, tip, NODE_NEAR))
		return ANSWER_UNKNOWN;
	while (history->pending && !(ancestor->flags & NODE_NEAR))
		if (!walk_step(history))
			return ANSWER_UNKNOWN;
	return ancestor->flags & NODE_NEAR ? ANSWER_YES : ANSWER_NO;
}

/* A tip asked about again, like a trunk, is worth remembering what it reaches. NULL: this one is not. */
static struct reach *reach_of(struct history *history, const struct node *tip)
{
	struct oid id = tip->id;
	struct oids tips = {.ids = &id, .count = 1};

	for (size_t i = 1; i < REACHES_MAX; i++)
		if (history->reaches[i].known && oid_equal(&history->reaches[i].tips.ids[0], &id))
			return &history->reaches[i];
	for (size_t i = 0; i < REACHES_MAX; i++) {
		struct reach *reach = &history->reaches[1 + history->reach_next % (REACHES_MAX - 1)];

		if (history->asked[i] != tip)
			continue;
		history->reach_next++;
		return walk_reach(history, reach, &tips) ? reach : NULL;
	}
	history->asked[history->asked_next++ % REACHES_MAX] = tip;
	return NULL;
}

static enum answer remembers(struct history *history, struct node *tip, struct node *ancestor)
{
	struct reach *reach = reach_of(history, tip);

	if (!walk_read(history, ancestor))
		return ANSWER_UNKNOWN;
	return reach ? walk_reaches(history, reach, ancestor, ancestor->seconds) : ANSWER_NO;
}

enum answer history_descends(struct history *history, const struct oid *tip, const struct oid *ancestor)
{
	struct node *from = graph_node(history->graph, tip), *to = graph_node(history->graph, ancestor);
	bool ranked = from->rank && to->rank && to->flags & NODE_FRESH;

	if (from == to)
		return ANSWER_YES;
	enum answer answer = ranked ? reaches(history, from, to) : remembers(history, from, to);

	if (answer == ANSWER_NO && !ranked)
		answer = meets(history, from, to);
	walk_clear(history);
	return answer;
}

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
	return paint_far(history, &hidden, true) && (!history->near || paint_far(history, &hidden, false));
}

/*
 * The commits outside, as nodes with NODE_SEEN. What the store did not have before the push is outside for certain;
 * where that ends at a commit which is itself hidden, nothing else need be read. Unless `exact`, there may be more.
 */
static bool outline(struct walk_descent *descent, const struct oids *tips, const struct oids *hidden,
		    const struct history_more *more, bool exact, uint32_t *ret_ends)
{
	struct history *history = descent->history;

	for (size_t i = 0; i < hidden->count; i++)
		node_mark(graph_node(history->graph, &hidden->ids[i]), NODE_HIDDEN);
	bool known = walk_descend(descent, tips, ret_ends);

	for (size_t i = 0; i < hidden->count; i++)
		node_unmark(graph_node(history->graph, &hidden->ids[i]), NODE_HIDDEN);
	if (known && history->near)
		known = paint_far(history, hidden, false);
	if (known && history->near && more)
		known = paint_more(history, more);
	if (known && exact)
		known = walk_drain(history);
	descent->settled = true;
	return known && (!history->near || walk_descend(descent, tips, ret_ends));
}

enum answer history_outside(struct history *history, const struct oids *tips, const struct oids *hidden,
			    const struct history_more *more, struct introduced **ret_commits, size_t *ret_count)
{
	struct walk_descent descent = {.history = history, .ranked = true};
	uint32_t *ends = arena_array(history->arena, tips->count, sizeof(*ends));
	bool known = outline(&descent, tips, hidden, more, true, ends);

	walk_clear(history);
	if (!known)
		return ANSWER_UNKNOWN;
	*ret_count = history->ranks;
	*ret_commits = arena_array(history->arena, history->ranks, sizeof(**ret_commits));
	for (size_t i = 0; i < graph_count(history->graph); i++) {
		const struct node *node = graph_at(history->graph, i);
		size_t begin = node->tip ? ends[node->tip - 1] : 0;

		if (node->rank)
			(*ret_commits)[begin + ends[node->tip] - node->rank] = (struct introduced){node->id, node->tip};
	}
	return ANSWER_YES;
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
		bool known = outline(&descent, &tips, &far, NULL, exact, NULL);

		walk_clear(history);
		if (!known)
			return ANSWER_UNKNOWN;
		root = root_seen(history);
	}
	if (root)
		*ret_root = root->id;
	return root ? ANSWER_YES : ANSWER_NO;
}

/*
 * The first commit on the line of `node` that the trunks reach, looking down to the date of each commit or, if that
 * finds none, to the end of all history. NO when the line ends. What came with the push the trunks cannot reach.
 */
static enum answer line_meets(struct history *history, struct reach *trunks, struct node *node, bool to_the_end,
			      struct oid *ret_commit)
{
	for (;; node = node->parents[0]) {
		if (!walk_read(history, node))
			return ANSWER_UNKNOWN;
		enum answer answer = ANSWER_NO;

		if (!walk_fresh(history, node))
			answer = walk_reaches(history, trunks, node, to_the_end ? 0 : node->seconds);
		*ret_commit = node->id;
		if (answer != ANSWER_NO || !node->parent_count)
			return answer;
	}
}

enum answer history_fork(struct history *history, const struct oid *tip, const struct oids *trunks,
			 struct oid *ret_commit)
{
	struct reach *reach = &history->reaches[0];
	struct node *node = graph_node(history->graph, tip);
	enum answer answer = ANSWER_UNKNOWN;

	if (walk_reach(history, reach, trunks))
		answer = line_meets(history, reach, node, false, ret_commit);
	return answer == ANSWER_NO ? line_meets(history, reach, node, true, ret_commit) : answer;
}

enum answer history_raw(struct history *history, const struct oid *id, struct bytes *ret_raw)
{
	const struct node *node = graph_find(history->graph, id);
	enum object_type type = OBJECT_NONE;

	if (node && node->raw) {
		*ret_raw = history->raws[node->raw - 1];
		return ANSWER_YES;
	}
	enum answer answer = repo_read(history->repo, id, &type, ret_raw);

	if (answer == ANSWER_YES && type == OBJECT_COMMIT)
		return ANSWER_YES;
	snprintf(history->problem, sizeof(history->problem), "%s %s", oid_hex(id).text,
		 answer == ANSWER_UNKNOWN ? repo_problem(history->repo) : "is missing or not a commit");
	return ANSWER_UNKNOWN;
}

enum answer history_first_parent(struct history *history, const struct oid *id, struct oid *ret_parent)
{
	struct node *node = graph_node(history->graph, id);

	if (!walk_read(history, node))
		return ANSWER_UNKNOWN;
	if (!node->parent_count)
		return ANSWER_NO;
	*ret_parent = node->parents[0]->id;
	return ANSWER_YES;
}
