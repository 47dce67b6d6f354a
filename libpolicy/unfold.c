/* unfold: from the words of a list to users and groups, and from groups to the users they come to. */
#include "people.h"

#include <stdint.h>

#include "arena.h"
#include "nearest.h"
#include "settings.h"

/* A file of nothing but slips does not get all of them compared with everybody. */
#define NEAREST_MAX 50u

static struct bytes nearest_name(const struct people *people, struct bytes name, bool group, struct arena *arena)
{
	size_t count = group ? people->group_count : people->user_count;
	struct bytes *names = arena_array(arena, count, sizeof(*names));

	for (size_t i = 0; i < count; i++)
		names[i] = group ? people->group_list[i]->name : people->user_list[i]->name;
	return nearest_word(arena, name, names, count);
}

/* The clause that `word` was cut from. */
static size_t clause_of(const struct setting *setting, struct bytes word)
{
	size_t i = 0;

	while (i + 1 < setting->clause_count &&
	       (uintptr_t)word.data - (uintptr_t)setting->clauses[i].text.data >= setting->clauses[i].text.len)
		i++;
	return i;
}

static void refuse_unknown(const struct people *people, const struct setting *setting, struct bytes word,
			   struct findings *errors)
{
	size_t clause = clause_of(setting, word);
	size_t offset = (size_t)(word.data - setting->clauses[clause].text.data);
	bool group = word.data[0] == '@';
	struct bytes name = bytes_from(word, group), near = {0};
	struct finding *fault = settings_fault(errors, setting, clause, offset, "%.*s is no %s of this policy",
					       BYTES_ARG(word), group ? "group" : "user");

	if (!group && map_get(people->groups, name)) {
		finding_fix(errors, fault, "did you mean @%.*s?", BYTES_ARG(name));
		return;
	}
	if (errors->count < NEAREST_MAX)
		near = nearest_name(people, name, group, errors->arena);
	if (near.len)
		finding_fix(errors, fault, "did you mean %s%.*s?", group ? "@" : "", BYTES_ARG(near));
	else
		finding_fix(errors, fault, "add [%s \"%.*s\"]", group ? "group" : "user", BYTES_ARG(name));
}

static void add_user(struct who *who, const struct user *user, struct arena *arena)
{
	if (crowd_add(arena, &who->users, user))
		who->list[who->count++] = user;
}

/* A setting whose words are being resolved. */
struct linking {
	const struct people *people;
	const struct setting *setting;
	struct arena *arena;
	struct findings *errors;
};

static void link_word(const struct linking *linking, struct who *who, struct bytes word)
{
	bool is_group = word.data[0] == '@';
	struct group *group = is_group ? map_get(linking->people->groups, bytes_from(word, 1)) : NULL;
	const struct user *user = people_user(linking->people, word);

	if (bytes_equal(word, BYTES("anyone")))
		who->anyone = true;
	else if (group)
		who->groups[who->group_count++] = group;
	else if (user)
		add_user(who, user, linking->arena);
	else
		refuse_unknown(linking->people, linking->setting, word, linking->errors);
}

static struct who *who_of(const struct linking *linking, const struct bytes *words, size_t count)
{
	struct who *who = arena_alloc(linking->arena, sizeof(*who));

	who->list = arena_array(linking->arena, count, sizeof(*who->list));
	who->groups = arena_array(linking->arena, count, sizeof(*who->groups));
	for (size_t i = 0; i < count; i++)
		link_word(linking, who, words[i]);
	return who;
}

static void link_setting(struct setting *setting, const struct people *people, struct arena *arena,
			 struct findings *errors)
{
	const struct linking linking = {people, setting, arena, errors};

	setting->who = who_of(&linking, setting->words, setting->word_count);
}

static void link_lists(struct setting *setting, const struct people *people, struct arena *arena,
		       struct findings *errors)
{
	const struct linking linking = {people, setting, arena, errors};

	for (struct who_list *list = setting->lists; list; list = list->next)
		list->who = who_of(&linking, list->words, list->word_count);
}

