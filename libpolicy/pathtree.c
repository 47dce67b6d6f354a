/* pathtree: path patterns as a tree of components, which a path walks down in all ways at once. */
#include "pathtree.h"

#include <stdint.h>

#include "arena.h"
#include "map.h"

/* A place in the tree: the components read so far. Of the patterns that end here the highest rank is kept, 0
 * for none. */
struct node {
	struct map *literals; /* component -> struct node; NULL: none */
	struct map *globs;    /* the same by the component's pattern, to find it again */
	struct glob *first;
	struct node *gap; /* after "**", which may stand for no component */
	bool is_gap;	  /* any component leads back here */
	size_t here;	  /* matches the path that ends here */
	size_t below;	  /* matches what is below */
	size_t seen;	  /* the step of the walk that came here last */
};

/* A component with wildcards, and where it leads. */
struct glob {
	struct bytes pattern;
	struct bytes tail; /* after its last wildcard or backslash: most names differ there */
	struct node *node;
	struct glob *next;
};

/* Places reached at once. */
struct nodes {
	struct node **items;
	size_t count;
	size_t room;
};

struct pathtree {
	struct arena *arena;
	struct node root;
	struct nodes at; /* of the walk going on */
	struct nodes next;
	size_t step;
};

struct pathtree *pathtree_new(struct arena *arena)
{
	struct pathtree *tree = arena_alloc(arena, sizeof(*tree));

	tree->arena = arena;
	return tree;
}

const char *pathtree_problem(struct bytes pattern)
{
	if (bytes_equal(pattern, BYTES("/")))
		return "\"/\" matches nothing; everything is \"*\"";
	if (bytes_contains(pattern, BYTES("//")))
		return "a pattern has no empty component";
	if (bytes_contains(pattern, BYTES("***")))
		return "three stars mean nothing";
	for (size_t i = 0; i < pattern.len; i++) {
		if (pattern.data[i] == '[' || pattern.data[i] == ']')
			return "there are no [ ] ranges; a bracket is written \\[";
		if (pattern.data[i] == '\\' && (++i == pattern.len || pattern.data[i] == '/'))
			return "a backslash stands before the character it is for";
	}
	return NULL;
}

/* Cuts the next component off a path or pattern. */
static struct bytes component(struct bytes *rest)
{
	struct bytes name = bytes_first(*rest, bytes_index(*rest, '/'));

	*rest = bytes_from(*rest, name.len + 1);
	return name;
}

static bool wild(struct bytes pattern)
{
	return bytes_index(pattern, '*') < pattern.len || bytes_index(pattern, '?') < pattern.len;
}

static bool is_stars(struct bytes pattern)
{
	return bytes_equal(pattern, BYTES("**"));
}

/* Whether one component matches: each "*" is tried shortest first, and only the last one need ever be reconsidered. */
static bool glob_match(struct bytes pattern, struct bytes name)
{
	size_t p = 0, n = 0, star = SIZE_MAX, retry = 0;

	while (n < name.len) {
		bool escaped = p + 1 < pattern.len && pattern.data[p] == '\\';

		if (p < pattern.len && pattern.data[p] == '*') {
			star = ++p;
			retry = n;
		} else if (p < pattern.len &&
			   (pattern.data[p] == '?' || pattern.data[p + (escaped ? 1 : 0)] == name.data[n])) {
			p += escaped ? 2 : 1;
			n++;
		} else if (star != SIZE_MAX) {
			p = star;
			n = ++retry;
		} else {
			return false;
		}
	}
	while (p < pattern.len && pattern.data[p] == '*')
		p++;
	return p == pattern.len;
}

/* Without its backslashes. */
static struct bytes unescape(struct arena *arena, struct bytes pattern)
{
	if (bytes_index(pattern, '\\') == pattern.len)
		return pattern;
	char *plain = arena_alloc(arena, pattern.len);
	size_t len = 0;

	for (size_t i = 0; i < pattern.len; i++) {
		i += pattern.data[i] == '\\' && i + 1 < pattern.len;
		plain[len++] = pattern.data[i];
	}
	return (struct bytes){plain, len};
}

