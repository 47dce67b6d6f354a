/* arena: the one memory of a run; everything in it is freed together, nothing in it alone. */
#ifndef POLICY_ARENA_H
#define POLICY_ARENA_H

#include <setjmp.h>
#include <stddef.h>

struct arena;

/** A new, empty arena, or NULL when there is no memory for one. The caller frees it with arena_free(). */
struct arena *arena_new(void);
/** Frees everything allocated from it; NULL is fine. */
void arena_free(struct arena *arena);

/**
 * `size` zeroed bytes, aligned for any object, valid until arena_free().
 * Never returns NULL: with no memory left it jumps to the point set by arena_recovery(), so that callers need no
 * error path of their own and a run without memory ends in one place, undecided.
 */
void *arena_alloc(struct arena *arena, size_t size);
/** The same for `count` objects of `size` bytes; an overflow counts as no memory. */
void *arena_array(struct arena *arena, size_t count, size_t size);
/**
 * Room for at least `need` objects of `size` bytes in the growing array `*array` of `*room`; contents are kept, the
 * array may move. Doubles, so that adding n objects costs O(n).
 */
void *arena_grow(struct arena *arena, void *array, size_t *room, size_t need, size_t size);

/**
 * Where to go when memory runs out: `if (setjmp(*arena_recovery(arena))) return undecided;`, once, in the function that
 * opens the run. No foreign handle may be held by a frame that is jumped over.
 */
jmp_buf *arena_recovery(struct arena *arena);

/** A random number, the same for the arena's life: what a map mixes into its hashes, so that nobody can choose
 * colliding keys. */
unsigned long arena_seed(const struct arena *arena);

/**
 * An arena for what is needed briefly: freed with `parent`, and out of memory at its recovery point. arena_reset()
 * gives everything allocated from it back at once.
 */
struct arena *arena_child(struct arena *parent);
void arena_reset(struct arena *arena);

#endif
