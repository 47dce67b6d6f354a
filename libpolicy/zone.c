/* zone: local times. */
#include "zone.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "arena.h"
#include "clock.h"
#include "nearest.h"
#include "settings.h"
#include "tzif.h"

#ifndef POLICY_ZONEINFO
#define POLICY_ZONEINFO "/usr/share/zoneinfo"
#endif

#define DAY 86400
#define NAME_MAX_BYTES 64u
#define FILE_MAX_BYTES 65536u

struct zone {
	struct tzif *tzif; /* NULL: UTC */
};

static bool is_name_byte(char byte)
{
	return (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') ||
	       byte == '_' || byte == '+' || byte == '-';
}

/* Words between slashes, "America/Argentina/Ushuaia": nothing that leaves the folder, or asks for a file that is no
 * zone's. */
static bool is_name(struct bytes name)
{
	bool begins = true;

	for (size_t i = 0; i < name.len; i++) {
		if (begins ? name.data[i] == '/' || !is_name_byte(name.data[i])
			   : name.data[i] != '/' && !is_name_byte(name.data[i]))
			return false;
		begins = name.data[i] == '/';
	}
	return !begins && name.len <= NAME_MAX_BYTES;
}

/* Reads at most `room` bytes of a regular file; -1 with errno. */
static ssize_t read_file(const char *path, char *data, size_t room)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	struct stat status;
	ssize_t got = -1, len = 0;

	if (fd < 0)
		return -1;
	if (!fstat(fd, &status) && S_ISREG(status.st_mode))
		while ((got = read(fd, data + len, room - (size_t)len)) > 0)
			len += got;
	else
		errno = EINVAL;
	int error = errno;

	close(fd);
	errno = error;
	return got < 0 ? -1 : len;
}

static struct tzif *read_zone(struct arena *arena, struct bytes name, const char **ret_problem)
{
	const char *path = bytes_printf(arena, POLICY_ZONEINFO "/%.*s", BYTES_ARG(name)).data;
	char *data = arena_alloc(arena, FILE_MAX_BYTES);
	ssize_t len = read_file(path, data, FILE_MAX_BYTES);
	const char *problem = "cannot be read";
	struct tzif *tzif = NULL;

	if (len < 0 && (errno == ENOENT || errno == ENOTDIR)) {
		*ret_problem = bytes_printf(arena, "the tz database in " POLICY_ZONEINFO " has no zone \"%.*s\"",
					    BYTES_ARG(name))
				       .data;
		return NULL;
	}
	if (len >= 0)
		tzif = tzif_parse(arena, (struct bytes){data, (size_t)len}, &problem);
	if (!tzif)
		*ret_problem = bytes_printf(arena, "%s %s", path, problem).data;
	return tzif;
}

struct zone *zone_open(struct arena *arena, struct bytes name, const char **ret_problem)
{
	struct zone *zone = arena_alloc(arena, sizeof(*zone));

	if (bytes_equal(name, BYTES("UTC")))
		return zone;
	if (!is_name(name)) {
		*ret_problem = bytes_printf(arena, "\"%.*s\" is no name of a time zone", BYTES_ARG(name)).data;
		return NULL;
	}
	zone->tzif = read_zone(arena, name, ret_problem);
	return zone->tzif ? zone : NULL;
}

const struct zone *zone_of(const struct policy *policy)
{
	const struct setting *setting = section_setting(policy->policy, "timezone");

	return setting ? setting->parsed : NULL;
}

static struct tzspan span_at(const struct zone *zone, int64_t at)
{
	return zone && zone->tzif ? tzif_span(zone->tzif, at) : (struct tzspan){INT64_MIN, INT64_MAX, 0};
}

int64_t zone_offset(const struct zone *zone, int64_t at)
{
	return span_at(zone, at).offset;
}

/* Local time runs on within a span and jumps between two: each span that has come to `local` by its end, or begins
 * before it, has a say. */
int64_t zone_instant(const struct zone *zone, int64_t local, enum zone_edge edge)
{
	struct tzspan span = span_at(zone, local - 2 * DAY);

	for (int64_t found = INT64_MIN;; span = span_at(zone, span.end)) {
		int64_t at = local - span.offset;
		bool last = span.end > local + 2 * DAY;

		if (edge == ZONE_BEGIN && (at < span.end || last))
			return at < span.begin ? span.begin : at;
		if (edge == ZONE_END && span.begin <= at)
			found = at < span.end ? at : span.end;
		if (last)
			return found;
	}
}

/* "2025-06-15T04:15:00+02:00" */
static void add_local(struct buffer *text, const struct zone *zone, int64_t at)
{
	int64_t offset = zone_offset(zone, at), size = llabs(offset);
	struct clock_text local = clock_format(at + offset);

	buffer_add(text, bytes_first(bytes_of(local.text), BYTES("2025-06-15T04:15:00").len));
	buffer_printf(text, "%c%02d:%02d", offset < 0 ? '-' : '+', (int)(size / 3600), (int)(size / 60 % 60));
	if (size % 60)
		buffer_printf(text, ":%02d", (int)(size % 60));
}

struct bytes zone_text(const struct zone *zone, int64_t at, struct arena *arena)
{
	struct buffer text = {.arena = arena};

	if (!zone || !zone->tzif)
		return bytes_printf(arena, "%s", clock_format(at).text);
	add_local(&text, zone, at);
	buffer_printf(&text, " (%s)", clock_format(at).text);
	return buffer_bytes(&text);
}

/* The name in a line of zone.tab: its third field, "DE	+5230+01322	Europe/Berlin	most of Germany". */
static struct bytes name_in(struct bytes line)
{
	for (size_t field = 0; field < 2; field++)
		line = bytes_from(line, bytes_index(line, '\t') + 1);
	return bytes_first(line, bytes_index(line, '\t'));
}

/* The zone that somebody meant by `name`, of those that the database lists; empty where none is near. */
static struct bytes nearest_zone(struct arena *arena, struct bytes name)
{
	char *data = arena_alloc(arena, FILE_MAX_BYTES);
	ssize_t len = read_file(POLICY_ZONEINFO "/zone.tab", data, FILE_MAX_BYTES);
	struct bytes rest = {data, len < 0 ? 0 : (size_t)len}, *names = NULL;
	size_t count = 0, room = 0;

	while (rest.len) {
		struct bytes line = bytes_first(rest, bytes_index(rest, '\n')), found = name_in(line);

		rest = bytes_from(rest, line.len + 1);
		if (line.data[0] == '#' || !is_name(found))
			continue;
		names = arena_grow(arena, names, &room, count + 1, sizeof(*names));
		names[count++] = found;
	}
	return nearest_word(arena, name, names, count);
}

bool zone_check(struct setting *setting, struct findings *errors)
{
	const char *problem;

	setting->parsed = zone_open(errors->arena, setting->clauses[0].text, &problem);
	if (setting->parsed)
		return true;
	struct finding *fault = settings_fault(errors, setting, 0, 0, "%s", problem);
	struct bytes near = nearest_zone(errors->arena, setting->clauses[0].text);

	if (near.len)
		finding_fix(errors, fault, "did you mean %.*s?", BYTES_ARG(near));
	else
		finding_fix(errors, fault, "UTC, or a zone that tzdata has, such as Europe/Berlin");
	return false;
}