static struct bytes tail_of(struct bytes pattern)
{
	size_t at = pattern.len;

	while (at && pattern.data[at - 1] != '*' && pattern.data[at - 1] != '?' && pattern.data[at - 1] != '\\')
		at--;
	return bytes_from(pattern, at);
}

static struct node *gap_of(struct arena *arena, struct node *node)
{
	if (node->is_gap)
		return node;
	if (!node->gap) {
		node->gap = arena_alloc(arena, sizeof(*node->gap));
		node->gap->is_gap = true;
	}
	return node->gap;
}

/* The place that one component of a pattern leads to. */
static struct node *child_of(struct arena *arena, struct node *node, struct bytes pattern)
{
	bool glob = wild(pattern);
	struct bytes key = glob ? pattern : unescape(arena, pattern);
	struct map **map = glob ? &node->globs : &node->literals;

	*map = *map ? *map : map_new(arena);
	struct node *child = map_get(*map, key);

	if (child)
		return child;
	child = arena_alloc(arena, sizeof(*child));
	map_set(*map, key, child);
	if (glob) {
		struct glob *edge = arena_alloc(arena, sizeof(*edge));

		*edge = (struct glob){pattern, tail_of(pattern), child, node->first};
		node->first = edge;
	}
	return child;
}

void pathtree_add(struct pathtree *tree, struct bytes pattern, size_t rank)
{
	struct arena *arena = tree->arena;
	struct node *node = &tree->root;
	bool folder = bytes_ends(pattern, BYTES("/"));
	struct bytes rest = bytes_first(pattern, pattern.len - (folder ? 1 : 0)), name = {0};
	bool tied = bytes_index(rest, '/') < rest.len;

	rest = bytes_from(rest, bytes_starts(rest, BYTES("/")) ? 1 : 0);
	if (!tied)
		node = gap_of(arena, node);
	while (rest.len) {
		name = component(&rest);
		if (!is_stars(name))
			node = child_of(arena, node, name);
		else if (rest.len || folder || !tied)
			node = gap_of(arena, node);
	}
	if (is_stars(name) && (folder || !tied))
		node = child_of(arena, node, BYTES("*"));
	if (!folder && !(is_stars(name) && tied))
		node->here = rank;
	if (folder || !bytes_equal(name, BYTES("*")))
		node->below = rank;
}

/* A node is reached once a step; what "**" may skip is reached with it. */
static void reach(struct pathtree *tree, struct nodes *nodes, struct node *node)
{
	for (; node && node->seen != tree->step; node = node->gap) {
		node->seen = tree->step;
		nodes->items =
			arena_grow(tree->arena, nodes->items, &nodes->room, nodes->count + 1, sizeof(struct node *));
		nodes->items[nodes->count++] = node;
	}
}

/* Everywhere that one more component leads. */
static void advance(struct pathtree *tree, struct bytes name)
{
	struct nodes from = tree->at, to = tree->next;

	to.count = 0;
	tree->step++;
	for (size_t i = 0; i < from.count; i++) {
		struct node *node = from.items[i];

		if (node->is_gap)
			reach(tree, &to, node);
		if (node->literals)
			reach(tree, &to, map_get(node->literals, name));
		for (const struct glob *glob = node->first; glob; glob = glob->next)
			if (bytes_ends(name, glob->tail) && glob_match(glob->pattern, name))
				reach(tree, &to, glob->node);
	}
	tree->at = to;
	tree->next = from;
}

size_t pathtree_find(struct pathtree *tree, struct bytes path)
{
	const struct nodes *at = &tree->at;
	bool folder = bytes_ends(path, BYTES("/"));
	size_t rank = 0;

	tree->at.count = 0;
	tree->step++;
	reach(tree, &tree->at, &tree->root);
	while (path.len) {
		for (size_t i = 0; i < at->count; i++)
			rank = at->items[i]->below > rank ? at->items[i]->below : rank;
		advance(tree, component(&path));
	}
	for (size_t i = 0; i < at->count; i++) {
		rank = at->items[i]->here > rank ? at->items[i]->here : rank;
		rank = folder && at->items[i]->below > rank ? at->items[i]->below : rank;
	}
	return rank;
}
