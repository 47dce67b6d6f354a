/* size: no file is too large; sizes are read from the headers of objects, so that a large one costs nothing. */
#include "quote.h"
#include "remake.h"
#include "tree.h"

/* "12.3 MiB", rounded up, so that what is too large looks so. */
static struct bytes readable(struct arena *arena, size_t size)
{
	static const char *const units[] = {"KiB", "MiB", "GiB"};
	size_t unit = 1024, tenths, i = 0;

	if (size < unit)
		return bytes_printf(arena, "%zu bytes", size);
	while (i < 2 && size / unit >= 1024) {
		unit *= 1024;
		i++;
	}
	tenths = size % unit / (unit / 10 + 1) + (size % unit != 0);
	return bytes_printf(arena, "%zu.%zu %s", size / unit + tenths / 10, tenths % 10, units[i]);
}

static void refuse(const struct rule_case *c, struct findings *findings, const struct setting *max,
		   const struct added *added, size_t size)
{
	struct arena *arena = findings->arena;
	struct finding *finding =
		case_add(c, findings, "%.*s has %.*s", BYTES_ARG(added->path), BYTES_ARG(readable(arena, size)));

	finding->origin = max->origin;
	finding_wanted(findings, finding, "at most %.*s in one file", BYTES_ARG(max->clauses[0].text));
	remake_fix(c, findings, finding, "git rm --cached %s", quote_word(arena, added->path));
}

static bool judge(const struct rule_case *c, struct findings *findings)
{
	const struct setting *max = case_setting(c, "file-max");
	size_t size;

	for (size_t i = 0; max && i < c->added_count; i++) {
		if ((c->added[i].mode & TREE_KIND) == TREE_SUBMODULE)
			continue;
		if (facts_size(c->facts, &c->added[i].id, &size) != ANSWER_YES)
			return false;
		if (size > max->number)
			refuse(c, findings, max, &c->added[i], size);
	}
	return true;
}

static const struct key keys[] = {
	{
		.name = "file-max",
		.sections = SECTION_CONTENT,
		.kind = KEY_SIZE,
		.min = 1,
		.help = "How large a file may be.",
		.example = "10M",
	},
};

const struct rule rule_size = {
	.name = "size",
	.help = "Refuses files larger than the policy says.",
	.mend = "Take the file out of the commit that adds it: git rm --cached <path> && git commit --amend, or for "
		"older commits git rebase -i and edit.",
	.scope = SCOPE_CONTENT,
	.severity = SEVERITY_ENFORCE,
	.keys = keys,
	.key_count = sizeof(keys) / sizeof(*keys),
	.judge = judge,
};
