/* telling: a step of a branch and what each rule says of it, as text. */
#include "telling.h"

#include <stdint.h>

#include "arena.h"
#include "judgegrant.h"
#include "judgelanding.h"
#include "report.h"
#include "rules/counted.h"

/* One update being told. */
struct telling {
	const struct plan *plan;
	struct rule_case c;
	struct buffer *out;
	struct findings flow; /* what a grant may let pass */
};

static void users_add(struct buffer *out, const char *before, const struct user *const *users, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		buffer_add(out, bytes_of(i ? ", " : before));
		escape_add(out, users[i]->name, SIZE_MAX);
	}
}

/* "approved by bob, carol": those whose word counts; why that of others does not, the rules say. */
static void opinions_add(struct telling *telling, const struct landing *step)
{
	struct counted counted;

	telling->c.landing = step;
	if (!counted_approvers(&telling->c, telling->out->arena, &counted))
		return;
	users_add(telling->out, ", approved by ", counted.users, counted.count);
	users_add(telling->out, ", changes requested by ", counted.rejecting, counted.rejecting_count);
}

/* "squash of 3f2c1ab (feature/x) onto 0a1b2c3: 91d0c2e, approved by bob" */
static void step_add(struct telling *telling, const struct landing *step)
{
	struct buffer *out = telling->out;

	buffer_printf(out, "%s of %s", landing_method_name(step->method), oid_abbrev(&step->head).text);
	for (size_t i = 0; i < step->source_count; i++) {
		buffer_add(out, i ? BYTES(", ") : BYTES(" ("));
		escape_add(out, refname_short(step->sources[i].ref), SIZE_MAX);
	}
	buffer_add(out, step->source_count ? BYTES(")") : BYTES(""));
	if (step->method != LANDING_DEPLOY)
		buffer_printf(out, " onto %s: %s", oid_abbrev(&step->from).text, oid_abbrev(&step->to).text);
	opinions_add(telling, step);
	buffer_add(out, BYTES("\n"));
}

static const char *mark_of(const struct findings *findings)
{
	enum severity severity = SEVERITY_OFF;

	for (const struct finding *finding = findings->first; finding; finding = finding->next)
		if (finding->severity > severity)
			severity = finding->severity;
	if (severity == SEVERITY_UNDECIDED || (severity < SEVERITY_ENFORCE && findings_open(findings)))
		return "?   ";
	return severity == SEVERITY_ENFORCE ? "no  " : severity == SEVERITY_WARN ? "warn" : "ok  ";
}

static void line_add(struct buffer *out, const char *before, struct bytes text)
{
	if (!text.len)
		return;
	buffer_printf(out, "         %s", before);
	escape_add(out, text, SIZE_MAX);
	buffer_add(out, BYTES("\n"));
}

/* What was found, what was wanted and what mends it. */
static void finding_add(struct buffer *out, const struct finding *finding)
{
	line_add(out, "", finding->found);
	line_add(out, "wanted: ", finding->wanted);
	line_add(out, "", finding->fix);
}

/* "  no   checks = ci", and below it why. */
static void word_add(struct buffer *out, const struct rule_case *c, const struct findings *found)
{
	const struct setting *setting = c->setting;

	buffer_printf(out, "  %s %s", mark_of(found), c->rule->name);
	for (size_t i = 0; setting && i < setting->clause_count; i++) {
		buffer_add(out, i ? BYTES("; ") : BYTES(" = "));
		escape_add(out, setting->clauses[i].text, SIZE_MAX);
	}
	buffer_add(out, BYTES("\n"));
	for (const struct finding *finding = found->first; finding; finding = finding->next)
		finding_add(out, finding);
}

static bool objects(const struct findings *found)
{
	for (const struct finding *finding = found->first; finding; finding = finding->next)
		if (finding->severity > SEVERITY_NOTE)
			return true;
	return false;
}

/* What is asked of every landing: also who pushes, where that is known. */
static bool is_told(const struct rule_case *c)
{
	bool pushed = bytes_equal(bytes_of(c->rule->name), BYTES("push")) && !facts_user_open(c->facts);

	return c->setting && (c->landing || pushed);
}

/* Has the rule of the case say what it does: when it is about landing that is told whatever it is, else when it
 * objects, or leaves it to the server.
 */
static struct findings hear(struct telling *telling)
{
	struct rule_case *c = &telling->c;
	struct findings found = {.arena = telling->plan->findings->arena};

