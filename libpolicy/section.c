/* section: literal headings are found by name, patterns by the first component they begin with. */
#include "section.h"

#include <string.h>

#include "arena.h"
#include "pattern.h"
#include "push.h"

/* Patterns that begin alike, in file order. */
struct shelf {
	struct section **sections;
	size_t count;
	size_t room;
};

struct bytes section_prefix(enum section_kind kind)
{
	if (kind == SECTION_BRANCH)
		return BYTES("refs/heads/");
	if (kind == SECTION_DEPLOY)
		return BYTES("refs/deploy/");
	return kind == SECTION_TAG ? BYTES("refs/tags/") : BYTES("refs/");
}

size_t section_slot(enum section_kind kind)
{
	if (kind == SECTION_BRANCH)
		return 0;
	if (kind == SECTION_DEPLOY)
		return 3;
	return kind == SECTION_TAG ? 1 : 2;
}

enum section_kind section_kind_of(struct bytes ref)
{
	if (bytes_starts(ref, BYTES("refs/heads/")))
		return SECTION_BRANCH;
	if (bytes_starts(ref, BYTES("refs/deploy/")))
		return SECTION_DEPLOY;
	return bytes_starts(ref, BYTES("refs/tags/")) ? SECTION_TAG : SECTION_REF;
}

/* "refs/heads/feature" for what is in that folder; "refs/heads/" is kept for patterns without a fixed first component.
 */
static struct bytes shelf_key(struct bytes ref, struct bytes prefix)
{
	struct bytes name = bytes_from(ref, prefix.len);

	return bytes_first(ref, prefix.len + bytes_index(name, '/'));
}

static struct shelf *shelf_for(struct policy *policy, const struct section *section, struct arena *arena)
{
	struct bytes key = section_prefix(section->kind);
	struct bytes fixed = pattern_prefix(section->pattern);

	if (bytes_index(fixed, '/') < fixed.len)
		key = bytes_printf(arena, "%.*s%.*s", BYTES_ARG(key),
				   BYTES_ARG(bytes_first(fixed, bytes_index(fixed, '/'))));
	struct shelf *shelf = map_get(policy->prefixes, key);

	if (!shelf) {
		shelf = arena_alloc(arena, sizeof(*shelf));
		map_set(policy->prefixes, key, shelf);
	}
	return shelf;
}

void section_add(struct policy *policy, struct section *section, struct arena *arena)
{
	section->order = (unsigned)policy->section_count;
	policy->sections = arena_grow(arena, policy->sections, &policy->section_room, policy->section_count + 1,
				      sizeof(struct section *));
	policy->sections[policy->section_count++] = section;
	if (section->literal) {
		map_set(policy->literals, section->ref, section);
		return;
	}
	struct shelf *shelf = shelf_for(policy, section, arena);

	shelf->sections = arena_grow(arena, shelf->sections, &shelf->room, shelf->count + 1, sizeof(struct section *));
	shelf->sections[shelf->count++] = section;
}

static const struct section *shelf_find(const struct policy *policy, struct bytes key, struct bytes name)
{
	const struct shelf *shelf = map_get(policy->prefixes, key);

	for (size_t i = 0; shelf && i < shelf->count; i++)
		if (pattern_match(shelf->sections[i]->pattern, name, (struct bytes){0}))
			return shelf->sections[i];
	return NULL;
}

const struct section *section_find(const struct policy *policy, struct bytes ref)
{
	struct bytes prefix = section_prefix(section_kind_of(ref));
	struct bytes name = bytes_from(ref, prefix.len);
	const struct section *literal = map_get(policy->literals, ref);

	if (literal || !bytes_starts(ref, prefix) || refname_reserved(ref))
		return literal;
	const struct section *fixed = shelf_find(policy, shelf_key(ref, prefix), name);
	const struct section *loose = shelf_find(policy, prefix, name);

	return fixed && (!loose || fixed->order < loose->order) ? fixed : loose;
}

static const struct setting *find_setting(const struct setting *setting, const char *name)
{
	while (setting && strcmp(setting->key->name, name) != 0)
		setting = setting->next;
	return setting;
}

/* What has to be met before a deploy goes on. */
static bool is_gate(const char *name)
{
	static const char *const gates[] = {"approvals", "checks", "after", "tag", "on", "window", "freeze"};

	for (size_t i = 0; i < sizeof(gates) / sizeof(*gates); i++)
		if (!strcmp(name, gates[i]))
			return true;
	return false;
}

const struct setting *section_setting(const struct section *section, const char *name)
{
	const struct setting *setting = section ? find_setting(section->settings, name) : NULL;

	if (setting || !section || !section->defaults || (section->rollback && is_gate(name)))
		return setting;
	return find_setting(section->defaults->settings, name);
}

enum commits_level section_commits(const struct section *section)
{
	const struct setting *commits = section_setting(section, "commits");

	return commits ? (enum commits_level)commits->number : COMMITS_ENFORCE;
}

const struct section *section_judging(const struct policy *policy, struct bytes ref)
{
	return policy->governs ? section_find(policy, ref) : policy->defaults[section_slot(section_kind_of(ref))];
}

bool demand_covers(struct demand demand, struct demand other)
{
	return demand.level >= other.level && !(other.content & ~demand.content);
}

bool demand_equals(struct demand a, struct demand b)
{
	return a.level == b.level && a.content == b.content;
}

struct demand section_demand(const struct section *section)
{
	bool deploys = section && section->kind == SECTION_DEPLOY;
	const struct setting *content = deploys ? NULL : section_setting(section, "content");

	return (struct demand){section_commits(section), content ? (unsigned)content->number : 0};
}
