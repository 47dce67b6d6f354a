/* walkread: reading commits once, and telling which of them came with the push. */
#include "walk.h"

#include <malloc.h>
#include <stdio.h>

#include "arena.h"

/* So much is kept of the commits that came with the push, which are going to be judged, and of what is known of them.
 * Of a push that brings more, each is read again then. */
#define KEPT_BYTES_MAX ((size_t)84 * 1024 * 1024)
/* A look ahead is worth it in a long push. */
#define STRETCH_MIN ((size_t)16)
#define STRETCH_MAX ((size_t)256)

bool walk_broken(struct history *history, const struct oid *id, const char *what)
{
	if (what)
		snprintf(history->problem, sizeof(history->problem), "%s %s", oid_hex(id).text, what);
	else
		snprintf(history->problem, sizeof(history->problem), "%s", repo_problem(history->repo));
	return false;
}

/* What lies between nodes is given back too, or they would come on top of it. */
static void keep_none(struct history *history)
{
	for (size_t i = 0; i < graph_count(history->graph); i++)
		graph_at(history->graph, i)->raw = NULL;
	arena_reset(history->memory);
	malloc_trim(0);
}

static void keep(struct history *history, struct node *node, struct bytes raw)
{
	struct bytes *kept;

	if (history->kept_bytes > KEPT_BYTES_MAX)
		return;
	history->kept_bytes += raw.len + sizeof(*node) + sizeof(*kept);
	if (history->kept_bytes > KEPT_BYTES_MAX) {
		keep_none(history);
		return;
	}
	kept = arena_alloc(history->memory, sizeof(*kept));
	*kept = bytes_copy(history->memory, raw);
	node->raw = kept;
}

/* Reads its links; its bytes are kept for history_raw() if it `came` with the push. */
static bool read_node(struct history *history, struct node *node, bool came)
{
	enum object_type type;
	struct bytes raw;
	size_t count;
	int64_t seconds;

	enum answer answer = repo_read(history->repo, &node->id, &type, &raw);

	if (answer != ANSWER_YES)
		return walk_broken(history, &node->id, answer == ANSWER_NO ? "is missing" : NULL);
	if (type != OBJECT_COMMIT)
		return walk_broken(history, &node->id, "is not a commit");
	if (!commit_links(raw, history->parents, OBJECT_PARENTS_MAX, &count, &seconds))
		return walk_broken(history, &node->id, "is a broken commit");
	node->seconds = seconds > UINT32_MAX ? UINT32_MAX : (uint32_t)seconds;
	graph_link(history->graph, node, history->parents, count);
	if (came)
		keep(history, node, raw);
	node_mark(node, NODE_READ);
	return true;
}

bool walk_read(struct history *history, struct node *node)
{
	return node->flags & NODE_READ || read_node(history, node, node->flags & NODE_FRESH);
}

static bool ask(struct history *history, struct node *node)
{
	if (!(node->flags & NODE_ASKED) && repo_quarantined(history->repo) &&
	    repo_stored(history->repo, &node->id) == ANSWER_NO)
		node_mark(node, NODE_FRESH);
	node_mark(node, NODE_ASKED);
	return node->flags & NODE_FRESH;
}

/* The end of a stretch of first parents, as long as the fresh ones just found, that are read on the chance that they
 * are fresh too. */
static struct node *look_ahead(struct history *history, struct node *node)
{
	size_t left = history->fresh_run < STRETCH_MIN ? 0 : history->fresh_run;

	for (left = left < STRETCH_MAX ? left : STRETCH_MAX; left; left--) {
		if (node->flags & (NODE_ASKED | NODE_FAR) ||
		    !(node->flags & NODE_READ || read_node(history, node, true)) || !node->parent_count)
			break;
		node = node_parent(node, 0);
	}
	return node;
}

/*
 * The store has all that its refs reach, so that whatever reaches a commit which it lacks came with the push as well:
 * one question mostly answers for a whole stretch.
 */
bool walk_fresh(struct history *history, struct node *node)
{
	if (node->flags & NODE_ASKED)
		return node->flags & NODE_FRESH;
	struct node *end = look_ahead(history, node);

	if (!ask(history, end)) {
		history->fresh_run = 0;
		return ask(history, node);
	}
	for (history->fresh_run++; node != end; node = node_parent(node, 0)) {
		node_mark(node, NODE_ASKED | NODE_FRESH);
		history->fresh_run++;
	}
	return true;
}
