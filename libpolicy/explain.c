/* explain: which values of a policy bear on one ref, and where each comes from. */
#include "explainstyle.h"

#include "arena.h"
#include "explain.h"
#include "nearest.h"
#include "pattern.h"
#include "policyfile.h"
#include "record.h"
#include "rule.h"
#include "section.h"
#include "spelling.h"

static void take_user(struct map *seen, const struct user *user, struct bytes *names, size_t *count)
{
	if (map_get(seen, user->name))
		return;
	map_set(seen, user->name, seen);
	names[(*count)++] = user->name;
}

size_t explain_users(struct arena *arena, const struct who *who, struct bytes **ret_names)
{
	struct map *seen = map_new(arena);
	size_t room = who->count, count = 0;

	for (size_t i = 0; i < who->group_count; i++)
		room += who->groups[i]->user_count;
	*ret_names = arena_array(arena, room, sizeof(**ret_names));
	for (size_t i = 0; i < who->count; i++)
		take_user(seen, who->list[i], *ret_names, &count);
	for (size_t i = 0; i < who->group_count; i++)
		for (size_t k = 0; k < who->groups[i]->user_count; k++)
			take_user(seen, who->groups[i]->list[k], *ret_names, &count);
	return count;
}

static void add_value(void *context, const struct key *key, const struct rule *rule)
{
	struct explain_view *view = context;
	struct explain_value value = {.key = key, .checks = rule || key->about};

	if (!(key->sections & view->section->kind))
		return;
	value.setting = section_setting(view->section, key->name);
	if (rule && key == &rule->keys[0])
		value.severity = map_get(view->policy->severities, bytes_of(rule->name));
	view->style->value(view, &value);
}

/* The keys of one section, by its heading. */
static void add_section(struct explain_view *view, const struct section *section)
{
	view->section = section;
	view->unset = (struct buffer){.arena = view->out->arena};
	view->style->section(view);
	policyfile_keys(add_value, view);
	view->style->end(view);
}

/* What the ref would be called if its first component were that of `section`; empty when it has no fixed one. */
static struct bytes renamed(struct arena *arena, const struct section *section, struct bytes name)
{
	struct bytes fixed = pattern_prefix(section->pattern);
	size_t slash = bytes_index(fixed, '/');

	if (section->literal)
		return pattern_text(section->pattern);
	if (slash == fixed.len)
		return (struct bytes){0};
	return bytes_printf(arena, "%.*s%.*s", BYTES_ARG(bytes_first(fixed, slash)),
			    BYTES_ARG(bytes_from(name, bytes_index(name, '/'))));
}

/* What of a name like that the section takes: it as it is or with other letters, else what its names look like. */
static struct bytes taken(struct arena *arena, const struct section *section, struct bytes name)
{
	struct bytes tidy = spelling_tidy(arena, name), anybody = {0};

	if (pattern_match(section->pattern, name, anybody))
		return name;
	return pattern_match(section->pattern, tidy, anybody) ? tidy : pattern_text(section->pattern);
}

static void add_refused(struct explain_view *view, struct bytes ref)
{
	enum section_kind kind = section_kind_of(ref);
	const struct policy *policy = view->policy;
	struct arena *arena = view->out->arena;
	struct bytes name = bytes_from(ref, section_prefix(kind).len);
	struct bytes *candidates = arena_array(arena, policy->section_count, sizeof(*candidates));
	const struct section **accepted = arena_array(arena, policy->section_count, sizeof(*accepted));
	struct bytes *offers = arena_array(arena, policy->section_count, sizeof(*offers));
	size_t count = 0, accepted_count = 0;

	for (size_t i = 0; i < policy->section_count; i++) {
		const struct section *section = policy->sections[i];

		if (section->kind != kind)
			continue;
		accepted[accepted_count++] = section;
		candidates[count] = renamed(arena, section, name);
		offers[count] = taken(arena, section, candidates[count]);
		count += candidates[count].len > 0;
	}
	size_t near = nearest_index(name, candidates, count);

	view->style->refused(view, ref, accepted, accepted_count, near < count ? offers[near] : (struct bytes){0});
}

/* Records need no section: they are judged by what they say, and by the section of what they are for. */
static void add_record(struct explain_view *view, struct bytes ref)
{
	struct record record;

	view->style->record(view, record_parse(view->out->arena, ref, &record));
}

/* Of the section's own keys those that count where no refs are governed. */
static void add_judging(struct explain_view *view, const struct section *section)
{
	static const char *const keys[] = {"commits", "content"};

	view->style->judging(view);
	view->section = section;
	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++) {
		const struct setting *setting = section_setting(section, keys[i]);

		if (setting)
			view->style->value(view, &(struct explain_value){.key = setting->key, .setting = setting});
	}
}

static void add_layer(struct explain_view *view, struct bytes ref)
{
	const struct policy *policy = view->policy;
	const struct section *section = section_find(policy, ref), *judging = section_judging(policy, ref);

	view->style->layer(view);
	if (section)
		add_section(view, section);
	else if (!policy->governs)
		add_judging(view, judging);
	else if (record_kind_of(ref) != RECORD_NONE)
		add_record(view, ref);
	else
		add_refused(view, ref);
	if (policy->commit && (section || !policy->governs))
		add_section(view, policy->commit);
	if (policy->content && section_setting(judging, "content"))
		add_section(view, policy->content);
}

void explain_ref(const struct layers *layers, struct bytes ref, const struct explain_style *style, struct buffer *out)
{
	for (size_t i = 0; i < layers->count; i++) {
		struct explain_view view = {.style = style, .policy = layers->policy[i], .out = out};

		add_layer(&view, ref);
	}
}
