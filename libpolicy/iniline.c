/* iniline: what must not be in any line of a policy file, comments included. */
#include "iniline.h"

#include <stdint.h>

#include "fault.h"
#include "inifile.h"
#include "utf8.h"

unsigned iniline_column(const struct iniline *line, size_t offset)
{
	return (unsigned)(line->ascii ? offset : utf8_length(bytes_first(line->source, offset))) + 1;
}

bool iniline_fault(struct iniline *line, size_t offset, const char *fix, const char *format, ...)
{
	va_list arguments;
	struct origin origin = {line->file, line->number, bytes_trim(line->source)};

	va_start(arguments, format);
	struct finding *finding = fault_vadd(line->errors, &origin, format, arguments);

	va_end(arguments);
	finding->fix = bytes_of(fix);
	fault_column(finding, iniline_column(line, offset), line->source);
	line->faults++;
	return false;
}

static bool character_refused(struct iniline *line, size_t offset, size_t len, uint32_t point)
{
	if (!len)
		return iniline_fault(line, offset, "save the file as UTF-8", "a byte that is not UTF-8");
	if (point == 0xFEFF && line->number == 1 && !offset)
		return iniline_fault(line, offset, "save the file as UTF-8 without a byte order mark",
				     "a byte order mark");
	if (point == '\r')
		return iniline_fault(line, offset, "end every line with a line feed",
				     "a carriage return inside a line");
	if (point == 0)
		return iniline_fault(line, offset, "remove it", "a NUL byte");
	return iniline_fault(line, offset, "remove it", "a character nobody can see (U+%04X)", (unsigned)point);
}

/* Length of the run of ASCII characters anybody can see that starts at `at`. */
static size_t plain_run(struct bytes text, size_t at)
{
	size_t end = at;

	while (end < text.len && ((text.data[end] >= ' ' && text.data[end] < 0x7f) || text.data[end] == '\t'))
		end++;
	return end - at;
}

static bool check_characters(struct iniline *line)
{
	size_t at = plain_run(line->source, 0);

	line->ascii = at == line->source.len;
	while (at < line->source.len) {
		uint32_t point = 0;
		size_t len = utf8_next(bytes_from(line->source, at), &point);

		if (!len || utf8_unsafe(point))
			return character_refused(line, at, len, point);
		at += len;
		at += plain_run(line->source, at);
	}
	return true;
}

/* Without this, inih would take the tail of a long line for a line of its own. */
static bool check_length(struct iniline *line)
{
	if (line->source.len <= INIFILE_LINE_MAX)
		return true;
	return iniline_fault(line, INIFILE_LINE_MAX, "break it: more clauses of a key stand on indented lines below it",
			     "a line of %zu bytes; at most %u are read", line->source.len, INIFILE_LINE_MAX);
}

/* inih starts a comment there and drops the rest of the line. */
bool iniline_uncut(struct iniline *line)
{
	for (size_t at = 1; at < line->source.len; at++)
		if (line->source.data[at] == ';' &&
		    (line->source.data[at - 1] == ' ' || line->source.data[at - 1] == '\t'))
			return iniline_fault(
				line, at, "put a comment on a line of its own; in a regular expression write \"[ ];\"",
				"a semicolon after a blank would cut the line off here");
	return true;
}

bool iniline_readable(struct iniline *line)
{
	return check_length(line) && check_characters(line);
}
