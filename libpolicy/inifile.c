/* inifile: hands inih one checked line after another, and takes its word only where it agrees with our own reading. */
#include "inifile.h"

#include <ini.h>
#include <stdint.h>
#include <string.h>

#include "fault.h"
#include "utf8.h"

/* inih cuts a key to 49 bytes when it tells its further lines. */
#define KEY_MAX 48u

struct reader {
	struct bytes file;
	struct bytes rest; /* what has not been read yet */
	struct findings *errors;
	inifile_handler *handler;
	void *context;
	size_t faults;
	unsigned number;       /* of the line in hand */
	struct bytes source;   /* the line in hand */
	bool ascii;	       /* it is known to be */
	struct bytes section;  /* of the last heading */
	struct bytes key;      /* what an indented line would continue; empty: nothing */
	struct ini_entry told; /* what inih must make of the line in hand */
	bool owed;	       /* inih has not told it yet */
	bool headed;	       /* there was a heading */
	bool section_lost;     /* it could not be read: its keys are checked, not told */
	bool key_lost;	       /* the same for the key before */
};

static unsigned column_at(const struct reader *r, size_t offset)
{
	return (unsigned)(r->ascii ? offset : utf8_length(bytes_first(r->source, offset))) + 1;
}

/* Reports a fault of the line in hand, `offset` bytes into it. Always false. */
static bool fault(struct reader *r, size_t offset, const char *fix, const char *format, ...)
	__attribute__((format(printf, 4, 5)));
static bool fault(struct reader *r, size_t offset, const char *fix, const char *format, ...)
{
	va_list arguments;
	struct origin origin = {r->file, r->number, bytes_trim(r->source)};

	va_start(arguments, format);
	struct finding *finding = fault_vadd(r->errors, &origin, format, arguments);

	va_end(arguments);
	finding->fix = bytes_of(fix);
	fault_column(finding, column_at(r, offset), r->source);
	r->faults++;
	return false;
}

static bool character_refused(struct reader *r, size_t offset, size_t len, uint32_t point)
{
	if (!len)
		return fault(r, offset, "save the file as UTF-8", "a byte that is not UTF-8");
	if (point == 0xFEFF && r->number == 1 && !offset)
		return fault(r, offset, "save the file as UTF-8 without a byte order mark", "a byte order mark");
	if (point == '\r')
		return fault(r, offset, "end every line with a line feed", "a carriage return inside a line");
	if (point == 0)
		return fault(r, offset, "remove it", "a NUL byte");
	return fault(r, offset, "remove it", "a character nobody can see (U+%04X)", (unsigned)point);
}

/* Length of the run of ASCII characters anybody can see that starts at `at`. */
static size_t plain_run(struct bytes line, size_t at)
{
	size_t end = at;

	while (end < line.len && ((line.data[end] >= ' ' && line.data[end] < 0x7f) || line.data[end] == '\t'))
		end++;
	return end - at;
}

static bool check_characters(struct reader *r)
{
	size_t at = plain_run(r->source, 0);

	r->ascii = at == r->source.len;
	while (at < r->source.len) {
		uint32_t point = 0;
		size_t len = utf8_next(bytes_from(r->source, at), &point);

		if (!len || utf8_unsafe(point))
			return character_refused(r, at, len, point);
		at += len;
		at += plain_run(r->source, at);
	}
	return true;
}

/* Without this, inih would take the tail of a long line for a line of its own. */
static bool check_length(struct reader *r)
{
	if (r->source.len <= INIFILE_LINE_MAX)
		return true;
	return fault(r, INIFILE_LINE_MAX, "break it: more clauses of a key stand on indented lines below it",
		     "a line of %zu bytes; at most %u are read", r->source.len, INIFILE_LINE_MAX);
}

