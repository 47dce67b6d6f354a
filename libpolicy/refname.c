/* refname: which ref names are accepted: git's own rules, and none that could mislead a reader or a command line. */
#include "push.h"
#include "record.h"
#include "utf8.h"

#define REFNAME_MAX 1024u

static const char *character_problem(uint32_t point)
{
	if (point == 0)
		return "it holds a NUL";
	if (point == '\n' || point == '\r')
		return "it holds a line break";
	if (point < 0x20 || (point >= 0x7f && point < 0xa0))
		return "it holds a control character";
	if (utf8_unsafe(point))
		return "it holds an invisible or direction-changing character";
	if (point == ' ')
		return "it holds a space";
	if (point < 0x80 && bytes_index(BYTES("~^:?*[\\"), (char)point) < 7)
		return "it holds one of ~ ^ : ? * [ \\";
	return NULL;
}

static const char *characters_problem(struct bytes ref)
{
	const char *problem = NULL;
	uint32_t point;

	for (size_t len; ref.len && !problem; ref = bytes_from(ref, len)) {
		len = utf8_next(ref, &point);
		if (!len)
			return "it is not valid UTF-8";
		problem = character_problem(point);
	}
	return problem;
}

static const char *component_problem(struct bytes component)
{
	if (!component.len)
		return "it has an empty part: two slashes together, or one at its end";
	if (component.data[0] == '.')
		return "a part of it starts with a dot";
	if (component.data[0] == '-')
		return "a part of it starts with \"-\", which commands would take for an option";
	if (bytes_ends(component, BYTES(".lock")))
		return "a part of it ends with .lock";
	return NULL;
}

static const char *components_problem(struct bytes ref)
{
	size_t end = bytes_index(ref, '/');
	const char *problem = component_problem(bytes_first(ref, end));

	while (!problem && end < ref.len) {
		ref = bytes_from(ref, end + 1);
		end = bytes_index(ref, '/');
		problem = component_problem(bytes_first(ref, end));
	}
	return problem;
}

/* Names that git would take for something else when they are used short (gitrevisions(7)). */
static const char *misleading_problem(struct bytes ref)
{
	struct bytes name = bytes_from(ref, bytes_index(bytes_from(ref, 5), '/') + 6);
	struct oid id;

	if (!bytes_starts(ref, BYTES("refs/heads/")) && !bytes_starts(ref, BYTES("refs/tags/")))
		return NULL;
	if (bytes_equal(name, BYTES("HEAD")) ||
	    (bytes_ends(name, BYTES("_HEAD")) && bytes_index(name, '/') == name.len))
		return "its short name is HEAD or ends in _HEAD, as git's own refs do";
	if (oid_parse(name, &id))
		return "its short name looks like the id of an object";
	if (bytes_starts(name, BYTES("refs/")))
		return "its short name starts with refs/ again";
	return NULL;
}

const char *refname_problem(struct bytes ref)
{
	const struct bytes root = BYTES("refs/");
	const char *problem;

	if (!ref.len)
		return "it is empty";
	if (ref.len > REFNAME_MAX)
		return "it is longer than 1,024 bytes";
	problem = characters_problem(ref);
	if (problem)
		return problem;
	if (!bytes_starts(ref, root))
		return "it does not start with refs/";
	if (bytes_index(bytes_from(ref, root.len), '/') == ref.len - root.len)
		return "it has no second slash, as in refs/heads/main";
	if (bytes_contains(ref, BYTES("..")))
		return "it holds \"..\"";
	if (bytes_contains(ref, BYTES("@{")))
		return "it holds \"@{\"";
	if (bytes_ends(ref, BYTES(".")))
		return "it ends with a dot";
	problem = components_problem(ref);
	return problem ? problem : misleading_problem(ref);
}

struct bytes refname_short(struct bytes ref)
{
	struct bytes heads = BYTES("refs/heads/"), root = BYTES("refs/");

	if (bytes_starts(ref, heads))
		return bytes_from(ref, heads.len);
	return bytes_starts(ref, BYTES("refs/deploy/")) ? bytes_from(ref, root.len) : ref;
}

struct bytes refname_full(struct arena *arena, struct bytes name)
{
	if (bytes_starts(name, BYTES("refs/")))
		return name;
	return bytes_printf(arena, "refs/%s%.*s", bytes_starts(name, BYTES("deploy/")) ? "" : "heads/",
			    BYTES_ARG(name));
}

bool refname_closed(struct bytes ref)
{
	return bytes_starts(ref, BYTES("refs/policy/")) || bytes_starts(ref, BYTES("refs/replace/"));
}

bool refname_reserved(struct bytes ref)
{
	return refname_closed(ref) || record_kind_of(ref) != RECORD_NONE;
}
