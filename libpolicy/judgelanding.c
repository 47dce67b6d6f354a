/* judgelanding: the rules' word on every way to see what lands, and the way that counts. */
#include "judgelanding.h"

#include "arena.h"
#include "debt.h"
#include "rules/beginning.h"

/* A way to see one step, with what the rules say of it once they were asked. */
struct edge {
	const struct landing *landing;
	struct edge *next; /* from the same place */
	struct findings findings;
	size_t problems;
	bool asked;
	bool clean; /* no error */
};

/* Steps that follow one another. */
struct way {
	bool found;
	size_t steps;
	size_t strangers; /* steps whose head no branch brings */
	size_t problems;
};

/* A place on the line. */
struct place {
	struct edge *edges;    /* that begin here */
	const struct edge *by; /* the last one of the best way to it; NULL: none, or it is where the line begins */
	struct way to;	       /* the best one found to it */
	struct way on;	       /* the best one from it to the end, whatever its problems */
};

struct weighing {
	const struct plan *plan;
	struct rule_case c;
	struct place *places;
	size_t length;
};

/* The heaviest severity, of a policy that only evaluates too: the way that counts is the same in both modes. */
static enum severity heaviest(const struct findings *findings)
{
	enum severity severity = SEVERITY_OFF;

	for (const struct finding *finding = findings->first; finding; finding = finding->next)
		if (finding->severity > severity)
			severity = finding->severity;
	return severity;
}

/* Puts a step to one rule; false when nothing more is to be asked about it. */
static bool ask_rule(struct weighing *weighing, size_t rule, struct findings *findings)
{
	struct rule_case *c = &weighing->c;

	c->rule = rules[rule];
	c->severity = weighing->plan->severities[rule];
	c->setting = section_setting(c->section, c->rule->name);
	if (c->rule->scope != SCOPE_LANDING || c->severity == SEVERITY_OFF ||
	    !(c->setting || c->rule->flags & RULE_ALWAYS))
		return true;
	plan_ask(c, findings);
	return !(c->rule->flags & RULE_BARS) || heaviest(findings) < SEVERITY_ENFORCE;
}

/*
 * What the rules say is kept: a step may be part of several ways. Rules that were not asked count as problems: a way is
 * no better for ending the asking.
 */
static void ask(struct weighing *weighing, struct edge *edge)
{
	if (edge->asked)
		return;
	edge->asked = true;
	edge->findings.arena = weighing->plan->findings->arena;
	weighing->c.landing = edge->landing;
	for (size_t i = 0; !edge->landing->nothing && i < rule_count; i++)
		if (!ask_rule(weighing, i, &edge->findings)) {
			edge->problems = rule_count - i;
			break;
		}
	edge->problems += edge->findings.count;
	edge->clean = heaviest(&edge->findings) < SEVERITY_ENFORCE;
}

/* Fewer steps are better; of as many, those with the heads of branches, which the pusher will have meant; then fewer
 * problems. */
static bool is_better(const struct way *a, const struct way *b)
{
	if (a->found != b->found)
		return a->found;
	if (a->steps != b->steps)
		return a->steps < b->steps;
	return a->strangers != b->strangers ? a->strangers < b->strangers : a->problems < b->problems;
}

static struct way with(const struct way *way, const struct edge *edge)
{
	const struct landing *landing = edge->landing;

	return (struct way){
		.found = way->found,
		.steps = way->steps + !landing->nothing,
		.strangers = way->strangers + !(landing->nothing || landing->source_count),
		.problems = way->problems,
	};
}

/* Whether the step counts: it is asked about when its severity matters. */
static bool counts(struct weighing *weighing, struct edge *edge, bool clean)
{
	if (clean)
		ask(weighing, edge);
	return !clean || edge->clean;
}

/* Back from the end, the best ways there: with clean steps only, or with any. About a step that leads to none of them
 * nothing is asked. */
static void look_on(struct weighing *weighing, bool clean)
{
	for (size_t i = weighing->length; i-- > 0;) {
		struct place *place = &weighing->places[i];

		place->on.found = false;
		for (struct edge *edge = place->edges; edge; edge = edge->next) {
			struct way way = with(&weighing->places[edge->landing->last].on, edge);

			if (way.found && is_better(&way, &place->on) && counts(weighing, edge, clean))
				place->on = way;
		}
	}
}

/* Whether no way on is better than one that begins with this step. */
static bool is_best(const struct weighing *weighing, const struct edge *edge)
{
	struct way way = with(&weighing->places[edge->landing->last].on, edge);

	return way.found && !is_better(&weighing->places[edge->landing->first].on, &way);
}

static void extend(struct weighing *weighing, const struct place *from, struct edge *edge)
{
	struct place *to = &weighing->places[edge->landing->last];
	struct way way = with(&from->to, edge);

	ask(weighing, edge);
	way.problems += edge->problems;
	if (is_better(&way, &to->to)) {
		to->to = way;
		to->by = edge;
	}
}

/*
 * Whether a way leads to the end of the line, with clean steps only or with any; the best one is then told by the
 * places. Of the ways with the fewest steps and strangers the problems decide, so that about no others it is asked.
 */
