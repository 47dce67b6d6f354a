/* fuzz_content: any bytes as a Dockerfile, as .gitmodules, as a path and where a link leads; what is said points into
 * them. */
#include "fuzz.h"

#include "containerfile.h"
#include "gitmodules.h"
#include "pathname.h"
#include "pathtree.h"
#include "regex.h"
#include "utf8.h"

static unsigned lines_of(struct bytes text)
{
	unsigned lines = 1;

	for (size_t i = 0; i < text.len; i++)
		lines += text.data[i] == '\n';
	return lines;
}

static void check_container(struct arena *arena, struct bytes input)
{
	struct container container = containerfile_read(arena, input);

	FUZZ_ASSERT(container.line <= lines_of(input));
	FUZZ_ASSERT(!container.problem == (container.verdict != CONTAINER_UNREADABLE));
	FUZZ_ASSERT(container.verdict != CONTAINER_USER || container.user.len);
}

static void check_modules(struct arena *arena, struct bytes input)
{
	struct gitmodules_problem problem;

	if (!gitmodules_check(arena, input, &problem))
		FUZZ_ASSERT(problem.text && problem.line && problem.line <= lines_of(input) + 1);
}

/* A name that git or a file system takes for one of git's own is never one that nothing is wrong with. */
static void check_path(struct bytes path, struct bytes target)
{
	struct bytes rest = path, name;
	size_t names = 0;

	for (; pathname_next(&rest, &name); names++)
		if (pathname_alias(name).len && !bytes_equal(pathname_alias(name), name))
			FUZZ_ASSERT(pathname_problem(name));
	FUZZ_ASSERT(names <= path.len + 1);
	if (path.len && !pathname_link_problem(path, target))
		FUZZ_ASSERT(!bytes_starts(target, BYTES("/")));
}

static void check_pattern(struct arena *arena, struct bytes pattern, struct bytes path)
{
	struct pathtree *tree = pathtree_new(arena);

	if (!pattern.len || pathtree_problem(pattern))
		return;
	pathtree_add(tree, pattern, 1);
	FUZZ_ASSERT(pathtree_find(tree, path) <= 1);
}

static void check_fold(struct arena *arena, struct bytes name)
{
	struct regex *anything = regex_anything(arena);

	if (utf8_invalid(name) == name.len && name.len && name.len < 256) {
		FUZZ_ASSERT(regex_fold(anything, arena, &name));
		FUZZ_ASSERT(utf8_invalid(name) == name.len && name.len);
	} else if (utf8_invalid(name) < name.len) {
		FUZZ_ASSERT(!regex_fold(anything, arena, &name));
	}
}

void fuzz_content(struct arena *arena, struct bytes input)
{
	size_t cut = bytes_index(input, '\n');
	struct bytes first = bytes_first(input, cut), rest = bytes_from(input, cut + 1);

	check_container(arena, input);
	check_modules(arena, input);
	check_path(first, rest);
	check_pattern(arena, first, rest);
	check_fold(arena, first);
}
