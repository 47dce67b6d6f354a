/* object: git's commit and tag objects, parsed once and strictly from their raw bytes, so that git and we cannot
 * disagree. */
#include "object.h"

#include <stdlib.h>
#include <string.h>

#include "arena.h"

#define PARENT "parent "
#define PARENT_LINE (sizeof(PARENT) - 1 + OID_HEX + 1)

/* One run over a raw object: what is left of it, and the first fault. */
struct reader {
	struct bytes raw;
	struct bytes rest;
	struct object_problem problem;
};

static bool fault(struct reader *reader, const char *text)
{
	reader->problem = (struct object_problem){text, reader->raw.len - reader->rest.len};
	return false;
}

/* Nothing that git and others cut differently: a NUL ends the object for some. */
static bool read_whole(struct reader *reader)
{
	size_t nul = bytes_index(reader->raw, '\0');

	if (nul == reader->raw.len)
		return true;
	reader->rest = bytes_from(reader->raw, nul);
	return fault(reader, "it holds a NUL byte");
}

/* Reads "name value LF" when that is what comes next. */
static bool read_header(struct reader *reader, const char *name, struct bytes *ret_value)
{
	struct bytes after, prefix = bytes_of(name);
	size_t end = bytes_index(reader->rest, '\n');

	if (end == reader->rest.len || !bytes_starts(reader->rest, prefix))
		return false;
	after = bytes_from(bytes_first(reader->rest, end), prefix.len);
	if (!after.len || after.data[0] != ' ')
		return false;
	*ret_value = bytes_from(after, 1);
	reader->rest = bytes_from(reader->rest, end + 1);
	return true;
}

static bool read_oid(struct reader *reader, const char *name, struct oid *ret_oid, const char *problem)
{
	struct reader start = *reader;
	struct bytes value;

	if (read_header(reader, name, &value) && oid_parse(value, ret_oid))
		return true;
	*reader = start;
	return fault(reader, problem);
}

static bool read_ident(struct reader *reader, const char *name, struct ident *ret_ident, const char *problem)
{
	struct reader start = *reader;
	struct bytes value;

	if (read_header(reader, name, &value) && ident_parse(value, ret_ident))
		return true;
	*reader = start;
	return fault(reader, problem);
}

static int compare_oids(const void *a, const void *b)
{
	return memcmp(a, b, sizeof(struct oid));
}

static bool has_doubles(struct arena *arena, const struct oid *oids, size_t count)
{
	struct oid *sorted = arena_array(arena, count, sizeof(*sorted));

	memcpy(sorted, oids, count * sizeof(*sorted));
	qsort(sorted, count, sizeof(*sorted), compare_oids);
	for (size_t i = 1; i < count; i++)
		if (oid_equal(&sorted[i - 1], &sorted[i]))
			return true;
	return false;
}

static size_t count_parents(struct bytes rest)
{
	size_t count = 0;

	while (bytes_starts(bytes_from(rest, count * PARENT_LINE), BYTES(PARENT)))
		count++;
	return count;
}

static bool read_parents(struct reader *reader, struct arena *arena, struct commit *commit)
{
	size_t count = count_parents(reader->rest);

	if (count > OBJECT_PARENTS_MAX)
		return fault(reader, "it has more than 10000 parents");
	commit->parents = arena_array(arena, count, sizeof(*commit->parents));
	while (commit->parent_count < count) {
		if (!read_oid(reader, "parent", &commit->parents[commit->parent_count], "a parent line is malformed"))
			return false;
		commit->parent_count++;
	}
	if (count > 1 && has_doubles(arena, commit->parents, count))
		return fault(reader, "it names the same parent twice");
	return true;
}

/* Takes one header line with its continuation lines, which begin with a space; `ret_value` spans them all. */
static bool read_extra(struct reader *reader, struct bytes *ret_name, struct bytes *ret_value)
{
	struct bytes rest = reader->rest, line;
	size_t end = bytes_index(rest, '\n'), name = bytes_index(bytes_first(rest, end), ' ');

	if (end == rest.len)
		return fault(reader, "a header line has no end");
	if (!name || name == end)
		return fault(reader, "a header line has no name and value");
	while (end + 1 < rest.len && rest.data[end + 1] == ' ') {
		line = bytes_from(rest, end + 1);
		end += 1 + bytes_index(line, '\n');
		if (end == rest.len)
			return fault(reader, "a header line has no end");
	}
	*ret_name = bytes_first(rest, name);
	*ret_value = bytes_from(bytes_first(rest, end), name + 1);
	reader->rest = bytes_from(rest, end + 1);
	return true;
}

/* What git and others read in different ways in a header: the rest of an encoding, and what to them is half a
 * signature.
 */
static const char *extra_problem(struct bytes name, struct bytes value)
{
	if (bytes_equal(name, BYTES("encoding")) && bytes_index(value, '\n') < value.len)
		return "the encoding goes on in a second line";
	if (bytes_starts(name, BYTES("gpgsig")) &&
	    (!value.len || (!bytes_equal(name, BYTES("gpgsig")) && !bytes_equal(name, BYTES("gpgsig-sha256")))))
		return "a header begins as a signature's does, and is none";
	return NULL;
}

