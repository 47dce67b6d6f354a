/* case-collisions: no two names in a folder differ in case alone; a file system without case keeps one of them. */
#include <stdint.h>
#include <string.h>

#include "arena.h"
#include "map.h"
#include "remake.h"
#include "utf8.h"

/* The names of one commit. */
struct search {
	const struct rule_case *c;
	struct findings *findings;
	struct regex *anything; /* NULL until a name is not ASCII */
};

static bool is_ascii(struct bytes text)
{
	for (size_t i = 0; i < text.len; i++)
		if ((unsigned char)text.data[i] > 0x7f)
			return false;
	return true;
}

/* What two names that differ in case alone have in common. */
static bool fold(struct search *search, struct bytes name, struct bytes *ret_folded)
{
	struct arena *arena = search->findings->arena;

	*ret_folded = name;
	if (!is_ascii(name) && utf8_invalid(name) == name.len) {
		if (!search->anything)
			search->anything = regex_anything(arena);
		return regex_fold(search->anything, arena, ret_folded);
	}
	char *text = arena_alloc(arena, name.len);

	for (size_t i = 0; i < name.len; i++)
		text[i] = name.data[i] >= 'A' && name.data[i] <= 'Z' ? (char)(name.data[i] - 'A' + 'a') : name.data[i];
	*ret_folded = (struct bytes){text, name.len};
	return true;
}

/* "a/b/", and nothing for the top. */
static struct bytes path_of(struct arena *arena, const struct added_folder *folder)
{
	struct bytes path = {NULL, folder->path_len};
	char *end = arena_alloc(arena, path.len + 1);

	path.data = end;
	for (end += path.len; folder->in; folder = folder->in) {
		*--end = '/';
		end -= folder->name.len;
		memcpy(end, folder->name.data, folder->name.len);
	}
	return path;
}

/* Whether a parent has both paths: then nothing collides now that did not before. */
static enum answer was_there(const struct search *search, const struct bytes *paths)
{
	const struct commit *commit = search->c->commit;
	enum answer answer = ANSWER_NO;
	struct oid id;
	unsigned mode;

	for (size_t i = 0; !search->c->whole && answer == ANSWER_NO && i < commit->parent_count; i++) {
		answer = ANSWER_YES;
		for (size_t k = 0; k < 2 && answer == ANSWER_YES; k++)
			answer = facts_entry(search->c->facts, &commit->parents[i], paths[k], &mode, &id);
	}
	return answer;
}

/* Names that are the same to the last byte are a broken tree, of which each program takes what it finds. */
static bool refuse(struct search *search, const struct added_folder *in, struct bytes earlier, struct bytes name)
{
	struct arena *arena = search->findings->arena;
	struct bytes folder = path_of(arena, in);
	const struct bytes paths[] = {
		bytes_printf(arena, "%.*s%.*s", BYTES_ARG(folder), BYTES_ARG(earlier)),
		bytes_printf(arena, "%.*s%.*s", BYTES_ARG(folder), BYTES_ARG(name)),
	};
	bool twice = bytes_equal(earlier, name);
	enum answer answer = twice ? ANSWER_NO : was_there(search, paths);
	const struct rule_case *c = search->c;

	if (answer != ANSWER_NO)
		return answer == ANSWER_YES;
	struct finding *finding = twice ? case_add(c, search->findings, "%.*s is there twice", BYTES_ARG(paths[0]))
					: case_add(c, search->findings, "%.*s and %.*s differ in case alone",
						   BYTES_ARG(paths[0]), BYTES_ARG(paths[1]));

	finding_wanted(search->findings, finding, "names that no file system takes for one another");
	remake_fix(c, search->findings, finding, "git mv one of them to another name");
	return true;
}

static bool judge_folder(struct search *search, const struct added_folder *folder)
{
	struct map *folded = map_new(search->findings->arena);
	const struct bytes *names;
	struct bytes key;
	size_t count;

	if (facts_names(search->c->facts, &folder->tree, &names, &count) != ANSWER_YES)
		return false;
	for (size_t i = 0; i < count; i++) {
		if (!fold(search, names[i], &key))
			return false;
		const struct bytes *earlier = map_get(folded, key);

		if (earlier && !refuse(search, folder, *earlier, names[i]))
			return false;
		if (!earlier)
			map_set(folded, key, (void *)(uintptr_t)&names[i]);
	}
	return true;
}

/* By folders, not by what is added: a merge may bring two names together that each were there. */
static bool judge(const struct rule_case *c, struct findings *findings)
{
	struct search search = {.c = c, .findings = findings};
	const struct added_folder *folder;

	if (!c->commit)
		return true;
	if (facts_folders(c->facts, c->commit, c->whole, &folder) != ANSWER_YES)
		return false;
	for (; folder; folder = folder->next)
		if (!judge_folder(&search, folder))
			return false;
	return true;
}

const struct rule rule_case_collisions = {
	.name = "case-collisions",
	.help = "Refuses a name that differs from another in the same folder in case alone.",
	.mend = "Rename one of the two in the commit that adds it: git mv <name> <other> && git commit --amend.",
	.scope = SCOPE_CONTENT,
	.severity = SEVERITY_ENFORCE,
	.judge = judge,
};
