/* policyfile: from the lines of a policy and its includes to sections with settings. */
#include "policyfile.h"

#include "arena.h"
#include "declare.h"
#include "deploys.h"
#include "fault.h"
#include "heading.h"
#include "keys.h"
#include "people.h"
#include "rule.h"
#include "secretfiles.h"
#include "settings.h"
#include "signers.h"
#include "window.h"

#define KINDS 14

/* A layer being loaded: the section and the setting that the next line may add to. */
struct loader {
	struct arena *arena;
	struct findings *errors;
	struct policy *policy;
	struct map *headings[KINDS]; /* by kind: name -> struct section; NULL: of users, people.c sees to it */
	bool included;		     /* the file in hand is an included one */
	struct section *section;     /* open; NULL: none, or one that was refused */
	struct section user;	     /* open, if it is a user's: there may be thousands, and none is kept … */
	struct arena *brief;	     /* … nor what is said in it */
	struct arena *memory;	     /* where what is said in the open section goes */
	struct clause name;	     /* its name */
	struct setting **tail;	     /* where its next setting goes */
	struct setting *setting;     /* open; NULL: none, or one that was refused */
	struct bytes key;	     /* its key, in [severity] a rule's name */
	size_t clause_room;
};

static size_t kind_index(enum section_kind kind)
{
	size_t index = 0;

	while (index + 1 < KINDS && !((unsigned)kind & 1u << index))
		index++;
	return index;
}

static void severity_set(struct loader *loader, struct setting *setting)
{
	const struct rule *rule = keys_rule(loader->key);

	if (!(rule->flags & RULE_FIXED) || setting->number >= (unsigned long)rule->severity) {
		map_set(loader->policy->severities, loader->key, setting);
		return;
	}
	struct finding *fault = settings_fault(loader->errors, setting, 0, 0, "%s cannot be lowered", rule->name);

	finding_fix(loader->errors, fault, "leave the line out: without this rule no other could be relied on");
}

static void setting_close(struct loader *loader)
{
	struct setting *setting = loader->setting;

	loader->setting = NULL;
	if (setting && settings_parse(loader->memory, setting, loader->errors) &&
	    loader->section->kind == SECTION_SEVERITY)
		severity_set(loader, setting);
}

/* Whether an indented line holds a key that should have begun it in the first column. */
static bool clause_is_key(struct loader *loader, const struct ini_entry *entry)
{
	size_t equals = bytes_index(entry->value, '=');

	if (!entry->continued || equals == entry->value.len || !keys_known(bytes_first(entry->value, equals)))
		return false;
	struct finding *fault =
		fault_add(loader->errors, &entry->origin,
			  "an indented line goes on with %.*s, but this one begins a key", BYTES_ARG(loader->key));

	fault_column(fault, entry->column, entry->source);
	finding_fix(loader->errors, fault, "begin it in the first column");
	return true;
}

static void clause_add(struct loader *loader, const struct ini_entry *entry)
{
	struct setting *setting = loader->setting;

	if (!setting || !entry->value.len || clause_is_key(loader, entry))
		return;
	setting->clauses = arena_grow(loader->memory, setting->clauses, &loader->clause_room, setting->clause_count + 1,
				      sizeof(*setting->clauses));
	setting->clauses[setting->clause_count++] = (struct clause){
		.text = entry->value,
		.origin = entry->origin,
		.source = entry->source,
		.column = entry->column,
	};
}

/* The setting of this key that the open section has already. */
static const struct setting *setting_twin(const struct loader *loader, const struct key *key, struct bytes name)
{
	if (loader->section->kind == SECTION_SEVERITY)
		return map_get(loader->policy->severities, name);
	for (const struct setting *setting = loader->section->settings; setting; setting = setting->next)
		if (setting->key == key)
			return setting;
	return NULL;
}

static void setting_refuse_twin(struct loader *loader, const struct ini_entry *entry, const struct setting *twin)
{
	struct finding *fault = fault_add(loader->errors, &entry->origin, "%.*s is set already (%.*s)",
					  BYTES_ARG(entry->key), BYTES_ARG(fault_place(loader->errors, &twin->origin)));

	fault_column(fault, 1, entry->source);
	finding_fix(loader->errors, fault, "keep one; more clauses of a key stand on indented lines below it");
}

static void setting_open(struct loader *loader, const struct ini_entry *entry)
{
	const struct key *key = loader->section ? keys_find(loader->section->kind, entry->key) : NULL;
	const struct setting *twin = key ? setting_twin(loader, key, entry->key) : NULL;

	if (!loader->section)
		return;
	if (!key) {
		keys_refuse(entry, loader->section->kind, loader->errors);
		return;
	}
	if (twin) {
		setting_refuse_twin(loader, entry, twin);
		return;
	}
	loader->setting = arena_alloc(loader->memory, sizeof(*loader->setting));
	loader->setting->key = key;
	loader->setting->origin = entry->origin;
	loader->key = entry->key;
	loader->setting->clauses = arena_alloc(loader->memory, sizeof(*loader->setting->clauses));
	loader->clause_room = 1; /* most have one, and there may be thousands */
	*loader->tail = loader->setting;
	loader->tail = &loader->setting->next;
	clause_add(loader, entry);
}