/* Headers after the committer; those that decide something may stand there once at most. */
static bool read_extras(struct reader *reader, struct commit *commit)
{
	static const char *const once[] = {"encoding", "gpgsig", "gpgsig-sha256", "tree",
					   "parent",   "author", "committer"};
	enum { ENCODING, GPGSIG, GPGSIG_SHA256, FIRST_ORDERED, COUNT = sizeof(once) / sizeof(once[0]) };
	bool seen[COUNT] = {[FIRST_ORDERED] = true, true, true, true};

	while (reader->rest.len && reader->rest.data[0] != '\n') {
		struct reader start = *reader;
		struct bytes name, value;
		size_t i = 0;

		if (!read_extra(reader, &name, &value))
			return false;
		while (i < COUNT && !bytes_equal(name, bytes_of(once[i])))
			i++;
		const char *problem =
			i < COUNT && seen[i] ? "a header stands twice or out of order" : extra_problem(name, value);

		if (problem) {
			*reader = start;
			return fault(reader, problem);
		}
		if (i < COUNT)
			seen[i] = true;
		if (i == ENCODING)
			commit->encoding = value;
		if (i == GPGSIG)
			commit->signature = value;
		if (i == GPGSIG_SHA256)
			commit->signature_sha256 = value;
	}
	return true;
}

static bool read_message(struct reader *reader, struct bytes *ret_message)
{
	if (!bytes_starts(reader->rest, BYTES("\n")))
		return fault(reader, "no empty line stands before the message");
	*ret_message = bytes_from(reader->rest, 1);
	return true;
}

bool commit_parse(struct arena *arena, struct bytes raw, struct commit *ret_commit, struct object_problem *ret_problem)
{
	struct reader reader = {.raw = raw, .rest = raw};
	struct commit commit = {.raw = raw};

	if (read_whole(&reader) &&
	    read_oid(&reader, "tree", &commit.tree, "no well-formed tree line where one belongs") &&
	    read_parents(&reader, arena, &commit) &&
	    read_ident(&reader, "author", &commit.author, "no well-formed author line where one belongs") &&
	    read_ident(&reader, "committer", &commit.committer, "no well-formed committer line where one belongs") &&
	    read_extras(&reader, &commit) && read_message(&reader, &commit.message)) {
		*ret_commit = commit;
		return true;
	}
	*ret_problem = reader.problem;
	return false;
}

static bool read_type(struct reader *reader, enum object_type *ret_type)
{
	static const char *const names[] = {
		[OBJECT_COMMIT] = "commit", [OBJECT_TREE] = "tree", [OBJECT_BLOB] = "blob", [OBJECT_TAG] = "tag"};
	struct reader start = *reader;
	struct bytes value;

	if (read_header(reader, "type", &value))
		for (enum object_type type = OBJECT_COMMIT; type <= OBJECT_TAG; type++)
			if (bytes_equal(value, bytes_of(names[type]))) {
				*ret_type = type;
				return true;
			}
	*reader = start;
	return fault(reader, "no well-formed type line where one belongs");
}

static bool read_name(struct reader *reader, struct bytes *ret_name)
{
	if (!read_header(reader, "tag", ret_name))
		return fault(reader, "no tag line where one belongs");
	return true;
}

bool tag_parse(struct bytes raw, struct tag *ret_tag, struct object_problem *ret_problem)
{
	struct reader reader = {.raw = raw, .rest = raw};
	struct tag tag = {0};

	if (read_whole(&reader) &&
	    read_oid(&reader, "object", &tag.target, "no well-formed object line where one belongs") &&
	    read_type(&reader, &tag.type) && read_name(&reader, &tag.name) &&
	    read_ident(&reader, "tagger", &tag.tagger, "no well-formed tagger line where one belongs") &&
	    read_message(&reader, &tag.message)) {
		*ret_tag = tag;
		return true;
	}
	*ret_problem = reader.problem;
	return false;
}

/* The seconds of "committer Name <email> seconds zone" after the author's line; 0 when they cannot be read, as git has
 * it. */
static int64_t committer_seconds(struct bytes rest)
{
	struct bytes line, digits;
	unsigned long seconds = 0;

	if (!bytes_line(&rest, &line) || !bytes_starts(line, BYTES("author ")) || !bytes_line(&rest, &line) ||
	    !bytes_starts(line, BYTES("committer ")))
		return 0;
	digits = bytes_from(line, bytes_index(line, '>') + 1);
	if (!bytes_word(&digits, &line) || !bytes_number(line, INT64_MAX, &seconds))
		return 0;
	return (int64_t)seconds;
}

bool commit_links(struct bytes raw, struct oid *parents, size_t room, size_t *ret_count, int64_t *ret_seconds)
{
	struct reader reader = {.raw = raw, .rest = raw};
	struct oid tree;
	size_t count;

	if (!read_oid(&reader, "tree", &tree, ""))
		return false;
	count = count_parents(reader.rest);
	if (count > room)
		return false;
	for (size_t i = 0; i < count; i++)
		if (!read_oid(&reader, "parent", &parents[i], ""))
			return false;
	*ret_count = count;
	*ret_seconds = committer_seconds(reader.rest);
	return true;
}