	plan_ask(c, &found);
	if (is_told(c) || objects(&found) || findings_open(&found))
		word_add(telling->out, c, &found);
	return found;
}

/* Makes it the case of a rule; false when that is not asked. */
static bool take_up(struct telling *telling, size_t rule)
{
	struct rule_case *c = &telling->c;

	c->rule = rules[rule];
	c->severity = telling->plan->severities[rule];
	c->setting = section_setting(c->section, c->rule->name);
	return c->rule->scope == (c->landing ? SCOPE_LANDING : SCOPE_UPDATE) && c->severity != SEVERITY_OFF &&
	       (c->setting || c->rule->flags & RULE_ALWAYS);
}

/* Puts the case to one rule. False when nothing more is to be asked. */
static bool ask(struct telling *telling, size_t rule)
{
	struct rule_case *c = &telling->c;

	if (!take_up(telling, rule))
		return true;
	struct findings found = hear(telling);

	findings_take(c->landing || c->rule->flags & RULE_FLOW ? &telling->flow : telling->plan->findings, &found);
	return !(c->rule->flags & RULE_BARS) || !objects(&found);
}

static void ask_all(struct telling *telling, const struct landing *landing)
{
	telling->c.landing = landing;
	for (size_t i = 0; i < rule_count; i++)
		if (!ask(telling, i))
			return;
}

/* Where there is no way to see what lands: the sentence that says why. */
static void tell_none(struct telling *telling, const struct findings *found)
{
	for (const struct finding *finding = found->first; finding; finding = finding->next) {
		buffer_printf(telling->out, "  %s %.*s\n", mark_of(found), BYTES_ARG(finding->rule));
		finding_add(telling->out, finding);
	}
	findings_take(&telling->flow, found);
}

static void tell_pusher(const struct telling *telling)
{
	const struct setting *push = section_setting(telling->c.section, "push");

	if (!facts_user_open(telling->c.facts))
		return;
	buffer_add(telling->out, BYTES("  ?    push"));
	if (push)
		buffer_printf(telling->out, " = %.*s", BYTES_ARG(push->clauses[0].text));
	buffer_add(telling->out, BYTES(": only the server knows who you are\n"));
}

/* What a grant lets pass is told by the note that judge_grant() adds. */
static void tell_grant(struct telling *telling, size_t index)
{
	struct findings judged = {.arena = telling->flow.arena};

	judge_grant(telling->plan, index, &telling->flow, &judged);
	if (judged.count > telling->flow.count) {
		buffer_add(telling->out, BYTES("  ok   "));
		escape_add(telling->out, judged.first->found, SIZE_MAX);
		buffer_add(telling->out, BYTES("\n"));
	}
	findings_take(telling->plan->findings, &judged);
}

static struct telling telling_of(const struct plan *plan, size_t index, struct buffer *out)
{
	return (struct telling){
		.plan = plan,
		.c = {.policy = plan->policy,
		      .section = plan->sections[index],
		      .update = &plan->push->updates[index],
		      .record = plan->records[index],
		      .facts = plan->facts},
		.out = out,
		.flow = {.arena = plan->findings->arena},
	};
}

void telling_update(const struct plan *plan, size_t index, struct buffer *out)
{
	struct findings found = {.arena = plan->findings->arena};
	struct landing_cut cut = {0};
	struct telling telling = telling_of(plan, index, out);

	if (judge_landing(plan, index, &found, &cut) != ANSWER_YES)
		tell_none(&telling, &found);
	for (size_t i = 0; i < cut.count; i++) {
		step_add(&telling, cut.steps[i]);
		ask_all(&telling, cut.steps[i]);
	}
	ask_all(&telling, NULL);
	tell_pusher(&telling);
	tell_grant(&telling, index);
}

bool telling_refusal(const struct plan *plan, size_t index, const struct landing *landing, const char *rule,
		     struct buffer *out)
{
	struct buffer word = {.arena = out->arena};
	struct telling telling = telling_of(plan, index, &word);

	telling.c.landing = landing;
	for (size_t i = 0; i < rule_count; i++) {
		if (!bytes_equal(bytes_of(rules[i]->name), bytes_of(rule)) || !take_up(&telling, i))
			continue;
		struct findings found = hear(&telling);

		if (findings_worst(&found) < SEVERITY_ENFORCE)
			return false;
		findings_take(plan->findings, &found);
		buffer_add(out, buffer_bytes(&word));
		return true;
	}
	return false;
}
