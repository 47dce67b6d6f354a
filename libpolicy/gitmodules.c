/* gitmodules: what a .gitmodules file may not say, since whoever clones with submodules does as it says. */
#include "gitmodules.h"

#include "gitconfig.h"
#include "pathname.h"

static bool is_control(char c)
{
	return (unsigned char)c < ' ' || c == 0x7f;
}

static bool has_control(struct bytes text)
{
	for (size_t i = 0; i < text.len; i++)
		if (is_control(text.data[i]))
			return true;
	return false;
}

static int hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* Whether "%0a" or the like is in it: what a credential helper would read as a line of its own. */
static bool hides_control(struct bytes url)
{
	for (size_t i = 0; i + 2 < url.len; i++) {
		int high = hex(url.data[i + 1]), low = hex(url.data[i + 2]);

		if (url.data[i] == '%' && high >= 0 && low >= 0 && is_control((char)(high << 4 | low)))
			return true;
	}
	return false;
}

/* Whether one of its names, divided as on Windows too, is "..". */
static bool climbs(struct bytes path)
{
	size_t begin = 0;

	for (size_t i = 0; i <= path.len; i++) {
		if (i < path.len && path.data[i] != '/' && path.data[i] != '\\')
			continue;
		if (bytes_equal(bytes_from(bytes_first(path, i), begin), BYTES("..")))
			return true;
		begin = i + 1;
	}
	return false;
}

/* "../../:x" and "..//x" would replace the host of the URL they are relative to. */
static bool replaces_host(struct bytes url)
{
	bool climbed = false;

	while (bytes_starts(url, BYTES("./")) || bytes_starts(url, BYTES("../"))) {
		climbed |= bytes_starts(url, BYTES("../"));
		url = bytes_from(url, bytes_index(url, '/') + 1);
	}
	return climbed && (bytes_starts(url, BYTES(":")) || bytes_starts(url, BYTES("/")));
}

static const char *url_problem(struct bytes url)
{
	if (bytes_starts(url, BYTES("-")))
		return "would be read as an option";
	if (has_control(url) || hides_control(url))
		return "holds a control character";
	return replaces_host(url) ? "would go to another host than it seems" : NULL;
}

static const char *path_problem(struct bytes path)
{
	struct bytes rest = path, name;

	if (bytes_starts(path, BYTES("-")))
		return "would be read as an option";
	if (has_control(path))
		return "holds a control character";
	if (bytes_starts(path, BYTES("/")) || climbs(path))
		return "leaves the tree";
	while (pathname_next(&rest, &name))
		if (bytes_equal(pathname_alias(name), BYTES(".git")))
			return "leads into a repository's own files";
	return NULL;
}

static const char *name_problem(struct bytes name)
{
	if (!name.len)
		return "has an empty name";
	if (bytes_starts(name, BYTES("-")))
		return "has a name that would be read as an option";
	if (has_control(name))
		return "has a name with a control character";
	return climbs(name) ? "has a name with \"..\", and would be kept elsewhere" : NULL;
}

static const char *entry_problem(const struct gitconfig_entry *entry)
{
	const char *problem = name_problem(bytes_from(entry->section, BYTES("submodule.").len));

	if (!problem && bytes_equal(entry->key, BYTES("url")))
		problem = url_problem(entry->value);
	if (!problem && bytes_equal(entry->key, BYTES("path")))
		problem = path_problem(entry->value);
	if (!problem && bytes_equal(entry->key, BYTES("update")) && bytes_starts(entry->value, BYTES("!")))
		problem = "would run a command";
	return problem;
}

bool gitmodules_check(struct arena *arena, struct bytes text, struct gitmodules_problem *ret_problem)
{
	struct gitconfig file = gitconfig_open(arena, text);
	struct gitconfig_entry entry;
	enum gitconfig_step step;

	while ((step = gitconfig_next(&file, &entry)) == GITCONFIG_ENTRY) {
		if (!bytes_starts(entry.section, BYTES("submodule.")))
			continue;
		ret_problem->text = entry_problem(&entry);
		ret_problem->line = entry.line;
		ret_problem->name = bytes_printf(arena, "%.*s = %.*s", BYTES_ARG(entry.key), BYTES_ARG(entry.value));
		if (ret_problem->text)
			return false;
	}
	*ret_problem = (struct gitmodules_problem){"cannot be read as git reads it", {0}, file.line};
	return step == GITCONFIG_END;
}
