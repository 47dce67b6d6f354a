/* judgegrant: what a grant lets pass (design 4.9). */
#include "judgegrant.h"

#include "arena.h"

/* Rejects or leaves undecided, under a policy that enforces or one that only tells. */
static bool stops(const struct finding *finding)
{
	return finding->severity >= SEVERITY_ENFORCE && !finding->firm;
}

static struct finding *first_stop(const struct findings *flow)
{
	struct finding *finding = flow->first;

	while (finding && !stops(finding))
		finding = finding->next;
	return finding;
}

void judge_stops(const struct findings *flow, struct bytes **ret_rules, size_t *ret_count)
{
	struct map *seen = map_new(flow->arena);

	*ret_rules = arena_array(flow->arena, flow->count, sizeof(**ret_rules));
	*ret_count = 0;
	for (const struct finding *finding = flow->first; finding; finding = finding->next) {
		if (!stops(finding) || map_get(seen, finding->rule))
			continue;
		map_set(seen, finding->rule, seen);
		(*ret_rules)[(*ret_count)++] = finding->rule;
	}
}

/* "rewrite, soak" */
static struct bytes skipped(const struct findings *flow)
{
	struct buffer list = {.arena = flow->arena};
	struct bytes *names;
	size_t count;

	judge_stops(flow, &names, &count);
	for (size_t i = 0; i < count; i++)
		buffer_printf(&list, "%s%.*s", i ? ", " : "", BYTES_ARG(names[i]));
	return buffer_bytes(&list);
}

static void spare(const struct plan *plan, size_t index, const struct grant *grant, struct findings *flow,
		  struct findings *findings)
{
	const struct setting *givers = section_setting(plan->sections[index], "grant");
	struct override *override = arena_alloc(findings->arena, sizeof(*override));
	struct finding *note =
		findings_add(findings, "grant", SEVERITY_NOTE, "granted by %.*s: %.*s; skipped: %.*s",
			     BYTES_ARG(grant->user->name), BYTES_ARG(grant->reason), BYTES_ARG(skipped(flow)));

	note->ref = plan->push->updates[index].ref;
	note->evaluated = plan->policy->evaluate;
	note->origin = givers->origin;
	note->override = override;
	*override = (struct override){.user = grant->user->name, .reason = grant->reason};
	judge_stops(flow, &override->rules, &override->rule_count);
	/* whether it is spent, only the account tells */
	note->open = facts_cloned(plan->facts);
	for (struct finding *finding = flow->first; finding; finding = finding->next) {
		if (finding->firm)
			continue;
		finding->severity = SEVERITY_NOTE;
		finding->open |= note->open;
		finding->wanted = finding->fix = (struct bytes){0};
	}
}

void judge_grant(const struct plan *plan, size_t index, struct findings *flow, struct findings *findings)
{
	struct finding *first = first_stop(flow);
	const char *why = NULL;
	enum answer answer = ANSWER_NO;
	struct grant grant;

	if (first)
		answer = facts_grant(plan->facts, plan->sections[index], &plan->push->updates[index], &grant, &why);
	if (answer == ANSWER_YES)
		spare(plan, index, &grant, flow, findings);
	if (answer == ANSWER_UNKNOWN)
		why = facts_reason(plan->facts);
	if (why)
		finding_fix(flow, first, "%s%s%.*s", why, first->fix.len ? "; " : "", BYTES_ARG(first->fix));
	findings_take(findings, flow);
}
