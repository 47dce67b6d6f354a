/* declare: people to the people, sections for refs to those that govern, checks by their name. */
#include "declare.h"

#include "arena.h"
#include "fault.h"
#include "govern.h"
#include "nearest.h"
#include "pattern.h"
#include "people.h"
#include "section.h"
#include "settings.h"

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

static void add_trigger(struct policy *policy, struct section *section, struct arena *arena, struct findings *errors)
{
	map_set(policy->triggers, section->heading, section);
	policy->trigger_list = arena_grow(arena, policy->trigger_list, &policy->trigger_room, policy->trigger_count + 1,
					  sizeof(struct section *));
	policy->trigger_list[policy->trigger_count++] = section;
	if (!section_setting(section, "run"))
		finding_fix(errors, fault_add(errors, &section->origin, "[trigger] does not say what to run"),
			    "run = /etc/git-policy/triggers/%.*s", BYTES_ARG(section->heading));
}

/* syslog tells nobody whether a line was kept. */
static void add_audit(struct policy *policy, struct section *section, struct findings *errors)
{
	const struct setting *required = section_setting(section, "required");

	policy->audit = section;
	if (required && required->number && !section_setting(section, "file"))
		finding_fix(errors, fault_add(errors, &required->origin, "required = yes, and no file to write to"),
			    "file = policy/audit");
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
	case SECTION_DEPLOY:
		govern_add(policy, section, name, arena, errors);
		break;
	case SECTION_CHECK:
		add_check(policy, section, arena);
		break;
	case SECTION_CONTENT:
		policy->content = section;
		break;
	case SECTION_AUDIT:
		add_audit(policy, section, errors);
		break;
	case SECTION_TRIGGER:
		add_trigger(policy, section, arena, errors);
		break;
	case SECTION_SEVERITY:
		break;
	}
}

static void add_owed(struct policy *policy, struct section *section, struct arena *arena)
{
	const struct setting *owes = section_setting(section, "owes");

	if (owes && !policy->owed)
		policy->owed = map_new(arena);
	for (size_t i = 0; owes && i < owes->word_count; i++)
		map_set(policy->owed, owes->words[i], section);
}

void declare_defaults(struct policy *policy, struct arena *arena)
{
	for (size_t i = 0; i < policy->section_count; i++) {
		struct section *section = policy->sections[i];

		section->defaults = policy->defaults[section_slot(section->kind)];
		section->rollback = section->kind == SECTION_DEPLOY &&
				    bytes_ends(pattern_text(section->pattern), BYTES("/rollback"));
		add_owed(policy, section, arena);
	}
	for (size_t i = 0; i < policy->check_count; i++)
		policy->check_list[i]->defaults = policy->check_defaults;
}

static void refuse_trigger(const struct policy *policy, const struct setting *setting, size_t index, struct bytes word,
			   struct findings *errors)
{
	size_t offset = (size_t)(word.data - setting->clauses[index].text.data);
	struct bytes *names = arena_array(errors->arena, policy->trigger_count, sizeof(*names));
	struct finding *fault =
		settings_fault(errors, setting, index, offset, "there is no [trigger \"%.*s\"]", BYTES_ARG(word));

	for (size_t i = 0; i < policy->trigger_count; i++)
		names[i] = policy->trigger_list[i]->heading;
	struct bytes near = nearest_word(errors->arena, word, names, policy->trigger_count);

	if (near.len)
		finding_fix(errors, fault, "did you mean %.*s?", BYTES_ARG(near));
	else
		finding_fix(errors, fault, "[trigger \"%.*s\"] with run = PROGRAM", BYTES_ARG(word));
}

static void check_triggers(const struct policy *policy, const struct section *section, struct findings *errors)
{
	const struct setting *setting = section ? section->settings : NULL;

	while (setting && !bytes_equal(bytes_of(setting->key->name), BYTES("trigger")))
		setting = setting->next;
	for (size_t i = 0; setting && i < setting->clause_count; i++) {
		struct bytes rest = setting->clauses[i].text, word;

		while (bytes_word(&rest, &word))
			if (!map_get(policy->triggers, word))
				refuse_trigger(policy, setting, i, word, errors);
	}
}

void declare_links(const struct policy *policy, struct findings *errors)
{
	for (size_t i = 0; i < sizeof(policy->defaults) / sizeof(*policy->defaults); i++)
		check_triggers(policy, policy->defaults[i], errors);
	for (size_t i = 0; i < policy->section_count; i++)
		check_triggers(policy, policy->sections[i], errors);
}
