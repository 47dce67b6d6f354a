/* judge: the engine: which rules apply to what, and their findings in order. It knows no rule by name. */
#include "judge.h"

#include "arena.h"
#include "gather.h"

/* What is the same for every case of a layer, worked out once. */
struct plan {
	const struct layers *layers;
	const struct policy *policy;
	const struct push *push;
	struct facts *facts;
	struct findings *findings;
	const struct section **sections; /* of each update */
	enum severity *severities;	 /* of each rule */
	const struct setting **settings; /* of each commit rule, from [commit] */
	struct arena *scratch;		 /* emptied after every commit */
	bool first;			 /* the layer that judges what no policy can change */
};

static enum severity severity_of(const struct policy *policy, const struct rule *rule)
{
	const struct setting *setting = map_get(policy->severities, bytes_of(rule->name));

	return setting && !(rule->flags & RULE_FIXED) ? (enum severity)setting->number : rule->severity;
}

static struct plan plan_make(const struct layers *layers, size_t layer, struct facts *facts, struct findings *findings)
{
	struct arena *arena = findings->arena;
	struct plan plan = {
		.layers = layers,
		.policy = layers->policy[layer],
		.facts = facts,
		.findings = findings,
		.severities = arena_array(arena, rule_count, sizeof(*plan.severities)),
		.settings = arena_array(arena, rule_count, sizeof(*plan.settings)),
		.scratch = arena_child(arena),
		.first = layer == 0,
	};

	for (size_t i = 0; i < rule_count; i++) {
		plan.severities[i] = severity_of(plan.policy, rules[i]);
		if (rules[i]->scope == SCOPE_COMMIT)
			plan.settings[i] = section_setting(plan.policy->commit, rules[i]->name);
	}
	return plan;
}

/* Not being able to tell weighs more than any finding: it becomes one of its own. */
static void undecided(const struct rule_case *c, struct findings *findings, const char *reason)
{
	case_add(c, findings, "%s", reason)->severity = SEVERITY_UNDECIDED;
}

static void ask(const struct rule_case *c, struct findings *findings)
{
	if (!c->rule->judge(c, findings))
		undecided(c, findings, facts_reason(c->facts));
}

/* Fixed rules say the same under every policy, so one layer says it; others need a layer that speaks of refs. */
static bool judges_update(const struct plan *plan, const struct rule *rule)
{
	return rule->flags & RULE_FIXED ? plan->first : plan->policy->governs;
}

static void judge_update(const struct plan *plan, size_t index)
{
	struct rule_case c = {
		.policy = plan->policy,
		.section = plan->sections[index],
		.update = &plan->push->updates[index],
		.facts = plan->facts,
	};

	for (size_t i = 0; i < rule_count; i++) {
		c.rule = rules[i];
		c.severity = plan->severities[i];
		if (c.rule->scope != SCOPE_UPDATE || c.severity == SEVERITY_OFF || !judges_update(plan, c.rule))
			continue;
		c.setting = section_setting(c.section, c.rule->name);
		if (c.setting || c.rule->flags & RULE_ALWAYS)
			ask(&c, plan->findings);
	}
}

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

/* Runs the commit rules that have, or have not, `flag`. */
static void judge_commit_rules(const struct plan *plan, struct rule_case *c, enum commits_level level, bool message,
			       struct findings *findings)
{
	for (size_t i = 0; i < rule_count; i++) {
		c->rule = rules[i];
		c->severity = severity_at(plan, i, level);
		c->setting = plan->settings[i];
		if (c->rule->scope == SCOPE_COMMIT && c->severity != SEVERITY_OFF &&
		    !(c->rule->flags & RULE_MESSAGE) == !message)
			ask(c, findings);
	}
}

/* The form of a merge's or a revert's message is git's own: asked only when there is something to spare. */
static void spare(const struct rule_case *c, struct findings *form, struct findings *findings)
{
	enum exemption exemption;

	if (!form->count)
		return;
	if (facts_exempt(c->facts, c->commit, &exemption) != ANSWER_YES) {
		undecided(c, findings, facts_reason(c->facts));
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

static void judge_commit(const struct plan *plan, const struct update *update, const struct section *section,
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
		judge_commit(plan, update, plan->sections[index], &commit, level);
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

bool judge_bootstraps(const struct policy *policy, const struct user *user)
{
	const struct setting *bootstrap = section_setting(policy->policy, "bootstrap");

	return bootstrap && people_listed(bootstrap, user);
}

static bool bootstrap(const struct plan *plan, bool *ret_told)
{
	enum answer answer = ANSWER_YES;

	if (judge_bootstraps(plan->policy, facts_user(plan->facts)))
		answer = facts_has_refs(plan->facts);
	*ret_told = answer != ANSWER_UNKNOWN;
	if (answer == ANSWER_NO)
		findings_add(plan->findings, "bootstrap", SEVERITY_NOTE,
			     "the repository was empty: accepted unjudged, as %.*s says",
			     BYTES_ARG(plan->policy->file));
	return answer == ANSWER_NO;
}

static bool judge_layer(struct plan *plan, const struct push *push)
{
	bool told;

	plan->push = push;
	if (bootstrap(plan, &told) || !told)
		return told;
	plan->sections = arena_array(plan->findings->arena, push->count, sizeof(*plan->sections));
	for (size_t i = 0; i < push->count; i++) {
		if (!refname_reserved(push->updates[i].ref))
			plan->sections[i] = section_find(plan->policy, push->updates[i].ref);
		judge_update(plan, i);
	}
	for (enum commits_level level = COMMITS_OFF; level <= COMMITS_ENFORCE; level++)
		if (!judge_commits(plan, level))
			return false;
	return true;
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
	bool judged = layers->count && push->count;

	for (size_t i = 0; i < layers->count; i++) {
		struct plan plan = plan_make(layers, i, facts, findings);

		if (judge_layer(&plan, push))
			continue;
		undecided_layer(&plan);
		judged &= plan.policy->evaluate;
	}
	return judged;
}

bool judge_message(const struct layers *layers, struct bytes ref, const struct commit *commit, struct facts *facts,
		   struct findings *findings)
{
	for (size_t i = 0; i < layers->count; i++) {
		struct plan plan = plan_make(layers, i, facts, findings);
		const struct section *section = ref.len ? section_find(plan.policy, ref) : NULL;

		judge_commit(&plan, NULL, section, commit, section_commits(section));
		arena_reset(plan.scratch);
	}
	return layers->count;
}