static bool find_way(struct weighing *weighing, bool clean)
{
	look_on(weighing, clean);
	for (size_t i = 1; i <= weighing->length; i++)
		weighing->places[i].to.found = false;
	for (size_t i = 0; i < weighing->length; i++)
		for (struct edge *edge = weighing->places[i].edges; edge && weighing->places[i].to.found;
		     edge = edge->next)
			if (is_best(weighing, edge) && counts(weighing, edge, clean))
				extend(weighing, &weighing->places[i], edge);
	return weighing->places[weighing->length].to.found;
}

static void add_edges(struct weighing *weighing, const struct landing *landings, size_t count)
{
	struct arena *arena = weighing->plan->findings->arena;

	weighing->places = arena_array(arena, weighing->length + 1, sizeof(*weighing->places));
	weighing->places[0].to.found = weighing->places[weighing->length].on.found = true;
	for (size_t i = count; i-- > 0;) {
		struct edge *edge = arena_alloc(arena, sizeof(*edge));
		struct place *place = &weighing->places[landings[i].first];

		edge->landing = &landings[i];
		edge->next = place->edges;
		place->edges = edge;
	}
}

/* The steps of the way, from its end back to its beginning, and what was said of them. */
static void take_way(const struct weighing *weighing, struct findings *findings, struct landing_cut *ret_cut)
{
	const struct place *end = &weighing->places[weighing->length];
	const struct edge **edges = arena_array(findings->arena, end->to.steps, sizeof(struct edge *));
	size_t at = end->to.steps;

	for (size_t place = weighing->length; place;) {
		const struct edge *edge = weighing->places[place].by;

		if (!edge->landing->nothing)
			edges[--at] = edge;
		place = edge->landing->first;
	}
	ret_cut->steps = arena_array(findings->arena, end->to.steps, sizeof(struct landing *));
	ret_cut->count = end->to.steps;
	for (size_t i = 0; i < end->to.steps; i++) {
		ret_cut->steps[i] = edges[i]->landing;
		findings_take(findings, &edges[i]->findings);
	}
}

/* The first rule about landing that the section switches on, for what is said of no step; false when there is none. */
static bool first_rule(struct weighing *weighing)
{
	const struct plan *plan = weighing->plan;

	for (size_t i = 0; i < rule_count; i++) {
		const struct setting *setting = section_setting(weighing->c.section, rules[i]->name);

		if (rules[i]->scope != SCOPE_LANDING || !rules[i]->key_count || plan->severities[i] == SEVERITY_OFF ||
		    !setting)
			continue;
		weighing->c.rule = rules[i];
		weighing->c.setting = setting;
		weighing->c.severity = plan->severities[i];
		return true;
	}
	return false;
}

static void refuse_beginning(const struct weighing *weighing, struct findings *findings)
{
	struct finding *finding =
		beginning_refuse(&weighing->c, "a first-parent line that begins on a trunk", findings);

	if (finding)
		finding_fix(findings, finding, "git fetch, and create the branch from a trunk");
}

static enum answer weigh(struct weighing *weighing, enum landing_look look, bool *ret_clean)
{
	const struct plan *plan = weighing->plan;
	const struct landing *landings;
	size_t count;
	enum answer answer = facts_landings(plan->facts, plan->policy, weighing->c.section, weighing->c.update, look,
					    &landings, &count, &weighing->length);

	if (answer != ANSWER_YES)
		return answer;
	add_edges(weighing, landings, count);
	*ret_clean = find_way(weighing, true);
	if (look == LOOK_ALL && !*ret_clean)
		find_way(weighing, false);
	return ANSWER_YES;
}

static bool is_deploy(const struct weighing *weighing)
{
	return weighing->c.section->kind == SECTION_DEPLOY;
}

/* Whether the account keeps what lands though nothing is asked about it: deploys, told by their tags alone, and what
 * debts are told by. */
static bool is_kept(const struct weighing *weighing)
{
	return is_deploy(weighing) || debts_concern(weighing->plan->policy, weighing->c.update->ref);
}

enum answer judge_landing(const struct plan *plan, size_t index, struct findings *findings, struct landing_cut *ret_cut)
{
	struct weighing weighing = {
		.plan = plan,
		.c = {.policy = plan->policy,
		      .section = plan->sections[index],
		      .update = &plan->push->updates[index],
		      .facts = plan->facts},
	};
	struct landing_cut cut = {0};
	bool clean = false, asked = first_rule(&weighing);

	if (weighing.c.update->kind == UPDATE_DELETE || !weighing.c.section || !(asked || is_kept(&weighing)))
		return ANSWER_NO;
	enum answer answer = ANSWER_YES;

	for (enum landing_look look = LOOK_WHOLE; answer == ANSWER_YES && !clean && look <= LOOK_ALL; look++)
		answer = weigh(&weighing, look, &clean);
	if (answer == ANSWER_YES)
		take_way(&weighing, findings, &cut);
	first_rule(&weighing);
	if (answer == ANSWER_UNKNOWN && asked)
		plan_undecided(&weighing.c, findings);
	else if (answer == ANSWER_NO && asked && !is_deploy(&weighing))
		refuse_beginning(&weighing, findings);
	if (ret_cut)
		*ret_cut = cut;
	return answer;
}
