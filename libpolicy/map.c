/* map: values by their name: entries as they came, found by an open-addressing table that is half full at most; the
 * hash is FNV-1a, seeded since the names may be a pusher's. */
#include "map.h"

#include <stdint.h>
#include <string.h>

#include "arena.h"

struct entry {
	struct bytes key;
	uint64_t hash;
	void *value;
};

struct map {
	struct arena *arena;
	struct entry *entries;
	size_t entry_room;
	size_t count;
	uint32_t *table; /* 1 + index of an entry; 0: free */
	size_t table_room;
	uint64_t seed;
};

static uint64_t hash_of(const struct map *map, struct bytes key)
{
	uint64_t hash = 0xcbf29ce484222325u ^ map->seed;

	for (size_t i = 0; i < key.len; i++)
		hash = (hash ^ (unsigned char)key.data[i]) * 0x100000001b3u;
	return hash;
}

static uint32_t *slot_of(const struct map *map, struct bytes key, uint64_t hash)
{
	for (size_t at = (size_t)hash;; at++) {
		uint32_t *slot = &map->table[at & (map->table_room - 1)];
		const struct entry *entry = *slot ? &map->entries[*slot - 1] : NULL;

		if (!entry || (entry->hash == hash && bytes_equal(entry->key, key)))
			return slot;
	}
}

static void table_double(struct map *map)
{
	map->table = arena_grow(map->arena, map->table, &map->table_room, map->table_room + 1, sizeof(*map->table));
	memset(map->table, 0, map->table_room * sizeof(*map->table));
	for (size_t i = 0; i < map->count; i++)
		*slot_of(map, map->entries[i].key, map->entries[i].hash) = (uint32_t)(i + 1);
}

/* The entry of that name, made without a value if need be. */
static struct entry *entry_of(struct map *map, struct bytes key)
{
	uint64_t hash = hash_of(map, key);

	if (map->count >= map->table_room / 2)
		table_double(map);
	uint32_t *slot = slot_of(map, key, hash);

	if (!*slot) {
		map->entries =
			arena_grow(map->arena, map->entries, &map->entry_room, map->count + 1, sizeof(*map->entries));
		map->entries[map->count++] = (struct entry){.key = key, .hash = hash};
		*slot = (uint32_t)map->count;
	}
	return &map->entries[*slot - 1];
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
	uint32_t slot = map->count ? *slot_of(map, key, hash_of(map, key)) : 0;

	return slot ? map->entries[slot - 1].value : NULL;
}

void *map_add(struct map *map, struct bytes key, void *value)
{
	struct entry *entry = entry_of(map, key);
	void *older = entry->value;

	if (!older)
		entry->value = value;
	return older;
}

void map_set(struct map *map, struct bytes key, void *value)
{
	struct entry *entry = entry_of(map, key);

	entry->key = key;
	entry->value = value;
}
