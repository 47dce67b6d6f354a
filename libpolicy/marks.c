/* marks: one walk, depth first, that leaves at every commit what it has found, so that none is entered twice. */
#include "marks.h"

#include <stdint.h>

#include "arena.h"
#include "walk.h"

/* A commit on the way down. */
struct step {
	struct node *node;
	size_t next; /* of its parents */
	struct mark *least;
};

struct descent {
	struct history *history;
	struct marks *marks;
	struct step *steps;
	size_t count;
	size_t room;
};

struct marks *marks_new(struct arena *arena)
{
	struct marks *marks = arena_alloc(arena, sizeof(*marks));

	*marks = (struct marks){.own = map_new(arena), .least = map_new(arena), .none.value = SIZE_MAX};
	return marks;
}

static struct bytes key_of(const struct node *node)
{
	return (struct bytes){(const char *)node->id.id, sizeof(node->id.id)};
}

static bool enter(struct descent *descent, struct node *node)
{
	struct mark *own = map_get(descent->marks->own, key_of(node));

	if (!walk_read(descent->history, node))
		return false;
	descent->steps = arena_grow(descent->history->arena, descent->steps, &descent->room, descent->count + 1,
				    sizeof(*descent->steps));
	descent->steps[descent->count++] = (struct step){.node = node, .least = own ? own : &descent->marks->none};
	return true;
}

static void take(struct step *step, struct mark *mark)
{
	if (mark->value < step->least->value)
		step->least = mark;
}

/* All below it is known: so is it, and what it is for the one above. */
static void leave(struct descent *descent)
{
	const struct step *done = &descent->steps[--descent->count];

	map_set(descent->marks->least, key_of(done->node), done->least);
	if (descent->count)
		take(&descent->steps[descent->count - 1], done->least);
}

/* The least mark that `node` reaches, itself included; NULL: it cannot be told. */
static struct mark *least_of(struct descent *descent, struct node *node)
{
	struct mark *known = map_get(descent->marks->least, key_of(node));

	if (known)
		return known;
	if (!enter(descent, node))
		return NULL;
	while (descent->count) {
		struct step *step = &descent->steps[descent->count - 1];

		if (step->next == step->node->parent_count) {
			leave(descent);
			continue;
		}
		struct node *parent = node_parent(step->node, step->next++);

		known = map_get(descent->marks->least, key_of(parent));
		if (known)
			take(step, known);
		else if (!enter(descent, parent))
			return NULL;
	}
	return map_get(descent->marks->least, key_of(node));
}

enum answer history_least_below(struct history *history, struct marks *marks, const struct oid *tip,
				const struct mark **ret_mark)
{
	struct descent descent = {.history = history, .marks = marks};
	struct node *node = graph_node(history->graph, tip);
	const struct mark *least = &marks->none;

	if (!walk_read(history, node))
		return ANSWER_UNKNOWN;
	for (size_t i = 0; i < node->parent_count; i++) {
		const struct mark *mark = least_of(&descent, node_parent(node, i));

		if (!mark)
			return ANSWER_UNKNOWN;
		if (mark->value < least->value)
			least = mark;
	}
	*ret_mark = least;
	return least == &marks->none ? ANSWER_NO : ANSWER_YES;
}
