/* judgecommit: the commits a push introduces, each parsed once and put to the rules about commits. */
#include "arena.h"
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

/* Puts the commit to the rules about the form of its message, or to all others. */
static void judge_commit_rules(const struct plan *plan, struct rule_case *c, enum commits_level level, bool message,
			       struct findings *findings)
{
	for (size_t i = 0; i < rule_count; i++) {
		c->rule = rules[i];
		c->severity = severity_at(plan, i, level);
		c->setting = plan->settings[i];
		if (c->rule->scope == SCOPE_COMMIT && c->severity != SEVERITY_OFF &&
		    !(c->rule->flags & RULE_MESSAGE) == !message)
			plan_ask(c, findings);
	}
}

/* The rule a finding about a commit came from. */
static const struct rule *rule_of(const struct finding *finding)
{
	size_t i = 0;

	while (i + 1 < rule_count && !bytes_equal(bytes_of(rules[i]->name), finding->rule))
		i++;
	return rules[i];
}

/* The form of a merge's or a revert's message is git's own: asked only when there is something to spare. */
static void spare(const struct rule_case *c, struct findings *form, struct findings *findings)
{
	enum exemption exemption;

	if (!form->count)
		return;
	/* What is said of sparing is said under the rule that would be spared. */
	struct rule_case spared = *c;

	spared.rule = rule_of(form->first);
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
	judge_commit_rules(plan, &c, level, false, &other);
	judge_commit_rules(plan, &c, level, true, &form);
	spare(&c, &form, &other);
	findings_take(plan->findings, &other);
}

/* A commit that does not parse is refused wherever it goes, by the one rule that needs no parsed commit. */
static void refuse_object(const struct plan *plan, const struct update *update, const struct oid *id,
			  const char *problem)
{
	struct finding *finding =
		findings_add(plan->findings, "object", SEVERITY_ENFORCE, "malformed commit: %s", problem);

	finding->ref = update->ref;
	finding->commit = *id;
	finding->evaluated = plan->policy->evaluate;
	finding_fix(plan->findings, finding, "make the commit again with git: git rebase --force-rebase %s^",
		    oid_abbrev(id).text);
}

static bool judge_introduced(const struct plan *plan, const struct introduced *introduced, const size_t *indexes,
			     enum commits_level level)
{
	size_t index = indexes[introduced->tip];
	const struct update *update = &plan->push->updates[index];
	struct object_problem problem;
	struct commit commit;
	struct bytes raw;

	if (facts_raw(plan->facts, &introduced->id, &raw) != ANSWER_YES)
		return false;
	if (commit_parse(plan->scratch, raw, &commit, &problem)) {
		commit.id = introduced->id;
		plan_commit(plan, update, plan->sections[index], &commit, level);
	} else {
		refuse_object(plan, update, &introduced->id, problem.text);
	}
	arena_reset(plan->scratch);
	return true;
}

/* The updates whose commits are taken exactly this seriously. */
static size_t updates_at(const struct plan *plan, enum commits_level level, size_t *indexes)
{
	size_t count = 0;

	for (size_t i = 0; i < plan->push->count; i++) {
		const struct section *section = plan->sections[i];

		if (plan->push->updates[i].kind != UPDATE_DELETE && (section || !plan->policy->governs) &&
		    section_commits(section) == level)
			indexes[count++] = i;
	}
	return count;
}

static bool judge_commits(const struct plan *plan, enum commits_level level)
{
	size_t *indexes = arena_array(plan->findings->arena, plan->push->count, sizeof(*indexes));
	size_t count = updates_at(plan, level, indexes), introduced_count;
	struct introduced *introduced;

	if (!count)
		return true;
	if (facts_introduced(plan->facts, plan->policy, plan->push, indexes, count, level, &introduced,
			     &introduced_count) != ANSWER_YES)
		return false;
	for (size_t i = 0; i < introduced_count; i++)
		if (!judge_introduced(plan, &introduced[i], indexes, level))
			return false;
	return true;
}

bool plan_commits(const struct plan *plan)
{
	for (enum commits_level level = COMMITS_OFF; level <= COMMITS_ENFORCE; level++)
		if (!judge_commits(plan, level))
			return false;
	return true;
}