static void section_close(struct loader *loader)
{
	struct section *section = loader->section;

	setting_close(loader);
	loader->section = NULL;
	if (section)
		declare_section(loader->policy, section, &loader->name, loader->arena, loader->errors);
	arena_reset(loader->brief);
}

static void section_open(struct loader *loader, const struct ini_entry *entry)
{
	struct heading heading;

	if (!heading_read(entry, &heading, loader->errors))
		return;
	struct map *headings = loader->headings[kind_index(heading.kind)];
	const struct section *twin = headings ? map_get(headings, heading.name.text) : NULL;
	struct finding *fault = NULL;

	if (loader->included && heading.kind == SECTION_POLICY)
		fault = fault_add(loader->errors, &entry->origin, "an included file has no [policy]");
	else if (twin)
		fault = fault_add(loader->errors, &entry->origin, "this section is there already (%.*s)",
				  BYTES_ARG(fault_place(loader->errors, &twin->origin)));
	if (fault) {
		fault_column(fault, entry->column, entry->source);
		return;
	}
	bool kept = heading.kind != SECTION_USER;
	struct section *section = kept ? arena_alloc(loader->arena, sizeof(*section)) : &loader->user;

	*section = (struct section){0};
	loader->memory = kept ? loader->arena : loader->brief;
	section->kind = heading.kind;
	section->heading = heading.name.text;
	section->origin = entry->origin;
	if (headings)
		map_set(headings, section->heading, section);
	loader->section = section;
	loader->name = heading.name;
	loader->tail = &section->settings;
}

static void take_entry(void *context, const struct ini_entry *entry)
{
	struct loader *loader = context;

	if (!entry->key.len) {
		section_close(loader);
		section_open(loader, entry);
	} else if (entry->continued) {
		clause_add(loader, entry);
	} else {
		setting_close(loader);
		setting_open(loader, entry);
	}
}

static bool read_file(struct loader *loader, const struct policy_source *source, struct bytes name)
{
	struct bytes content;

	if (!source->read(source, loader->arena, name, &content, loader->errors))
		return false;
	inifile_read(content, name, take_entry, loader, loader->errors);
	section_close(loader);
	return true;
}

static void read_includes(struct loader *loader, const struct policy_source *source)
{
	const struct setting *include = section_setting(loader->policy->policy, "include");
	struct map *seen = map_new(loader->arena);

	struct bytes folder = policyfile_folder(source->file);

	loader->included = true;
	map_set(seen, source->file, loader);
	for (size_t i = 0; include && i < include->word_count; i++) {
		struct bytes name =
			bytes_printf(loader->arena, "%.*s%.*s", BYTES_ARG(folder), BYTES_ARG(include->words[i]));

		if (map_get(seen, name))
			setting_error(loader->errors, include, 0, "%.*s is part of this policy already",
				      BYTES_ARG(name));
		else if (!read_file(loader, source, name))
			setting_error(loader->errors, include, 0, "%.*s, included here, could not be read",
				      BYTES_ARG(name));
		map_set(seen, name, loader);
	}
}

/* What must be there, so that a file cut short cannot pass for a policy. */
static void finish(struct loader *loader)
{
	struct policy *policy = loader->policy;
	struct origin origin = policy->policy ? policy->policy->origin : (struct origin){.file = policy->file};
	const struct setting *mode = section_setting(policy->policy, "mode");

	if (!policy->policy)
		finding_fix(loader->errors, fault_add(loader->errors, &origin, "no [policy] section"),
			    "begin the file with [policy] and version = 1");
	else if (!section_setting(policy->policy, "version"))
		finding_fix(loader->errors, fault_add(loader->errors, &origin, "[policy] does not say its version"),
			    "version = 1");
	if (policy->identity && !section_setting(policy->identity, "env"))
		finding_fix(loader->errors,
			    fault_add(loader->errors, &policy->identity->origin, "[identity] does not say where from"),
			    "env = GIT_POLICY_USER");
	policy->evaluate = mode && mode->number == 1;
	declare_defaults(policy, loader->arena);
	deploys_check(policy, loader->errors);
	declare_links(policy, loader->errors);
	window_check_zones(policy, loader->errors);
}

bool policyfile_read(struct arena *arena, const struct policy_source *source, struct policy *policy,
		     struct findings *errors)
{
	const struct policy_source noted = policyfile_noted(arena, source, policy);
	struct loader loader = {.arena = arena, .errors = errors, .policy = policy, .brief = arena_child(arena)};
	size_t before = errors->count;

	*policy = (struct policy){.file = source->file};
	policy->literals = map_new(arena);
	policy->prefixes = map_new(arena);
	policy->severities = map_new(arena);
	policy->checks = map_new(arena);
	policy->triggers = map_new(arena);
	people_init(&policy->people, arena);
	for (size_t i = 0; i < KINDS; i++)
		if (i != kind_index(SECTION_USER))
			loader.headings[i] = map_new(arena);
	if (!read_file(&loader, &noted, source->file))
		return false;
	read_includes(&loader, &noted);
	signers_read(policy, &noted, arena, errors);
	secretfiles_read(policy, &noted, arena, errors);
	finish(&loader);
	return errors->count == before;
}

struct policy *policyfile_load(struct arena *arena, const struct policy_source *source, struct findings *errors)
{
	struct policy *policy = arena_alloc(arena, sizeof(*policy));

	return policyfile_read(arena, source, policy, errors) ? policy : NULL;
}
