/* judge: the engine: which rules apply to which update, layer by layer. It knows no rule by name. */
#include "judge.h"

#include "arena.h"
#include "judgegrant.h"
#include "judgelanding.h"
#include "plan.h"

/*
 * Puts update `index` to the rules about updates that do, or do not, say the same under every policy. What those about
 * flow have to say goes to `flow`: a grant may let it pass.
 */
static void judge_rules(const struct plan *plan, size_t index, bool once, struct findings *flow)
{
	struct rule_case c = {
		.policy = plan->policy,
		.section = plan->sections[index],
		.update = &plan->push->updates[index],
		.push = plan->push,
		.record = plan->records[index],
		.facts = plan->facts,
	};

	for (size_t i = 0; i < rule_count; i++) {
		c.rule = rules[i];
		c.severity = plan->severities[i];
		if (c.rule->scope != SCOPE_UPDATE || c.severity == SEVERITY_OFF || !(c.rule->flags & RULE_ONCE) == once)
			continue;
		c.setting = section_setting(c.section, c.rule->name);
		if (c.setting || c.rule->flags & RULE_ALWAYS)
			plan_ask(&c, c.rule->flags & RULE_FLOW ? flow : plan->findings);
	}
}

void judge_flow(const struct plan *plan, size_t index, struct findings *flow)
{
	judge_rules(plan, index, false, flow);
	judge_landing(plan, index, flow, NULL);
}

/* What is found is told in the policy's order; of several steps that land, step by step. */
static void judge_update(const struct plan *plan, size_t index)
{
	struct findings said = {.arena = plan->findings->arena}, flow = said;
	struct plan own = *plan;
	struct landing_cut cut = {0};

	own.findings = &said;
	judge_rules(&own, index, false, &flow);
	judge_landing(&own, index, &flow, &cut);
	judge_grant(&own, index, &flow, &said);
	if (cut.count < 2)
		findings_order(&said);
	findings_take(plan->findings, &said);
}

/* What no policy can change is asked under one that enforces, if any does: none can relax another. */
static const struct policy *strictest(const struct layers *layers)
{
	for (size_t i = 0; i < layers->count; i++)
		if (!layers->policy[i]->evaluate)
			return layers->policy[i];
	return layers->policy[0];
}

static void judge_once(const struct layers *layers, const struct push *push, struct facts *facts,
		       struct findings *findings)
{
	struct plan plan = plan_make(strictest(layers), push, facts, findings);

	for (size_t i = 0; i < push->count; i++)
		judge_rules(&plan, i, true, plan.findings);
}

bool judge_bootstraps(const struct policy *policy, const struct user *user)
{
	const struct setting *bootstrap = section_setting(policy->policy, "bootstrap");

	return bootstrap && people_listed(bootstrap, user);
}

static bool bootstrap(const struct plan *plan, bool *ret_told)
{
	enum answer answer = ANSWER_NO;

	if (judge_bootstraps(plan->policy, facts_user(plan->facts)))
		answer = facts_untouched(plan->facts);
	*ret_told = answer != ANSWER_UNKNOWN;
	if (answer == ANSWER_YES)
		findings_add(plan->findings, "bootstrap", SEVERITY_NOTE,
			     "the repository was empty: accepted unjudged, as %.*s says", BYTES_ARG(plan->policy->file))
			->open = facts_cloned(plan->facts);
	return answer == ANSWER_YES;
}

static bool judge_layer(const struct plan *plan)
{
	bool told;

	if (facts_intact(plan->facts) != ANSWER_YES)
		return false;
	if (bootstrap(plan, &told) || !told)
		return told;
	for (size_t i = 0; plan->policy->governs && i < plan->push->count; i++)
		judge_update(plan, i);
	return plan_introduced(plan);
}

/* A layer without sections for refs leaves them to another; some layer has to have them, or nobody would be asked who
 * pushes. */
static void judge_governed(const struct layers *layers, struct findings *findings)
{
	for (size_t i = 0; i < layers->count; i++)
		if (layers->policy[i]->governs)
			return;
	struct finding *finding =
		findings_add(findings, "name", SEVERITY_ENFORCE, "no policy in force has a section for refs");

	finding->evaluated = strictest(layers)->evaluate;
	finding_fix(findings, finding, "the admin adds one, [branch \"**\"] for instance, to %.*s",
		    BYTES_ARG(layers->policy[layers->count - 1]->file));
}

/* Something a whole layer needed could not be told. */
static void undecided_layer(const struct plan *plan)
{
	struct finding *finding =
		findings_add(plan->findings, "push", SEVERITY_UNDECIDED, "%s", facts_reason(plan->facts));

	finding->evaluated = plan->policy->evaluate;
}

bool judge_push(const struct layers *layers, const struct push *push, struct facts *facts, struct findings *findings)
{
	struct plan plans[sizeof(layers->policy) / sizeof(*layers->policy)];
	bool judged = true;

	if (!layers->count || !push->count)
		return false;
	judge_governed(layers, findings);
	judge_once(layers, push, facts, findings);
	for (size_t i = 0; i < layers->count; i++) {
		plans[i] = plan_make(layers->policy[i], push, facts, findings);
		if (judge_layer(&plans[i]))
			continue;
		undecided_layer(&plans[i]);
		judged &= plans[i].policy->evaluate;
	}
	for (size_t i = 0; i < layers->count; i++)
		plan_hide(&plans[i], (struct bytes){0}, findings);
	return judged;
}

bool judge_message(const struct layers *layers, struct bytes ref, const struct commit *commit, struct facts *facts,
		   struct findings *findings)
{
	for (size_t i = 0; i < layers->count; i++) {
		struct plan plan = plan_make(layers->policy[i], NULL, facts, findings);
		const struct section *section = ref.len ? section_judging(plan.policy, ref) : NULL;

		plan_commit(&plan, NULL, section, commit, section_commits(section));
		plan_text(&plan, NULL, section, commit, commit->message);
	}
	return layers->count;
}
