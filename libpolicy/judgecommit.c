/* judgecommit: a commit, put to the rules about commits. */
#include "plan.h"

/* How much a rule about commits weighs where they are taken this seriously; OFF: it is not asked. */
static enum severity severity_at(const struct plan *plan, size_t rule, enum commits_level level)
{
	if (rules[rule]->flags & RULE_FIXED)
		return plan->severities[rule];
	if (level == COMMITS_OFF || !plan->settings[rule])
		return SEVERITY_OFF;
	if (level == COMMITS_WARN && plan->severities[rule] > SEVERITY_WARN)
		return SEVERITY_WARN;
	return plan->severities[rule];
}

/* Puts the commit to the rules about the form of its message, and to all others; the first of the former that finds
 * anything, or NULL. */
static const struct rule *judge_commit_rules(const struct plan *plan, struct rule_case *c, enum commits_level level,
					     struct findings *form, struct findings *other)
{
	const struct rule *first = NULL;

	for (size_t i = 0; i < plan->commit_rule_count; i++) {
		size_t place = plan->commit_rules[i];

		c->rule = rules[place];
		c->severity = severity_at(plan, place, level);
		c->setting = plan->settings[place];
		if (c->severity != SEVERITY_OFF)
			plan_ask(c, c->rule->flags & RULE_MESSAGE ? form : other);
		if (!first && form->count)
			first = c->rule;
	}
	return first;
}

/* The form of a merge's or a revert's message is git's own: asked only when there is something to spare. */
static void spare(const struct rule_case *c, const struct rule *rule, struct findings *form, struct findings *findings)
{
	enum exemption exemption;

	if (!rule)
		return;
	/* What is said of sparing is said under the rule that would be spared. */
	struct rule_case spared = *c;

	spared.rule = rule;
	spared.setting = section_setting(c->policy->commit, spared.rule->name);
	c = &spared;
	if (facts_exempt(c->facts, c->commit, &exemption) != ANSWER_YES) {
		plan_undecided(c, findings);
		exemption = EXEMPT_NOT;
	}
	if (exemption == EXEMPT_NOT) {
		findings_take(findings, form);
	} else if (exemption == EXEMPT_LIKELY) {
		struct finding *note =
			case_add(c, findings, "looks like git's own message; the server decides by the commit");

		note->severity = SEVERITY_NOTE;
	}
}

void plan_commit(const struct plan *plan, const struct update *update, const struct section *section,
		 const struct commit *commit, enum commits_level level)
{
	struct findings form = {.arena = plan->scratch}, other = {.arena = plan->scratch};
	struct message message;
	struct rule_case c = {
		.policy = plan->policy,
		.section = section,
		.update = update,
		.commit = commit,
		.message = &message,
		.facts = plan->facts,
	};

	message_parse(plan->scratch, commit->message, &message);
	spare(&c, judge_commit_rules(plan, &c, level, &form, &other), &form, &other);
	plan_hide(plan, commit->message, &other);
	findings_take(plan->findings, &other);
}
