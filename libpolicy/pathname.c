/* pathname: names in a tree that git, or some file system, takes for others. */
#include "pathname.h"

#include "utf8.h"

bool pathname_next(struct bytes *rest, struct bytes *ret_name)
{
	if (!rest->data)
		return false;
	size_t end = bytes_index(*rest, '/');

	*ret_name = bytes_first(*rest, end);
	*rest = end < rest->len ? bytes_from(*rest, end + 1) : (struct bytes){0};
	return true;
}

/* What NTFS reads of a name. */
static struct bytes strip(struct bytes name)
{
	name = bytes_first(name, bytes_index(name, ':'));
	while (bytes_ends(name, BYTES(".")) || bytes_ends(name, BYTES(" ")))
		name.len--;
	return name;
}

static bool is_digit(char c, char least)
{
	return c >= least && c <= '9';
}

/* Whether NTFS may have made it: six bytes of the long name and a number up to 4, or fewer of a hash and the rest. */
static bool is_short(struct bytes name, struct bytes own, struct bytes hash)
{
	size_t tilde = bytes_index(name, '~');

	if (name.len != 8 || tilde > 6)
		return false;
	if (tilde == 6 && bytes_equal_fold(bytes_first(name, 6), bytes_first(bytes_from(own, 1), 6)))
		return name.data[7] >= '1' && name.data[7] <= '4';
	for (size_t i = tilde + 1; i < name.len; i++)
		if (!is_digit(name.data[i], i == tilde + 1 ? '1' : '0'))
			return false;
	return bytes_equal_fold(bytes_first(name, tilde), bytes_first(hash, tilde));
}

struct bytes pathname_alias(struct bytes name)
{
	static const struct {
		struct bytes own, hash; /* the hash by which NTFS shortens it when others took the first four numbers */
	} names[] = {
		{{".gitmodules", 11}, {"gi7eba", 6}},
		{{".gitattributes", 14}, {"gi7d29", 6}},
		{{".gitignore", 10}, {"gi250a", 6}},
	};

	name = strip(name);
	if (bytes_equal_fold(name, BYTES(".git")) || bytes_equal_fold(name, BYTES("git~1")))
		return BYTES(".git");
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (bytes_equal_fold(name, names[i].own) || is_short(name, names[i].own, names[i].hash))
			return names[i].own;
	return (struct bytes){0};
}

static bool has_unsafe(struct bytes name)
{
	uint32_t point;

	for (size_t len; (len = utf8_next(name, &point)); name = bytes_from(name, len))
		if (utf8_unsafe(point))
			return true;
	return false;
}

const char *pathname_problem(struct bytes name)
{
	struct bytes alias = pathname_alias(name);

	if (!name.len || bytes_equal(name, BYTES(".")) || bytes_equal(name, BYTES("..")))
		return "is no name";
	if (has_unsafe(name))
		return "holds a control character or an invisible one";
	if (utf8_invalid(name) < name.len)
		return "is not UTF-8; file systems differ in what they make of that";
	if (bytes_equal(alias, BYTES(".git")))
		return "is taken for .git by git or by some file system";
	if (alias.len && !bytes_equal(alias, name))
		return "is taken for another of git's own files by some file system";
	if (bytes_index(name, '\\') < name.len)
		return "holds a backslash, which divides names on Windows";
	if (bytes_ends(name, BYTES(".")) || bytes_ends(name, BYTES(" ")))
		return "ends in a dot or a blank, which Windows drops";
	return NULL;
}

static size_t depth_of(struct bytes path)
{
	struct bytes name;
	size_t depth = 0;

	while (pathname_next(&path, &name))
		depth++;
	return depth - 1;
}

/* Cuts the first name off what a link leads to: a backslash divides, too. */
static bool step(struct bytes *rest, struct bytes *ret_name)
{
	size_t slash = bytes_index(*rest, '/'), backslash = bytes_index(*rest, '\\');

	if (!rest->len)
		return false;
	*ret_name = bytes_first(*rest, slash < backslash ? slash : backslash);
	*rest = bytes_from(*rest, ret_name->len + 1);
	return true;
}

static bool is_absolute(struct bytes target)
{
	bool letter = target.len > 1 && ((target.data[0] >= 'A' && target.data[0] <= 'Z') ||
					 (target.data[0] >= 'a' && target.data[0] <= 'z'));

	return bytes_starts(target, BYTES("/")) || bytes_starts(target, BYTES("\\")) ||
	       (letter && target.data[1] == ':');
}

const char *pathname_link_problem(struct bytes path, struct bytes target)
{
	size_t depth = depth_of(path);
	bool named = false;
	struct bytes name;

	if (is_absolute(target))
		return "is absolute: it leads to another place on every machine";
	if (bytes_index(target, '\0') < target.len)
		return "holds a NUL byte";
	while (step(&target, &name)) {
		if (!name.len || bytes_equal(name, BYTES(".")))
			continue;
		if (bytes_equal(pathname_alias(name), BYTES(".git")))
			return "leads into a repository's own files";
		if (!bytes_equal(name, BYTES(".."))) {
			named = true;
			continue;
		}
		if (named)
			return "has \"..\" behind a name: where that leads depends on what the name is";
		if (!depth--)
			return "leaves the tree";
	}
	return NULL;
}