/* inih starts a comment there and drops the rest of the line. */
static bool check_comment(struct reader *r, size_t from)
{
	for (size_t at = from ? from : 1; at < r->source.len; at++)
		if (r->source.data[at] == ';' && (r->source.data[at - 1] == ' ' || r->source.data[at - 1] == '\t'))
			return fault(r, at,
				     "put a comment on a line of its own; in a regular expression write \"[ ];\"",
				     "a semicolon after a blank would cut the line off here");
	return true;
}

static size_t offset_of(const struct reader *r, struct bytes part)
{
	return (size_t)(part.data - r->source.data);
}

static struct ini_entry entry_of(const struct reader *r, struct bytes key, struct bytes value)
{
	return (struct ini_entry){
		.section = r->section,
		.key = key,
		.value = value,
		.origin = {r->file, r->number, bytes_trim(r->source)},
		.source = r->source,
		.column = column_at(r, offset_of(r, value)),
	};
}

static bool check_heading(struct reader *r, struct bytes line)
{
	size_t end = bytes_index(line, ']');
	struct bytes after = bytes_trim(bytes_from(line, end + 1));

	if (end == line.len)
		return fault(r, line.len, "end the heading with ]", "a heading without its ]");
	if (bytes_index(after, ']') < after.len)
		return fault(r, end, "use a short heading, and write the pattern as match = …",
			     "a heading ends at its first ], which is here");
	if (after.len)
		return fault(r, offset_of(r, after), "put it on a line of its own", "text after the heading's ]");
	if (end - 1 > INIFILE_HEADING_MAX)
		return fault(r, INIFILE_HEADING_MAX + 1, "use a short heading, and write the pattern as match = …",
			     "a heading of %zu bytes; at most %u are read", end - 1, INIFILE_HEADING_MAX);
	return check_comment(r, 0);
}

static bool read_heading(struct reader *r, struct bytes line)
{
	r->key = (struct bytes){0};
	r->key_lost = false;
	r->headed = true;
	r->section_lost = !check_heading(r, line);
	if (r->section_lost)
		return false;
	r->section = bytes_from(bytes_first(line, bytes_index(line, ']')), 1);
	struct ini_entry entry = entry_of(r, (struct bytes){0}, r->section);

	entry.value = (struct bytes){0};
	r->handler(r->context, &entry);
	return true;
}

static bool is_name(struct bytes b)
{
	for (size_t i = 0; i < b.len; i++)
		if (!(b.data[i] >= 'a' && b.data[i] <= 'z') && !(i && (b.data[i] == '-' || b.data[i] == ' ')))
			return false;
	return b.len > 0;
}

/* [word] or [word "name"], or word = …: somebody indented what was meant to begin something new. */
static bool begins_anew(struct bytes line)
{
	size_t equals = bytes_index(line, '=');
	struct bytes name = bytes_trim(bytes_first(line, equals));

	if (line.data[0] == '[' && line.data[line.len - 1] == ']') {
		struct bytes heading = bytes_first(bytes_from(line, 1), line.len - 2);

		return is_name(bytes_trim(bytes_first(heading, bytes_index(heading, '"'))));
	}
	return equals < line.len && name.len < equals && is_name(name) && bytes_index(name, ' ') == name.len;
}

static bool read_continuation(struct reader *r, struct bytes line)
{
	if (r->key_lost || r->section_lost)
		return check_comment(r, 0) && false;
	if (!r->key.len)
		return fault(r, offset_of(r, line), "begin the line in the first column",
			     "an indented line continues the key before it, and there is none");
	if (begins_anew(line))
		return fault(r, offset_of(r, line),
			     "begin it in the first column; in a regular expression write [=] or \\[",
			     "an indented line continues the key before it, but this one begins something new");
	if (!check_comment(r, 0))
		return false;
	r->told = entry_of(r, r->key, line);
	r->told.continued = true;
	return true;
}

