/* arena: chunks that grow and are freed together; no memory left is a jump to the one recovery point. */
#include "arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#define CHUNK_BYTES ((size_t)32 * 1024)
#define ALIGNMENT _Alignof(max_align_t)

struct chunk {
	struct chunk *next;
	size_t used;
	size_t room;
	_Alignas(max_align_t) char data[];
};

struct arena {
	struct chunk *chunks;
	struct arena *children;
	struct arena *sibling;
	struct arena *root; /* whose recovery point counts */
	unsigned long seed;
	jmp_buf recovery;
};

struct arena *arena_new(void)
{
	struct arena *arena = calloc(1, sizeof(*arena));

	if (!arena)
		return NULL;
	arena->root = arena;
	/* Without randomness a push of chosen names may be slow, until its deadline; it is not judged otherwise. */
	if (getrandom(&arena->seed, sizeof(arena->seed), GRND_NONBLOCK) < 0)
		arena->seed = 0;
	return arena;
}

struct arena *arena_child(struct arena *parent)
{
	struct arena *child = arena_new();

	if (!child)
		longjmp(parent->root->recovery, 1);
	child->root = parent->root;
	child->sibling = parent->children;
	parent->children = child;
	return child;
}

static void chunks_free(struct chunk *chunk)
{
	while (chunk) {
		struct chunk *next = chunk->next;

		free(chunk);
		chunk = next;
	}
}

void arena_free(struct arena *arena)
{
	while (arena) {
		struct arena *sibling = arena->sibling;

		/* Children have no children of their own worth a recursion: they are prepended to what is left to free.
		 */
		for (struct arena *child = arena->children; child;) {
			struct arena *next = child->sibling;

			child->sibling = sibling;
			sibling = child;
			child = next;
		}
		chunks_free(arena->chunks);
		free(arena);
		arena = sibling;
	}
}

void arena_reset(struct arena *arena)
{
	struct chunk *kept = arena->chunks;

	if (!kept)
		return;
	chunks_free(kept->next);
	kept->next = NULL;
	memset(kept->data, 0, kept->used);
	kept->used = 0;
}

unsigned long arena_seed(const struct arena *arena)
{
	return arena->root->seed;
}

jmp_buf *arena_recovery(struct arena *arena)
{
	return &arena->root->recovery;
}

static bool is_large(size_t size)
{
	return size > CHUNK_BYTES / 4;
}

/* A large object has a chunk of its own, behind the current one, so that the room left there is not lost. */
static struct chunk *chunk_add(struct arena *arena, size_t size)
{
	bool large = is_large(size);
	size_t room = large ? size : CHUNK_BYTES;
	struct chunk *chunk = room > SIZE_MAX - sizeof(*chunk) ? NULL : calloc(1, sizeof(*chunk) + room);

	if (!chunk)
		longjmp(arena->root->recovery, 1);
	chunk->room = room;
	if (large && arena->chunks) {
		chunk->next = arena->chunks->next;
		arena->chunks->next = chunk;
	} else {
		chunk->next = arena->chunks;
		arena->chunks = chunk;
	}
	return chunk;
}

void *arena_alloc(struct arena *arena, size_t size)
{
	struct chunk *chunk = arena->chunks;

	if (size > SIZE_MAX - ALIGNMENT)
		longjmp(arena->root->recovery, 1);
	size = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
	if (!chunk || is_large(size) || chunk->room - chunk->used < size)
		chunk = chunk_add(arena, size);
	void *object = chunk->data + chunk->used;

	chunk->used += size;
	return object;
}

void *arena_array(struct arena *arena, size_t count, size_t size)
{
	if (size && count > SIZE_MAX / size)
		longjmp(arena->root->recovery, 1);
	return arena_alloc(arena, count * size);
}

/* Gives back the chunk of a large object. */
static void large_free(struct arena *arena, const void *object)
{
	struct chunk **link = &arena->chunks;

	while ((*link)->data != object)
		link = &(*link)->next;
	struct chunk *chunk = *link;

	*link = chunk->next;
	free(chunk);
}

void *arena_grow(struct arena *arena, void *array, size_t *room, size_t need, size_t size)
{
	if (need <= *room)
		return array;
	size_t grown = *room < 8 ? 8 : *room;

	while (grown < need)
		grown = grown > SIZE_MAX / 2 ? need : grown * 2;
	void *moved = arena_array(arena, grown, size);

	if (*room)
		memcpy(moved, array, *room * size);
	if (is_large(*room * size))
		large_free(arena, array);
	*room = grown;
	return moved;
}
