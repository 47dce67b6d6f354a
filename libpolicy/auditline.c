/* auditline: lines of JSON read strictly, since anybody who could write the file may have. */
#include "auditline.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "arena.h"
#include "clock.h"
#include "jsonread.h"
#include "policy.h"
#include "report.h"

/* Twice what a line may have: then one is always whole in it, or too long. */
#define ROOM ((size_t)2 * POLICY_AUDIT_LINE)
#define SHORT_ID 7u

struct auditlines auditlines_start(struct arena *arena, int fd)
{
	return (struct auditlines){.fd = fd, .room = arena_alloc(arena, ROOM)};
}

/* Makes room and reads into it; false when nothing more came. */
static bool fill(struct auditlines *lines)
{
	ssize_t got;

	memmove(lines->room, lines->room + lines->at, lines->len);
	lines->at = 0;
	do
		got = read(lines->fd, lines->room + lines->len, ROOM - lines->len);
	while (got < 0 && errno == EINTR);
	if (got < 0)
		lines->problem = strerror(errno);
	if (got > 0)
		lines->len += (size_t)got;
	return got > 0;
}

static void take(struct auditlines *lines, size_t len)
{
	lines->at += len;
	lines->len -= len;
}

/* Passes over the rest of a line that is too long. */
static void skip(struct auditlines *lines)
{
	const char *end;

	do {
		end = memchr(lines->room + lines->at, '\n', lines->len);
		take(lines, end ? (size_t)(end - lines->room) + 1 - lines->at : lines->len);
	} while (!end && fill(lines));
}

bool auditlines_next(struct auditlines *lines, struct bytes *ret_line)
{
	const char *end;

	if (lines->skipping)
		skip(lines);
	lines->skipping = false;
	while (!(end = memchr(lines->room + lines->at, '\n', lines->len)) && lines->len < ROOM)
		if (!fill(lines))
			return false;
	struct bytes here = {lines->room + lines->at, lines->len};

	*ret_line = end ? bytes_first(here, (size_t)(end - here.data)) : here;
	lines->skipping = !end;
	lines->number++;
	if (end)
		take(lines, ret_line->len + 1);
	return true;
}

/* Where the text of a member goes. */
static const struct {
	const char *name;
	size_t place; /* in struct auditline */
} texts[] = {
	{"event", offsetof(struct auditline, event)},
	{"type", offsetof(struct auditline, type)},
	{"repository", offsetof(struct auditline, repository)},
	{"repository_id", offsetof(struct auditline, repository_id)},
	{"user", offsetof(struct auditline, user)},
	{"ref", offsetof(struct auditline, ref)},
	{"old", offsetof(struct auditline, old)},
	{"new", offsetof(struct auditline, new)},
	{"verdict", offsetof(struct auditline, verdict)},
	{"would", offsetof(struct auditline, would)},
};

#define TEXTS (sizeof(texts) / sizeof(*texts))

static size_t text_find(struct bytes name)
{
	size_t i = 0;

	while (i < TEXTS && !bytes_equal(name, bytes_of(texts[i].name)))
		i++;
	return i;
}

bool auditline_parse(struct arena *arena, struct bytes text, struct auditline *ret_line)
{
	struct bytes rest = text, name, value, time = {0};

	if (!bytes_starts(text, BYTES("{")) || json_value(text) != text.len)
		return false;
	*ret_line = (struct auditline){.line = text};
	while (json_next(&rest, &name, &value)) {
		size_t found = text_find(name);

		if (found < TEXTS)
			*(struct bytes *)(void *)((char *)ret_line + texts[found].place) = json_unquote(arena, value);
		else if (bytes_equal(name, BYTES("time")))
			time = json_unquote(arena, value);
	}
	return ret_line->type.len && clock_parse(time, &ret_line->time);
}

/* Told already, or not for people. */
static bool is_told(struct bytes name)
{
	static const char *const names[] = {"time", "policy", "mode", "hook", "duration_ms"};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (bytes_equal(name, bytes_of(names[i])))
			return true;
	return text_find(name) < TEXTS;
}

static void word_add(struct buffer *out, const char *before, struct bytes text)
{
	if (!text.len)
		return;
	buffer_add(out, bytes_of(before));
	escape_add(out, text, SIZE_MAX);
}

static void member_add(struct buffer *out, const char *before, struct bytes object, const char *name)
{
	word_add(out, before, json_unquote(out->arena, json_member(object, name)));
}

static void finding_print(struct buffer *out, struct bytes finding)
{
	member_add(out, "    ", finding, "severity");
	member_add(out, ": ", finding, "rule");
	member_add(out, ": commit ", finding, "commit");
	member_add(out, ": ", finding, "found");
	member_add(out, "  ", finding, "policy");
	buffer_add(out, BYTES("\n"));
}

static void override_print(struct buffer *out, struct bytes override)
{
	struct bytes skipped = json_member(override, "skipped"), rule;

	member_add(out, "    granted by ", override, "by");
	member_add(out, ": ", override, "reason");
	for (const char *before = "; skipped: "; json_element(&skipped, &rule); before = ", ")
		word_add(out, before, json_unquote(out->arena, rule));
	buffer_add(out, BYTES("\n"));
}

/* What else there is, as far as it is a word: "transport=ssh". */
static void rest_print(struct buffer *out, struct bytes object)
{
	struct bytes name, value;

	while (json_next(&object, &name, &value)) {
		bool nested = value.data[0] == '{' || value.data[0] == '[';

		if (nested || is_told(name))
			continue;
		word_add(out, " ", name);
		buffer_add(out, BYTES("="));
		escape_add(out, value.data[0] == '"' ? json_unquote(out->arena, value) : value, SIZE_MAX);
	}
}

void auditline_print(const struct auditline *line, struct buffer *out)
{
	struct bytes findings = json_member(line->line, "findings"), finding;
	struct bytes override = json_member(line->line, "override");
	bool would = line->would.len && !bytes_equal(line->would, line->verdict);

	buffer_printf(out, "%s", clock_format(line->time).text);
	word_add(out, " ", line->event);
	word_add(out, " ", line->verdict.len ? line->verdict : line->type);
	word_add(out, " (evaluate: would be ", would ? line->would : (struct bytes){0});
	buffer_add(out, would ? BYTES(")") : BYTES(""));
	word_add(out, " ", line->user.len || !line->verdict.len ? line->user : BYTES("?"));
	word_add(out, " ", line->ref);
	word_add(out, " ", bytes_first(line->old, SHORT_ID));
	word_add(out, "..", bytes_first(line->new, SHORT_ID));
	rest_print(out, line->line);
	buffer_add(out, BYTES("\n"));
	while (json_element(&findings, &finding))
		finding_print(out, finding);
	if (override.len)
		override_print(out, override);
}
