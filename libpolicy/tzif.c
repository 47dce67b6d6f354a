/* tzif: the changes that a file lists, and the rule for those after them. */
#include "tzif.h"

#include "arena.h"

#define HEADER 44u
#define COUNT_MAX 65536u
/* Of local time before or after UTC: RFC 9636, 3.2. */
#define OFFSET_MAX (26 * 3600)

struct tzif {
	size_t count;
	int64_t *times;	  /* at which the offset changes, ascending */
	int64_t *offsets; /* offsets[0] holds before the first of them, offsets[i + 1] from times[i] on */
	bool ruled;
	struct tzrule rule; /* from the last of them on */
};

/* How many of what one of the file's two blocks holds, in the order of its header. */
struct counts {
	size_t utc, standard, leap, time, type, letter;
};

static int64_t number_at(struct bytes bytes, size_t at, size_t width)
{
	uint64_t number = (unsigned char)bytes.data[at] & 0x80u ? UINT64_MAX : 0;

	for (size_t i = 0; i < width; i++)
		number = number << 8 | (unsigned char)bytes.data[at + i];
	return (int64_t)number;
}

/* Cuts a header off, and checks that what it announces, with times of `width` bytes, is there. */
static bool take_header(struct bytes *rest, size_t width, struct counts *counts, size_t *ret_size)
{
	size_t *const fields[] = {&counts->utc,	 &counts->standard, &counts->leap,
				  &counts->time, &counts->type,	    &counts->letter};

	if (rest->len < HEADER || !bytes_starts(*rest, BYTES("TZif")) || rest->data[4] < '2')
		return false;
	for (size_t i = 0; i < sizeof(fields) / sizeof(*fields); i++) {
		int64_t number = number_at(*rest, 20 + 4 * i, 4);

		if (number < 0 || number > COUNT_MAX)
			return false;
		*fields[i] = (size_t)number;
	}
	*rest = bytes_from(*rest, HEADER);
	*ret_size = counts->time * (width + 1) + counts->type * 6 + counts->letter + counts->leap * (width + 4) +
		    counts->standard + counts->utc;
	return *ret_size <= rest->len;
}

/* The offset of type `type`, whose description is in `types`. */
static bool offset_of(struct bytes types, size_t type, int64_t *ret_offset)
{
	if (type * 6 >= types.len)
		return false;
	*ret_offset = number_at(types, type * 6, 4);
	return *ret_offset > -OFFSET_MAX && *ret_offset < OFFSET_MAX;
}

static bool read_changes(struct tzif *tzif, struct bytes block, const struct counts *counts)
{
	struct bytes indexes = bytes_from(block, counts->time * 8);
	struct bytes types = bytes_first(bytes_from(indexes, counts->time), counts->type * 6);

	if (!offset_of(types, 0, &tzif->offsets[0]))
		return false;
	for (size_t i = 0; i < counts->time; i++) {
		tzif->times[i] = number_at(block, i * 8, 8);
		if ((i && tzif->times[i] <= tzif->times[i - 1]) ||
		    !offset_of(types, (unsigned char)indexes.data[i], &tzif->offsets[i + 1]))
			return false;
	}
	return true;
}

/* "\n<rule>\n", or "\n\n" where none is known. */
static bool read_rule(struct tzif *tzif, struct bytes footer)
{
	struct bytes text = bytes_from(footer, 1);

	if (!bytes_starts(footer, BYTES("\n")) || !bytes_ends(text, BYTES("\n")))
		return false;
	text.len--;
	tzif->ruled = text.len;
	return !text.len || tzrule_parse(text, &tzif->rule);
}

struct tzif *tzif_parse(struct arena *arena, struct bytes content, const char **ret_problem)
{
	struct tzif *tzif = arena_alloc(arena, sizeof(*tzif));
	struct counts counts;
	size_t size;

	*ret_problem = "is no file of the tz database";
	if (!take_header(&content, 4, &counts, &size))
		return NULL;
	content = bytes_from(content, size);
	if (!take_header(&content, 8, &counts, &size))
		return NULL;
	tzif->count = counts.time;
	tzif->times = arena_array(arena, counts.time, sizeof(*tzif->times));
	tzif->offsets = arena_array(arena, counts.time + 1, sizeof(*tzif->offsets));
	if (!read_changes(tzif, bytes_first(content, size), &counts) || !read_rule(tzif, bytes_from(content, size)))
		return NULL;
	*ret_problem = "counts leap seconds, which the clock does not";
	return counts.leap ? NULL : tzif;
}

/* How many of the changes are at or before `at`. */
static size_t changes_until(const struct tzif *tzif, int64_t at)
{
	size_t low = 0, high = tzif->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (tzif->times[middle] <= at)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

struct tzspan tzif_span(const struct tzif *tzif, int64_t at)
{
	size_t past = changes_until(tzif, at);
	struct tzspan span = {INT64_MIN, INT64_MAX, tzif->offsets[past]};

	if (past == tzif->count && tzif->ruled)
		span = tzrule_span(&tzif->rule, at);
	if (past && span.begin < tzif->times[past - 1])
		span.begin = tzif->times[past - 1];
	if (past < tzif->count)
		span.end = tzif->times[past];
	return span;
}
