/* plan: what a layer's policy says of every rule, and how a rule is asked. */
#include "plan.h"

#include "arena.h"

static enum severity severity_of(const struct policy *policy, const struct rule *rule)
{
	const struct setting *setting = map_get(policy->severities, bytes_of(rule->name));

	return setting && !(rule->flags & RULE_FIXED) ? (enum severity)setting->number : rule->severity;
}

static const struct record *record_of(struct bytes ref, struct arena *arena)
{
	struct record record, *kept;

	if (record_kind_of(ref) == RECORD_NONE || record_parse(arena, ref, &record))
		return NULL;
	kept = arena_alloc(arena, sizeof(*kept));
	*kept = record;
	return kept;
}

struct plan plan_make(const struct policy *policy, const struct push *push, struct facts *facts,
		      struct findings *findings)
{
	struct arena *arena = findings->arena;
	struct plan plan = {
		.policy = policy,
		.push = push,
		.facts = facts,
		.findings = findings,
		.severities = arena_array(arena, rule_count, sizeof(*plan.severities)),
		.settings = arena_array(arena, rule_count, sizeof(*plan.settings)),
		.commit_rules = arena_array(arena, rule_count, sizeof(*plan.commit_rules)),
		.scratch = arena_child(arena),
		.sections = push ? arena_array(arena, push->count, sizeof(*plan.sections)) : NULL,
		.judging = push ? arena_array(arena, push->count, sizeof(*plan.judging)) : NULL,
		.records = push ? arena_array(arena, push->count, sizeof(*plan.records)) : NULL,
	};

	for (size_t i = 0; push && i < push->count; i++) {
		plan.sections[i] = section_find(policy, push->updates[i].ref);
		plan.judging[i] = section_judging(policy, push->updates[i].ref);
		plan.records[i] = record_of(push->updates[i].ref, arena);
	}
	for (size_t i = 0; i < rule_count; i++) {
		plan.severities[i] = severity_of(plan.policy, rules[i]);
		if (rules[i]->scope != SCOPE_COMMIT)
			continue;
		plan.settings[i] = section_setting(plan.policy->commit, rules[i]->name);
		plan.commit_rules[plan.commit_rule_count++] = i;
	}
	return plan;
}

bool plan_section(const struct policy *policy, size_t index, const struct section **ret_section)
{
	size_t count = sizeof(policy->defaults) / sizeof(*policy->defaults);

	if (index >= policy->section_count + count)
		return false;
	*ret_section = index < policy->section_count ? policy->sections[index]
						     : policy->defaults[index - policy->section_count];
	return true;
}

unsigned long plan_listed(const struct policy *policy)
{
	const struct section *section;
	unsigned long listed = 0;

	for (size_t i = 0; plan_section(policy, i, &section); i++) {
		const struct setting *content = section_setting(section, "content");

		listed |= content ? content->number : 0;
	}
	return listed;
}

void plan_undecided(const struct rule_case *c, struct findings *findings)
{
	case_add(c, findings, "%s", facts_reason(c->facts))->severity = SEVERITY_UNDECIDED;
}

void plan_ask(const struct rule_case *c, struct findings *findings)
{
	if (!c->rule->judge(c, findings))
		plan_undecided(c, findings);
}
