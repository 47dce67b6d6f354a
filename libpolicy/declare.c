/* declare: people to the people, sections for refs to those that govern, checks by their name. */
#include "declare.h"

#include "arena.h"
#include "govern.h"
#include "people.h"
#include "section.h"

static void add_check(struct policy *policy, struct section *section, struct arena *arena)
{
	if (!section->heading.len) {
		policy->check_defaults = section;
		return;
	}
	map_set(policy->checks, section->heading, section);
	policy->check_list = arena_grow(arena, policy->check_list, &policy->check_room, policy->check_count + 1,
					sizeof(struct section *));
	policy->check_list[policy->check_count++] = section;
}

void declare_section(struct policy *policy, struct section *section, const struct clause *name, struct arena *arena,
		     struct findings *errors)
{
	switch (section->kind) {
	case SECTION_POLICY:
		policy->policy = section;
		break;
	case SECTION_IDENTITY:
		policy->identity = section;
		break;
	case SECTION_COMMIT:
		policy->commit = section;
		break;
	case SECTION_USER:
	case SECTION_GROUP:
		people_declare(&policy->people, section, arena, errors);
		break;
	case SECTION_BRANCH:
	case SECTION_TAG:
	case SECTION_REF:
		govern_add(policy, section, name, arena, errors);
		break;
	case SECTION_CHECK:
		add_check(policy, section, arena);
		break;
	case SECTION_SEVERITY:
		break;
	}
}

void declare_defaults(struct policy *policy)
{
	for (size_t i = 0; i < policy->section_count; i++)
		policy->sections[i]->defaults = policy->defaults[section_slot(policy->sections[i]->kind)];
	for (size_t i = 0; i < policy->check_count; i++)
		policy->check_list[i]->defaults = policy->check_defaults;
}
