/* explain: the policy of one ref as a table, and the rules as a reference. */
#include "explain.h"

#include <string.h>

#include "arena.h"
#include "nearest.h"
#include "pattern.h"
#include "people.h"
#include "policyfile.h"
#include "record.h"
#include "rule.h"
#include "section.h"
#include "utf8.h"

#define VALUE_COLUMNS 56u /* up to where the second column begins */

/* What is being explained, for policyfile_keys(). */
struct view {
	const struct policy *policy;
	const struct section *section; /* whose keys they are */
	struct buffer *out;
	struct buffer unset; /* names of keys that are not there, so that nothing is checked */
};

static void print_row(struct buffer *out, struct bytes left, struct bytes right)
{
	size_t width = utf8_length(left);
	unsigned gap = width + 2 < VALUE_COLUMNS ? VALUE_COLUMNS - (unsigned)width : 2;

	buffer_add(out, BYTES("    "));
	buffer_add(out, left);
	if (right.len)
		buffer_printf(out, "%*s", (int)gap, "");
	buffer_add(out, right);
	buffer_add(out, BYTES("\n"));
}

static void print_clause(struct buffer *out, const struct origin *origin, struct bytes left)
{
	print_row(out, left, bytes_printf(out->arena, "%.*s:%u", BYTES_ARG(origin->file), origin->line));
}

static void add_user(struct buffer *users, struct map *seen, const struct user *user)
{
	if (map_get(seen, user->name))
		return;
	map_set(seen, user->name, seen);
	buffer_printf(users, " %.*s", BYTES_ARG(user->name));
}

static void print_users(struct buffer *out, const struct who *who)
{
	struct buffer users = {.arena = out->arena};
	struct map *seen = map_new(out->arena);

	for (size_t i = 0; i < who->count; i++)
		add_user(&users, seen, who->list[i]);
	for (size_t i = 0; i < who->group_count; i++)
		for (size_t k = 0; k < who->groups[i]->user_count; k++)
			add_user(&users, seen, who->groups[i]->list[k]);
	if (!users.len)
		buffer_printf(&users, " nobody");
	if (!who->anyone)
		print_row(out, bytes_printf(out->arena, "  that is:%.*s", BYTES_ARG(buffer_bytes(&users))),
			  (struct bytes){0});
}

/* "approvals = 2 @reviewers", further clauses below it; who and what is meant. */
static void print_setting(struct buffer *out, const struct setting *setting, const char *name)
{
	int indent = (int)strlen(name) + 3;

	for (size_t i = 0; i < setting->clause_count; i++) {
		const struct clause *clause = &setting->clauses[i];
		struct bytes left = i ? bytes_printf(out->arena, "%*s%.*s", indent, "", BYTES_ARG(clause->text))
				      : bytes_printf(out->arena, "%s = %.*s", name, BYTES_ARG(clause->text));

		print_clause(out, &clause->origin, left);
		for (const struct who_list *list = setting->lists; list; list = list->next)
			if (list->clause == i && list->who)
				print_users(out, list->who);
	}
	if (setting->who)
		print_users(out, setting->who);
	if (setting->key->about)
		print_row(out, bytes_printf(out->arena, "  about: %s", setting->key->about), (struct bytes){0});
}

static void print_severity(const struct view *view, const struct key *key, const struct rule *rule)
{
	const struct setting *severity = rule ? map_get(view->policy->severities, bytes_of(rule->name)) : NULL;

	if (severity && key == &rule->keys[0])
		print_clause(view->out, &severity->origin,
			     bytes_printf(view->out->arena, "  severity: %.*s", BYTES_ARG(severity->clauses[0].text)));
}

static void print_key(void *context, const struct key *key, const struct rule *rule)
{
	struct view *view = context;

	if (!(key->sections & view->section->kind))
		return;
	const struct setting *setting = section_setting(view->section, key->name);

	if (setting)
		print_setting(view->out, setting, key->name);
	else if (key->unset)
		print_row(view->out, bytes_printf(view->out->arena, "%s = (unset: %s)", key->name, key->unset),
			  BYTES("default"));
	else if (rule || key->about)
		buffer_printf(&view->unset, " %s", key->name);
	if (setting || key->unset)
		print_severity(view, key, rule);
}

/* The keys of one section, by its heading. */
static void print_section(const struct policy *policy, const struct section *section, struct buffer *out)
{
	struct view view = {policy, section, out, {.arena = out->arena}};

	buffer_printf(out, "  %.*s  %.*s:%u\n", BYTES_ARG(section->origin.text), BYTES_ARG(section->origin.file),
		      section->origin.line);
	policyfile_keys(print_key, &view);
	if (view.unset.len)
		buffer_printf(out, "    unset, nothing is checked:%.*s\n", BYTES_ARG(buffer_bytes(&view.unset)));
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

static void print_refused(const struct policy *policy, struct bytes ref, enum section_kind kind, struct buffer *out)
{
	struct arena *arena = out->arena;
	struct bytes name = bytes_from(ref, section_prefix(kind).len), near;
	struct bytes *candidates = arena_array(arena, policy->section_count, sizeof(*candidates));
	size_t count = 0;

	buffer_printf(out, "  refused: no section governs %.*s\n", BYTES_ARG(ref));
	for (size_t i = 0; i < policy->section_count; i++) {
		const struct section *section = policy->sections[i];

		if (section->kind != kind)
			continue;
		print_clause(out, &section->origin,
			     bytes_printf(arena, "accepted: %.*s", BYTES_ARG(pattern_text(section->pattern))));
		candidates[count] = renamed(arena, section, name);
		count += candidates[count].len > 0;
	}
	near = nearest_word(arena, name, candidates, count);
	if (near.len)
		print_row(out, bytes_printf(arena, "nearest:  %.*s", BYTES_ARG(near)), (struct bytes){0});
}

/* Records need no section: they are judged by what they say, and by the section of what they are for. */
static void print_record(struct buffer *out, struct bytes ref)
{
	struct record record;
	const char *problem = record_parse(out->arena, ref, &record);

	if (problem)
		buffer_printf(out, "  refused: no record: %s\n", problem);
	else
		buffer_printf(out, "  a record: rules `record` and `push` judge it, and no section\n");
}

/* Of the section's own keys those that count where no refs are governed. */
static void print_judging(const struct section *section, struct buffer *out)
{
	static const char *const keys[] = {"commits", "content"};

	buffer_printf(out, "  speaks of no refs; messages and content only\n");
	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++) {
		const struct setting *setting = section_setting(section, keys[i]);

		if (setting)
			print_setting(out, setting, keys[i]);
	}
}

static void explain_layer(const struct policy *policy, struct bytes ref, struct buffer *out)
{
	const struct section *section = section_find(policy, ref), *judging = section_judging(policy, ref);

	buffer_printf(out, "%.*s:\n", BYTES_ARG(policy->file));
	if (policy->evaluate)
		buffer_printf(out, "  mode = evaluate: reported, never rejected\n");
	if (section)
		print_section(policy, section, out);
	else if (!policy->governs)
		print_judging(judging, out);
	else if (record_kind_of(ref) != RECORD_NONE)
		print_record(out, ref);
	else
		print_refused(policy, ref, section_kind_of(ref), out);
	if (policy->commit && (section || !policy->governs))
		print_section(policy, policy->commit, out);
	if (policy->content && section_setting(judging, "content"))
		print_section(policy, policy->content, out);
}

void explain_ref(const struct layers *layers, struct bytes ref, struct buffer *out)
{
	for (size_t i = 0; i < layers->count; i++)
		explain_layer(layers->policy[i], ref, out);
}
