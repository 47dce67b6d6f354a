/* map: values by their name, for people, headings and object ids. */
#ifndef POLICY_MAP_H
#define POLICY_MAP_H

#include "bytes.h"

struct map;

/** An empty map in the arena. */
struct map *map_new(struct arena *arena);
/** The value stored under `key`, or NULL. */
void *map_get(const struct map *map, struct bytes key);
/** The same, and where there is none `value` (not NULL) is stored, as by map_set(). */
void *map_add(struct map *map, struct bytes key, void *value);
/** Stores `value` (not NULL) under `key`, whose bytes are borrowed; an older value is replaced. */
void map_set(struct map *map, struct bytes key, void *value);

#endif
