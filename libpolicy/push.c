/* push: lines in, updates out; anything that git would not have written refuses the whole input. */
#include "push.h"

#include <errno.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include "arena.h"
#include "map.h"

#define LINE_MAX_BYTES ((size_t)(2 * (OID_HEX + 1) + 1024))
#define READ_BYTES ((size_t)16384)
#define SHA256_HEX 64

/* What has been read and not yet been used, data[start..end). */
struct reader {
	int fd;
	char data[READ_BYTES];
	size_t start;
	size_t end;
	size_t line; /* number of the current line */
};

enum next {
	NEXT_LINE,
	NEXT_END,
	NEXT_TOO_LONG,
	NEXT_UNENDED,
	NEXT_FAILED, /* errno says why */
};

/* A fault found in bad input: `line` is 0 for update's arguments. */
__attribute__((format(printf, 4, 5))) static bool fault(struct findings *findings, enum severity severity, size_t line,
							const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	struct bytes text = bytes_vprintf(findings->arena, format, arguments);

	va_end(arguments);
	if (line)
		findings_add(findings, "push", severity, "line %zu of the updates: %.*s", line, BYTES_ARG(text));
	else
		findings_add(findings, "push", severity, "%.*s", BYTES_ARG(text));
	return false;
}

static ssize_t reader_fill(struct reader *reader)
{
	ssize_t got;

	memmove(reader->data, reader->data + reader->start, reader->end - reader->start);
	reader->end -= reader->start;
	reader->start = 0;
	do
		got = read(reader->fd, reader->data + reader->end, READ_BYTES - reader->end);
	while (got < 0 && errno == EINTR);
	if (got > 0)
		reader->end += (size_t)got;
	return got;
}

/* The next line, borrowed until the next call. */
static enum next reader_next(struct reader *reader, struct bytes *ret_line)
{
	ssize_t got = 1;

	for (reader->line++; got > 0; got = reader_fill(reader)) {
		struct bytes ahead = {reader->data + reader->start, reader->end - reader->start};
		size_t len = bytes_index(ahead, '\n');

		if (len > LINE_MAX_BYTES)
			return NEXT_TOO_LONG;
		if (len < ahead.len) {
			*ret_line = bytes_first(ahead, len);
			reader->start += len + 1;
			return NEXT_LINE;
		}
	}
	if (got < 0)
		return NEXT_FAILED;
	return reader->start < reader->end ? NEXT_UNENDED : NEXT_END;
}

static bool is_sha256(struct bytes hex)
{
	size_t digits = 0;

	if (hex.len != SHA256_HEX)
		return false;
	while (digits < hex.len && bytes_index(BYTES("0123456789abcdef"), hex.data[digits]) < 16)
		digits++;
	return digits == hex.len;
}

static bool ref_check(struct bytes ref, size_t line, struct findings *findings)
{
	const char *problem = refname_problem(ref);

	if (!problem)
		return true;
	return fault(findings, SEVERITY_ENFORCE, line, "bad ref name, %s: %.*s", problem, BYTES_ARG(ref));
}

/* Each line adds one update. */
static bool unique_check(const struct push *push, struct bytes ref, size_t line, struct findings *findings)
{
	const struct update *earlier = push_find(push, ref);

	if (!earlier)
		return true;
	return fault(findings, SEVERITY_ENFORCE, line, "it names the ref of line %zu again: %.*s",
		     (size_t)(earlier - push->updates) + 1, BYTES_ARG(ref));
}

/* One update from its three fields, the ref copied. */
static bool fields_add(struct push *push, struct bytes ref, struct bytes old, struct bytes new, size_t line,
		       struct findings *findings)
{
	struct oid old_id, new_id;

	if (is_sha256(old) || is_sha256(new))
		return fault(findings, SEVERITY_UNDECIDED, line,
			     "cannot judge this repository format: its object ids have 64 digits (SHA-256)");
	if (!oid_parse(old, &old_id))
		return fault(findings, SEVERITY_ENFORCE, line, "the old id is not 40 digits of 0-9 and a-f");
	if (!oid_parse(new, &new_id))
		return fault(findings, SEVERITY_ENFORCE, line, "the new id is not 40 digits of 0-9 and a-f");
	if (!ref_check(ref, line, findings))
		return false;
	if (push->count == PUSH_REFS_MAX)
		return fault(findings, SEVERITY_UNDECIDED, 0, "more than %u refs in one push", PUSH_REFS_MAX);
	if (!unique_check(push, ref, line, findings))
		return false;
	push_add(push, bytes_copy(push->arena, ref), &old_id, &new_id);
	return true;
}

