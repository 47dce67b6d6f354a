/* history: the questions to a repository's commits, each answered by one walk that costs what the answer is worth. */
#include "history.h"

#include "arena.h"
#include "walk.h"

struct history *history_new(struct arena *arena, struct repo *repo)
{
	struct history *history = arena_alloc(arena, sizeof(*history));

	history->arena = arena;
	history->repo = repo;
	history->graph = graph_new(arena);
	history->memory = arena_child(arena);
	history->brief = arena_child(arena);
	history->parents = arena_array(arena, OBJECT_PARENTS_MAX, sizeof(*history->parents));
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
			struct node *parent = node_parent(node, i);

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

	if (!reach)
		return ANSWER_NO;
	return walk_read(history, ancestor) ? walk_reaches(history, reach, ancestor, ancestor->seconds)
					    : ANSWER_UNKNOWN;
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

/*
 * The first commit on the line of `node` that the trunks reach, looking down to the date of each commit or, if that
 * finds none, to the end of all history. NO when the line ends. What came with the push the trunks cannot reach.
 */
static enum answer line_meets(struct history *history, struct reach *trunks, struct node *node, bool to_the_end,
			      struct oid *ret_commit)
{
	for (;; node = node_parent(node, 0)) {
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
		*ret_raw = *node->raw;
		return ANSWER_YES;
	}
	enum answer answer = repo_read(history->repo, id, &type, ret_raw);

	if (answer == ANSWER_YES && type == OBJECT_COMMIT)
		return ANSWER_YES;
	walk_broken(history, id, answer == ANSWER_UNKNOWN ? NULL : "is missing or not a commit");
	return ANSWER_UNKNOWN;
}

enum answer history_first_parent(struct history *history, const struct oid *id, struct oid *ret_parent)
{
	struct node *node = graph_node(history->graph, id);

	if (!walk_read(history, node))
		return ANSWER_UNKNOWN;
	if (!node->parent_count)
		return ANSWER_NO;
	*ret_parent = node_parent(node, 0)->id;
	return ANSWER_YES;
}