/* A group being unfolded: entered from `parent`, left when the groups in it are done. */
struct node {
	struct group *group;
	size_t next; /* of the groups in it */
	struct node *parent;
	enum { FRESH, OPEN, DONE } state;
};

static void group_add(struct group *group, const struct user *user, struct arena *arena)
{
	if (!crowd_add(arena, &group->users, user))
		return;
	group->list = arena_grow(arena, group->list, &group->user_room, group->user_count + 1, sizeof(*group->list));
	group->list[group->user_count++] = user;
}

static void group_fill(struct group *group, const struct who *who, struct arena *arena)
{
	for (size_t i = 0; i < who->count; i++)
		group_add(group, who->list[i], arena);
	for (size_t i = 0; i < who->group_count; i++)
		for (size_t k = 0; k < who->groups[i]->user_count; k++)
			group_add(group, who->groups[i]->list[k], arena);
}

static void refuse_circle(const struct node *node, const struct node *inner, struct findings *errors)
{
	struct buffer path = {.arena = errors->arena};

	buffer_printf(&path, "@%.*s", BYTES_ARG(inner->group->name));
	for (const struct node *at = node; at && at != inner; at = at->parent)
		buffer_printf(&path, " in @%.*s", BYTES_ARG(at->group->name));
	finding_fix(errors,
		    settings_fault(errors, node->group->members, 0, 0, "@%.*s would contain itself",
				   BYTES_ARG(inner->group->name)),
		    "break the circle: %.*s in @%.*s", BYTES_ARG(buffer_bytes(&path)), BYTES_ARG(inner->group->name));
}

/* The node to go on with: this one, a group in it that comes first, or the one it was entered from. */
static struct node *step(struct node *node, const struct map *nodes, struct arena *arena, struct findings *errors)
{
	const struct who *who = node->group->members ? node->group->members->who : NULL;

	if (!who || node->next >= who->group_count) {
		if (who)
			group_fill(node->group, who, arena);
		node->state = DONE;
		return node->parent;
	}
	struct node *inner = map_get(nodes, who->groups[node->next++]->name);

	if (inner->state == FRESH) {
		inner->parent = node;
		inner->state = OPEN;
		return inner;
	}
	if (inner->state == OPEN)
		refuse_circle(node, inner, errors);
	return node;
}

bool people_unfold(struct people *people, struct arena *arena, struct findings *errors)
{
	struct node *nodes = arena_array(arena, people->group_count, sizeof(*nodes));
	struct map *by_name = map_new(arena);
	size_t before = errors->count;

	for (size_t i = 0; i < people->group_count; i++) {
		struct group *group = people->group_list[i];

		if (group->members)
			link_setting(group->members, people, arena, errors);
		nodes[i].group = group;
		map_set(by_name, group->name, &nodes[i]);
	}
	for (size_t i = 0; i < people->group_count; i++) {
		struct node *node = nodes[i].state == FRESH ? &nodes[i] : NULL;

		if (node)
			node->state = OPEN;
		while (node)
			node = step(node, by_name, arena, errors);
	}
	return errors->count == before;
}

static void link_section(struct section *section, const struct people *people, struct arena *arena,
			 struct findings *errors)
{
	for (struct setting *setting = section ? section->settings : NULL; setting; setting = setting->next) {
		if (setting->key->kind == KEY_WHO)
			link_setting(setting, people, arena, errors);
		link_lists(setting, people, arena, errors);
	}
}

bool people_link(struct policy *policy, const struct people *people, struct arena *arena, struct findings *errors)
{
	size_t before = errors->count;

	link_section(policy->policy, people, arena, errors);
	link_section(policy->identity, people, arena, errors);
	link_section(policy->commit, people, arena, errors);
	for (size_t i = 0; i < sizeof(policy->defaults) / sizeof(*policy->defaults); i++)
		link_section(policy->defaults[i], people, arena, errors);
	for (size_t i = 0; i < policy->section_count; i++)
		link_section(policy->sections[i], people, arena, errors);
	link_section(policy->check_defaults, people, arena, errors);
	for (size_t i = 0; i < policy->check_count; i++)
		link_section(policy->check_list[i], people, arena, errors);
	return errors->count == before;
}
