/* inifile: hands inih one checked line after another, and takes its word only where it agrees with our own reading. */
#include "inifile.h"

#include <ini.h>
#include <string.h>

#include "iniline.h"

/* inih cuts a key to 49 bytes when it tells its further lines. */
#define KEY_MAX 48u

struct reader {
	struct iniline line; /* in hand */
	struct bytes rest;   /* what has not been read yet */
	inifile_handler *handler;
	void *context;
	struct bytes section;  /* of the last heading */
	struct bytes key;      /* what an indented line would continue; empty: nothing */
	struct ini_entry told; /* what inih must make of the line in hand */
	bool owed;	       /* inih has not told it yet */
	bool headed;	       /* there was a heading */
	bool section_lost;     /* it could not be read: its keys are checked, not told */
	bool key_lost;	       /* the same for the key before */
};

static size_t offset_of(const struct reader *r, struct bytes part)
{
	return (size_t)(part.data - r->line.source.data);
}

static struct ini_entry entry_of(const struct reader *r, struct bytes key, struct bytes value)
{
	return (struct ini_entry){
		.section = r->section,
		.key = key,
		.value = value,
		.origin = {r->line.file, r->line.number, bytes_trim(r->line.source)},
		.source = r->line.source,
		.column = iniline_column(&r->line, offset_of(r, value)),
	};
}

static bool check_heading(struct reader *r, struct bytes line)
{
	size_t end = bytes_index(line, ']');
	struct bytes after = bytes_trim(bytes_from(line, end + 1));

	if (end == line.len)
		return iniline_fault(&r->line, line.len, "end the heading with ]", "a heading without its ]");
	if (bytes_index(after, ']') < after.len)
		return iniline_fault(&r->line, end, "use a short heading, and write the pattern as match = …",
				     "a heading ends at its first ], which is here");
	if (after.len)
		return iniline_fault(&r->line, offset_of(r, after), "put it on a line of its own",
				     "text after the heading's ]");
	if (end - 1 > INIFILE_HEADING_MAX)
		return iniline_fault(&r->line, INIFILE_HEADING_MAX + 1,
				     "use a short heading, and write the pattern as match = …",
				     "a heading of %zu bytes; at most %u are read", end - 1, INIFILE_HEADING_MAX);
	return iniline_uncut(&r->line);
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
	if (!r->key.len && !r->key_lost && !r->section_lost)
		return iniline_fault(&r->line, offset_of(r, line), "begin the line in the first column",
				     "an indented line continues the key before it, and there is none");
	if (begins_anew(line))
		return iniline_fault(&r->line, offset_of(r, line),
				     "begin it in the first column; in a regular expression write [=] or \\[",
				     "an indented line continues the key before it, but this one begins something new");
	if (!iniline_uncut(&r->line) || r->key_lost || r->section_lost)
		return false;
	r->told = entry_of(r, r->key, line);
	r->told.continued = true;
	return true;
}

static bool check_key(struct reader *r, struct bytes line, size_t equals, size_t colon)
{
	struct bytes key = bytes_trim(bytes_first(line, equals));

	if (colon < equals)
		return iniline_fault(&r->line, colon, "write: key = value", "a colon would end the key here");
	if (equals == line.len)
		return iniline_fault(&r->line, 0, "write: key = value, or begin a comment with #", "a line without =");
	if (!key.len)
		return iniline_fault(&r->line, 0, "write: key = value", "no key before the =");
	if (key.len > KEY_MAX)
		return iniline_fault(&r->line, KEY_MAX, "write one of the keys that \"git policy rules\" lists",
				     "a key of %zu bytes; at most %u are read", key.len, KEY_MAX);
	if (!r->headed)
		return iniline_fault(&r->line, 0, "begin the file with [policy]", "a key before the first [section]");
	return iniline_uncut(&r->line);
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
	struct bytes line = bytes_trim(r->line.source);
	bool comment = line.len && (line.data[0] == '#' || line.data[0] == ';');
	bool indented = line.len && line.data != r->line.source.data;
	bool whole = iniline_readable(&r->line);

	if (!line.len || comment)
		return whole;
	if (!whole) {
		r->key_lost = true;
		r->section_lost |= !r->headed || line.data[0] == '[';
		r->headed = true;
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
		iniline_fault(&r->line, 0, "report this line to the makers of git-policy",
			      "inih does not read this line as we do");
	r->owed = false;
}

/* fgets() for inih: the next line, or an empty one in place of one that was refused. */
static char *next_line(char *room, int size, void *stream)
{
	struct reader *r = stream;
	size_t len = 0;

	settle(r);
	if (!bytes_line(&r->rest, &r->line.source))
		return NULL;
	if (bytes_ends(r->line.source, BYTES("\r")))
		r->line.source.len--;
	r->line.number++;
	r->line.ascii = false;
	if (read_line(r))
		len = r->line.source.len;
	if (len + 2 > (size_t)size) {
		iniline_fault(&r->line, 0, "break it, or build inih with lines of 200 bytes",
			      "inih is built for lines of %d bytes", size);
		len = 0;
	}
	if (len)
		memcpy(room, r->line.source.data, len);
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
		.line = {.file = file, .errors = errors},
		.rest = content,
		.handler = handler,
		.context = context,
	};

	if (!content.len)
		iniline_fault(&r.line, 0, "begin it with [policy] and version = 1", "the file is empty");
	else if (content.len > INIFILE_SIZE_MAX)
		iniline_fault(&r.line, 0, "divide it with include", "a file of %zu bytes; at most %u are read",
			      content.len, INIFILE_SIZE_MAX);
	else if (ini_parse_stream(next_line, &r, take_value, &r) != 0 && !r.line.faults)
		iniline_fault(&r.line, 0, "report this file to the makers of git-policy",
			      "inih does not read this file as we do");
	return !r.line.faults;
}
