/* keywords: the automaton of Aho and Corasick, as one table of states and kinds of bytes. */
#include "keywords.h"

#include <stdint.h>

#include "arena.h"

/* An entry of the table: the place where the row of the next state begins, and whether words end there. */
#define OUTPUT 0x80000000u
#define PLACE(entry) ((entry) & ~OUTPUT)

struct keyword_output {
	unsigned tag;
	struct keyword_output *next;
};

/* A state while words are added; its children are a list. */
struct node {
	struct node *child, *sibling;
	struct node *fallback; /* of the longest suffix that some word begins with */
	struct node *queued;   /* the next in the order of depth */
	struct keyword_output *output;
	size_t index;
	unsigned char byte;
};

struct keywords {
	struct arena *arena;
	struct node root;
	size_t node_count;
	unsigned char kind[256]; /* of each byte; 0: it is in no word */
	size_t kind_count;
	uint32_t *table; /* a row of kind_count entries for each state */
	const struct keyword_output **outputs;
};

static unsigned char fold(unsigned char byte)
{
	return byte >= 'A' && byte <= 'Z' ? (unsigned char)(byte - 'A' + 'a') : byte;
}

struct keywords *keywords_new(struct arena *arena)
{
	struct keywords *keywords = arena_alloc(arena, sizeof(*keywords));

	keywords->arena = arena;
	keywords->node_count = 1;
	keywords->kind_count = 1;
	return keywords;
}

static struct node *node_child(const struct node *node, unsigned char byte)
{
	struct node *child = node->child;

	while (child && child->byte != byte)
		child = child->sibling;
	return child;
}

static struct node *node_add(struct keywords *keywords, struct node *parent, unsigned char byte)
{
	struct node *node = node_child(parent, byte);

	if (node)
		return node;
	node = arena_alloc(keywords->arena, sizeof(*node));
	node->byte = byte;
	node->index = keywords->node_count++;
	node->sibling = parent->child;
	parent->child = node;
	if (!keywords->kind[byte])
		keywords->kind[byte] = (unsigned char)keywords->kind_count++;
	return node;
}

void keywords_add(struct keywords *keywords, struct bytes word, unsigned tag)
{
	struct node *node = &keywords->root;
	struct keyword_output *output = arena_alloc(keywords->arena, sizeof(*output));

	for (size_t i = 0; i < word.len; i++)
		node = node_add(keywords, node, fold((unsigned char)word.data[i]));
	*output = (struct keyword_output){tag, node->output};
	node->output = output;
}

/* What the words that end here go on with: those that end at the fallback, which is shorter and complete. */
static void output_join(struct node *node)
{
	struct keyword_output **end = &node->output;

	while (*end)
		end = &(*end)->next;
	*end = node->fallback->output;
}

static struct node *fallback_of(struct keywords *keywords, const struct node *parent, unsigned char byte)
{
	struct node *from = parent->fallback;

	while (from && !node_child(from, byte))
		from = from->fallback;
	return from ? node_child(from, byte) : &keywords->root;
}

static uint32_t entry_of(const struct keywords *keywords, const struct node *node)
{
	return (uint32_t)(node->index * keywords->kind_count) | (node->output ? OUTPUT : 0);
}

/* The row of a state: that of its fallback, but for its own children. */
static void row_fill(struct keywords *keywords, const struct node *node)
{
	uint32_t *row = keywords->table + node->index * keywords->kind_count;

	for (size_t i = 0; node->fallback && i < keywords->kind_count; i++)
		row[i] = keywords->table[node->fallback->index * keywords->kind_count + i];
	for (const struct node *child = node->child; child; child = child->sibling)
		row[keywords->kind[child->byte]] = entry_of(keywords, child);
	keywords->outputs[node->index] = node->output;
}

void keywords_build(struct keywords *keywords)
{
	struct node *last = &keywords->root;

	for (unsigned char byte = 'A'; byte <= 'Z'; byte++)
		keywords->kind[byte] = keywords->kind[fold(byte)];
	keywords->table = arena_array(keywords->arena, keywords->node_count * keywords->kind_count, sizeof(uint32_t));
	keywords->outputs = arena_array(keywords->arena, keywords->node_count, sizeof(*keywords->outputs));
	for (struct node *node = &keywords->root; node; node = node->queued) {
		for (struct node *child = node->child; child; child = child->sibling) {
			child->fallback = fallback_of(keywords, node, child->byte);
			output_join(child);
			last->queued = child;
			last = child;
		}
		row_fill(keywords, node);
	}
}

bool keywords_next(const struct keywords *keywords, struct keyword_pass *pass, unsigned *ret_tag)
{
	const unsigned char *at = (const unsigned char *)pass->content.data + pass->at;
	const unsigned char *end = (const unsigned char *)pass->content.data + pass->content.len;
	size_t entry = pass->state;

	if (!pass->output) {
		while (at < end && !(entry & OUTPUT))
			entry = keywords->table[entry + keywords->kind[*at++]];
		pass->at = pass->content.len - (size_t)(end - at);
		pass->state = PLACE(entry);
		if (!(entry & OUTPUT))
			return false;
		pass->output = keywords->outputs[pass->state / keywords->kind_count];
	}
	*ret_tag = pass->output->tag;
	pass->output = pass->output->next;
	return true;
}
