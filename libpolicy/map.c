/* map: open addressing, doubled when two thirds full; the hash is FNV-1a, seeded by nothing since keys are bounded by
 * the push. */
#include "map.h"

#include <stdint.h>

#include "arena.h"

struct slot {
	struct bytes key;
	uint64_t hash;
	void *value;
};

struct map {
	struct arena *arena;
	struct slot *slots;
	size_t room;
	size_t used;
	uint64_t seed;
};

static uint64_t hash_of(const struct map *map, struct bytes key)
{
	uint64_t hash = 0xcbf29ce484222325u ^ map->seed;

	for (size_t i = 0; i < key.len; i++)
		hash = (hash ^ (unsigned char)key.data[i]) * 0x100000001b3u;
	return hash;
}

static struct slot *slot_of(const struct map *map, struct bytes key, uint64_t hash)
{
	size_t at = (size_t)hash & (map->room - 1);

	while (map->slots[at].value && !(map->slots[at].hash == hash && bytes_equal(map->slots[at].key, key)))
		at = (at + 1) & (map->room - 1);
	return &map->slots[at];
}

static void resize(struct map *map, size_t room)
{
	struct map grown = {.arena = map->arena, .room = room, .used = map->used, .seed = map->seed};

	grown.slots = arena_array(map->arena, room, sizeof(*grown.slots));
	for (size_t i = 0; i < map->room; i++)
		if (map->slots[i].value)
			*slot_of(&grown, map->slots[i].key, map->slots[i].hash) = map->slots[i];
	*map = grown;
}

struct map *map_new(struct arena *arena)
{
	struct map *map = arena_alloc(arena, sizeof(*map));

	map->arena = arena;
	map->seed = arena_seed(arena);
	return map;
}

void *map_get(const struct map *map, struct bytes key)
{
	return map->used ? slot_of(map, key, hash_of(map, key))->value : NULL;
}

void map_set(struct map *map, struct bytes key, void *value)
{
	uint64_t hash = hash_of(map, key);

	if (map->used >= map->room / 3 * 2)
		resize(map, map->room ? map->room * 2 : 16);
	struct slot *slot = slot_of(map, key, hash);

	map->used += !slot->value;
	*slot = (struct slot){key, hash, value};
}
