/* judgecontent: what commits add, what tags say and what is deployed, put to the rules about content. */
#include "arena.h"
#include "plan.h"

/* What all questions about what comes to a ref have in common. */
static struct rule_case case_of(const struct plan *plan, const struct update *update, const struct section *section)
{
	return (struct rule_case){
		.policy = plan->policy,
		.section = section,
		.setting = section_setting(section, "content"),
		.update = update,
		.push = plan->push,
		.facts = plan->facts,
	};
}

/* Puts the case to the rules that its section lists. */
static void ask(const struct plan *plan, struct rule_case *c)
{
	struct findings findings = {.arena = plan->scratch};
	unsigned long content = c->setting->number;

	for (size_t i = 0; i < rule_count && content; i++) {
		c->rule = rules[i];
		c->severity = plan->severities[i];
		if (c->rule->scope != SCOPE_CONTENT)
			continue;
		if (content & 1 && c->severity != SEVERITY_OFF)
			plan_ask(c, &findings);
		content >>= 1;
	}
	findings_take(plan->findings, &findings);
}

/* With `whole` everything in the commit's tree. */
static bool judge_commit(const struct plan *plan, struct rule_case *c, const struct commit *commit, bool whole)
{
	c->commit = commit;
	c->text = commit->message;
	c->whole = whole;
	if (facts_added(plan->facts, commit, whole, &c->added, &c->added_count) != ANSWER_YES)
		return false;
	ask(plan, c);
	return true;
}

bool plan_content(const struct plan *plan, const struct update *update, const struct section *section,
		  const struct commit *commit)
{
	struct rule_case c = case_of(plan, update, section);

	return !c.setting || judge_commit(plan, &c, commit, false);
}

void plan_text(const struct plan *plan, const struct update *update, const struct section *section,
	       const struct commit *commit, struct bytes text)
{
	struct rule_case c = case_of(plan, update, section);

	c.commit = commit;
	c.text = text;
	if (c.setting)
		ask(plan, &c);
}

/* Each tag object on the way to what the update names in the end, which rule `target` keeps short. */
static bool judge_tags(const struct plan *plan, size_t index)
{
	const struct update *update = &plan->push->updates[index];
	enum answer answer = ANSWER_YES;
	struct oid id = update->new;

	for (;;) {
		const struct tag *tag;
		struct bytes raw;

		answer = facts_tag(plan->facts, &id, &tag, &raw);
		if (answer != ANSWER_YES)
			break;
		plan_text(plan, update, plan->judging[index], NULL, tag->message);
		id = tag->target;
	}
	return answer == ANSWER_NO;
}

/* Whoever added it, and whenever. */
static bool judge_deployed(const struct plan *plan, size_t index)
{
	const struct update *update = &plan->push->updates[index];
	struct rule_case c = case_of(plan, update, plan->judging[index]);
	const struct commit *commit;
	struct target target;

	if (facts_target(plan->facts, &update->new, &target) != ANSWER_YES)
		return false;
	if (target.peeled != OBJECT_COMMIT)
		return true;
	return facts_commit(plan->facts, &target.commit, &commit) == ANSWER_YES && judge_commit(plan, &c, commit, true);
}

bool plan_update_content(const struct plan *plan, size_t index)
{
	const struct section *section = plan->judging[index];

	if (!section_setting(section, "content"))
		return true;
	bool told = judge_tags(plan, index) && (section->kind != SECTION_DEPLOY || judge_deployed(plan, index));

	arena_reset(plan->scratch);
	return told;
}