/* "<old> SP <new> SP <ref>"; a blank too many ends up in the field behind it and is refused there. */
static bool line_add(struct push *push, struct bytes line, size_t number, struct findings *findings)
{
	if (!line.len)
		return fault(findings, SEVERITY_ENFORCE, number, "it is empty");
	if (bytes_index(line, '\0') < line.len)
		return fault(findings, SEVERITY_ENFORCE, number, "it holds a NUL");
	size_t first = bytes_index(line, ' ');
	struct bytes old = bytes_first(line, first), rest = bytes_from(line, first + 1);
	size_t second = bytes_index(rest, ' ');

	return fields_add(push, bytes_from(rest, second + 1), old, bytes_first(rest, second), number, findings);
}

static struct bytes cut_last(struct bytes *line)
{
	size_t at = line->len;

	while (at && line->data[at - 1] != ' ')
		at--;
	struct bytes field = bytes_from(*line, at);

	*line = bytes_first(*line, at ? at - 1 : 0);
	return field;
}

/* "<local ref> SP <local id> SP <remote ref> SP <remote id>": what the local one is called may hold blanks. */
static bool outgoing_add(struct push *push, struct bytes line, size_t number, struct findings *findings)
{
	struct bytes old = cut_last(&line), ref = cut_last(&line), new = cut_last(&line);

	if (!line.len)
		return fault(findings, SEVERITY_ENFORCE, number, "it has not got four fields");
	return fields_add(push, ref, old, new, number, findings);
}

/* Whether reading stopped where it should. */
static bool end_check(enum next end, size_t line, bool none, const struct push *push, struct findings *findings)
{
	switch (end) {
	case NEXT_TOO_LONG:
		return fault(findings, SEVERITY_ENFORCE, line, "it is longer than %zu bytes", LINE_MAX_BYTES);
	case NEXT_UNENDED:
		return fault(findings, SEVERITY_ENFORCE, line, "it has no line end");
	case NEXT_END:
		if (push->count || none)
			return true;
		return fault(findings, SEVERITY_ENFORCE, 0, "there are no updates on standard input");
	default:
		return fault(findings, SEVERITY_UNDECIDED, 0, "reading the updates failed: %s", strerror(errno));
	}
}

static bool read_lines(struct push *push, int fd, bool outgoing, struct findings *findings)
{
	struct reader *reader = arena_alloc(push->arena, sizeof(*reader));
	struct bytes line;
	enum next next;

	reader->fd = fd;
	while ((next = reader_next(reader, &line)) == NEXT_LINE)
		if (!(outgoing ? outgoing_add : line_add)(push, line, reader->line, findings))
			return false;
	return end_check(next, reader->line, outgoing, push, findings);
}

bool push_read(struct push *push, int fd, struct findings *findings)
{
	return read_lines(push, fd, false, findings);
}

bool push_read_outgoing(struct push *push, int fd, struct findings *findings)
{
	return read_lines(push, fd, true, findings);
}

bool push_argument(struct push *push, const char *ref, const char *old, const char *new, struct findings *findings)
{
	return fields_add(push, bytes_of(ref), bytes_of(old), bytes_of(new), 0, findings);
}

static struct bytes short_name(struct bytes ref)
{
	static const struct bytes spaces[] = {
		{"refs/heads/", sizeof("refs/heads/") - 1},
		{"refs/tags/", sizeof("refs/tags/") - 1},
		{"refs/deploy/", sizeof("refs/deploy/") - 1},
		{"refs/", sizeof("refs/") - 1},
	};

	for (size_t i = 0; i < sizeof(spaces) / sizeof(spaces[0]); i++)
		if (bytes_starts(ref, spaces[i]))
			return bytes_from(ref, spaces[i].len);
	return ref;
}

struct update *push_add(struct push *push, struct bytes ref, const struct oid *claimed_old, const struct oid *new)
{
	push->updates = arena_grow(push->arena, push->updates, &push->room, push->count + 1, sizeof(*push->updates));
	struct update *update = &push->updates[push->count++];

	push->places = push->places ? push->places : map_new(push->arena);
	map_set(push->places, ref, (void *)(uintptr_t)push->count);
	*update = (struct update){.ref = ref, .name = short_name(ref), .claimed_old = *claimed_old, .new = *new};
	if (oid_is_zero(new))
		update->kind = UPDATE_DELETE;
	else
		update->kind = oid_is_zero(claimed_old) ? UPDATE_CREATE : UPDATE_MOVE;
	return update;
}

const struct update *push_find(const struct push *push, struct bytes ref)
{
	uintptr_t place = push->places ? (uintptr_t)map_get(push->places, ref) : 0;

	return place ? &push->updates[place - 1] : NULL;
}
