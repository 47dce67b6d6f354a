/* event: a push is known by the receive-pack that serves it. */
#include "event.h"

#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#include "arena.h"

#define BOOT_ID "/proc/sys/kernel/random/boot_id"
/* A dispatcher script or two may stand between receive-pack and us. */
#define ANCESTORS_MAX 8
#define START_FIELD 22 /* of stat, see proc(5) */
#define PARENT_FIELD 4

/* The beginning of a file of /proc, into `room` with a NUL behind it; empty when it cannot be read. */
static struct bytes read_start(const char *path, char *room, size_t size)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t got = fd < 0 ? 0 : read(fd, room, size - 1);

	if (fd >= 0)
		close(fd);
	room[got > 0 ? got : 0] = '\0';
	return (struct bytes){room, got > 0 ? (size_t)got : 0};
}

static struct bytes read_process(unsigned long process, const char *name, char *room, size_t size)
{
	char path[64];

	snprintf(path, sizeof(path), "/proc/%lu/%s", process, name);
	return read_start(path, room, size);
}

/* Whether it is git, called as receive-pack: nothing else with such a name is one push. */
static bool is_receive_pack(unsigned long process)
{
	const struct bytes receive = BYTES("receive-pack");
	char room[4096];
	bool found = false;

	if (!bytes_starts(read_process(process, "comm", room, sizeof(room)), BYTES("git")))
		return false;
	struct bytes words = read_process(process, "cmdline", room, sizeof(room));

	while (words.len && !found) {
		struct bytes word = bytes_first(words, bytes_index(words, '\0'));

		found = bytes_equal(word, receive) || bytes_ends(word, BYTES("git-receive-pack"));
		words = bytes_from(words, word.len + 1);
	}
	return found;
}

/* A field of stat by its number, from the 3rd on: the 2nd, a name in parentheses, may hold anything. */
static bool read_field(unsigned long process, unsigned field, unsigned long *ret_number)
{
	char room[1024];
	struct bytes stat = read_process(process, "stat", room, sizeof(room)), word = {0};
	const char *name_end = stat.len ? memrchr(stat.data, ')', stat.len) : NULL;

	stat = bytes_from(stat, name_end ? (size_t)(name_end - stat.data) + 1 : stat.len);
	for (unsigned at = 3; at <= field; at++)
		if (!bytes_word(&stat, &word))
			return false;
	return bytes_number(word, (unsigned long)-1, ret_number);
}

static bool find_receive_pack(unsigned long *ret_process, unsigned long *ret_start)
{
	unsigned long process = (unsigned long)getppid();

	for (int i = 0; process > 1 && i < ANCESTORS_MAX; i++) {
		if (is_receive_pack(process)) {
			*ret_process = process;
			return read_field(process, START_FIELD, ret_start);
		}
		if (!read_field(process, PARENT_FIELD, &process))
			return false;
	}
	return false;
}

/* FNV-1a, and a last mixing that makes every bit depend on every other. */
static uint64_t mix(struct bytes text)
{
	uint64_t hash = 0xcbf29ce484222325u;

	for (size_t i = 0; i < text.len; i++)
		hash = (hash ^ (unsigned char)text.data[i]) * 0x100000001b3u;
	hash = (hash ^ hash >> 30) * 0xbf58476d1ce4e5b9u;
	hash = (hash ^ hash >> 27) * 0x94d049bb133111ebu;
	return hash ^ hash >> 31;
}

struct bytes event_new(struct arena *arena)
{
	uint64_t event;

	if (getrandom(&event, sizeof(event), 0) != (ssize_t)sizeof(event))
		return (struct bytes){0};
	return bytes_printf(arena, "%016llx", (unsigned long long)event);
}

struct bytes event_of_push(struct arena *arena)
{
	unsigned long process, start;
	char boot[64];

	if (!find_receive_pack(&process, &start))
		return event_new(arena);
	struct bytes text =
		bytes_printf(arena, "%s %lu %lu", read_start(BOOT_ID, boot, sizeof(boot)).data, process, start);

	return bytes_printf(arena, "%016llx", (unsigned long long)mix(text));
}
