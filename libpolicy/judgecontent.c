/* judgecontent: what commits add, what tags say and what is deployed, put to the rules about content. */
#include "arena.h"
#include "plan.h"
#include "record.h"
#include "section.h"

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

/* Puts the case to these rules about content. */
static void ask(const struct plan *plan, struct rule_case *c, unsigned long content)
{
	struct findings findings = {.arena = plan->scratch};

	for (size_t i = 0; i < rule_count; i++) {
		c->rule = rules[i];
		c->severity = plan->severities[i];
		if (c->rule->scope != SCOPE_CONTENT)
			continue;
		if (content & 1 && c->severity != SEVERITY_OFF)
			plan_ask(c, &findings);
		content >>= 1;
	}
	plan_hide(plan, c->text, &findings);
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
	ask(plan, c, c->setting->number);
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
		ask(plan, &c, c.setting->number);
}

/* Puts a tag's text to those rules that the section lists and that were not asked yet. */
static void judge_text(const struct plan *plan, const struct update *update, const struct section *section,
		       struct bytes text, unsigned long *asked)
{
	struct rule_case c = case_of(plan, update, section);

	if (!c.setting)
		return;
	c.text = text;
	ask(plan, &c, c.setting->number & ~*asked);
	*asked |= c.setting->number;
}

/* What records and deploys say is read by whoever reads the branches: whatever any section lists is asked of it. */
static bool speaks(struct bytes ref)
{
	return record_kind_of(ref) != RECORD_NONE || section_kind_of(ref) == SECTION_DEPLOY;
}

static void judge_tag(const struct plan *plan, size_t index, struct bytes text)
{
	const struct update *update = &plan->push->updates[index];
	const struct section *section;
	unsigned long asked = 0;

	judge_text(plan, update, plan->judging[index], text, &asked);
	for (size_t i = 0; speaks(update->ref) && plan_section(plan->policy, i, &section); i++)
		judge_text(plan, update, section, text, &asked);
}

/* Each tag object on the way to what the update names in the end, which rule `target` keeps short. */
static bool judge_tags(const struct plan *plan, size_t index)
{
	enum answer answer = ANSWER_YES;
	struct oid id = plan->push->updates[index].new;

	for (;;) {
		const struct tag *tag;
		struct bytes raw;

		answer = facts_tag(plan->facts, &id, &tag, &raw);
		if (answer != ANSWER_YES)
			break;
		judge_tag(plan, index, tag->message);
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
	const struct update *update = &plan->push->updates[index];
	const struct section *section = plan->judging[index];
	bool listed = section_setting(section, "content");

	if (update->kind == UPDATE_DELETE || !(listed || (speaks(update->ref) && plan_listed(plan->policy))))
		return true;
	bool told =
		judge_tags(plan, index) && (!listed || section->kind != SECTION_DEPLOY || judge_deployed(plan, index));

	arena_reset(plan->scratch);
	return told;
}
