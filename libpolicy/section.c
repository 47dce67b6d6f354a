/* section: literal headings are found by name, patterns by the literal bytes they begin with. */
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

static void length_add(struct policy *policy, size_t length, struct arena *arena)
{
	for (size_t i = 0; i < policy->prefix_count; i++)
		if (policy->prefix_lengths[i] == length)
			return;
	policy->prefix_lengths = arena_grow(arena, policy->prefix_lengths, &policy->prefix_room,
					    policy->prefix_count + 1, sizeof(*policy->prefix_lengths));
	policy->prefix_lengths[policy->prefix_count++] = length;
}

static struct shelf *shelf_for(struct policy *policy, const struct section *section, struct arena *arena)
{
	struct bytes folder = section_prefix(section->kind), fixed = pattern_prefix(section->pattern);
	struct bytes key = bytes_printf(arena, "%.*s%.*s", BYTES_ARG(folder), BYTES_ARG(fixed));
	struct shelf *shelf = map_get(policy->prefixes, key);

	if (!shelf) {
		shelf = arena_alloc(arena, sizeof(*shelf));
		map_set(policy->prefixes, key, shelf);
		length_add(policy, key.len, arena);
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

/* The first section of the kind on this shelf whose pattern is met. */
static const struct section *shelf_find(const struct shelf *shelf, enum section_kind kind, struct bytes name)
{
	for (size_t i = 0; shelf && i < shelf->count; i++)
		if (shelf->sections[i]->kind == kind &&
		    pattern_match(shelf->sections[i]->pattern, name, (struct bytes){0}))
			return shelf->sections[i];
	return NULL;
}

const struct section *section_find(const struct policy *policy, struct bytes ref)
{
	enum section_kind kind = section_kind_of(ref);
	struct bytes prefix = section_prefix(kind), name = bytes_from(ref, prefix.len);
	const struct section *found = map_get(policy->literals, ref);

	if (found || !bytes_starts(ref, prefix) || refname_reserved(ref))
		return found;
	for (size_t i = 0; i < policy->prefix_count; i++) {
		size_t length = policy->prefix_lengths[i];
		struct shelf *shelf = length > ref.len ? NULL : map_get(policy->prefixes, bytes_first(ref, length));
		const struct section *section = shelf_find(shelf, kind, name);

		if (section && (!found || section->order < found->order))
			found = section;
	}
	return found;
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