static bool check_key(struct reader *r, struct bytes line, size_t equals, size_t colon)
{
	struct bytes key = bytes_trim(bytes_first(line, equals));

	if (colon < equals)
		return fault(r, colon, "write: key = value", "a colon would end the key here");
	if (equals == line.len)
		return fault(r, 0, "write: key = value, or begin a comment with #", "a line without =");
	if (!key.len)
		return fault(r, 0, "write: key = value", "no key before the =");
	if (key.len > KEY_MAX)
		return fault(r, KEY_MAX, "write one of the keys that \"git policy rules\" lists",
			     "a key of %zu bytes; at most %u are read", key.len, KEY_MAX);
	if (!r->headed)
		return fault(r, 0, "begin the file with [policy]", "a key before the first [section]");
	return check_comment(r, equals + 1);
}

static bool read_key(struct reader *r, struct bytes line)
{
	size_t equals = bytes_index(line, '='), colon = bytes_index(line, ':');

	r->key_lost = !check_key(r, line, equals, colon);
	if (r->key_lost || r->section_lost)
		return false;
	r->key = bytes_trim(bytes_first(line, equals));
	r->told = entry_of(r, r->key, bytes_trim(bytes_from(line, equals + 1)));
	return true;
}

/* Whether inih may see the line in hand. */
static bool read_line(struct reader *r)
{
	struct bytes line = bytes_trim(r->source);
	bool comment = line.len && (line.data[0] == '#' || line.data[0] == ';');
	bool indented = line.len && line.data != r->source.data;
	bool whole = check_length(r) && check_characters(r);

	if (!line.len || comment)
		return whole;
	if (!whole) {
		r->key_lost = true;
		r->headed = true;
		r->section_lost |= !indented && line.data[0] == '[';
		return false;
	}
	if (!indented && line.data[0] == '[')
		return read_heading(r, line);
	r->owed = indented ? read_continuation(r, line) : read_key(r, line);
	return r->owed;
}

/* A line that says something must come back from inih; one that does not was understood otherwise. */
static void settle(struct reader *r)
{
	if (r->owed)
		fault(r, 0, "report this line to the makers of git-policy", "inih does not read this line as we do");
	r->owed = false;
}

/* fgets() for inih: the next line, or an empty one in place of one that was refused. */
static char *next_line(char *room, int size, void *stream)
{
	struct reader *r = stream;
	size_t len = 0;

	settle(r);
	if (!bytes_line(&r->rest, &r->source))
		return NULL;
	if (bytes_ends(r->source, BYTES("\r")))
		r->source.len--;
	r->number++;
	r->ascii = false;
	if (read_line(r))
		len = r->source.len;
	if (len + 2 > (size_t)size) {
		fault(r, 0, "break it, or build inih with lines of 200 bytes", "inih is built for lines of %d bytes",
		      size);
		len = 0;
	}
	if (len)
		memcpy(room, r->source.data, len);
	memcpy(room + len, "\n", 2);
	return room;
}

static int take_value(void *user, const char *section, const char *name, const char *value)
{
	struct reader *r = user;

	if (!r->owed || !bytes_equal(bytes_of(section), r->told.section) || !bytes_equal(bytes_of(name), r->told.key) ||
	    !bytes_equal(bytes_of(value), r->told.value)) {
		r->owed = true;
		settle(r);
		return 1;
	}
	r->owed = false;
	r->handler(r->context, &r->told);
	return 1;
}

bool inifile_read(struct bytes content, struct bytes file, inifile_handler *handler, void *context,
		  struct findings *errors)
{
	struct reader r = {
		.file = file,
		.rest = content,
		.errors = errors,
		.handler = handler,
		.context = context,
	};

	if (!content.len)
		fault(&r, 0, "begin it with [policy] and version = 1", "the file is empty");
	else if (content.len > INIFILE_SIZE_MAX)
		fault(&r, 0, "divide it with include", "a file of %zu bytes; at most %u are read", content.len,
		      INIFILE_SIZE_MAX);
	else if (ini_parse_stream(next_line, &r, take_value, &r) != 0 && !r.faults)
		fault(&r, 0, "report this file to the makers of git-policy", "inih does not read this file as we do");
	return !r.faults;
}
