/* judgegrant: what a grant lets pass (design 4.9). */
#include "judgegrant.h"

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

bool judge_stops(const struct findings *flow)
{
	return first_stop(flow);
}

/* "rewrite, soak": the rules that would have stopped the move, each once. */
static struct bytes skipped(const struct findings *flow)
{
	struct buffer list = {.arena = flow->arena};
	struct map *seen = map_new(flow->arena);

	for (const struct finding *finding = flow->first; finding; finding = finding->next) {
		if (!stops(finding) || map_get(seen, finding->rule))
			continue;
		map_set(seen, finding->rule, seen);
		buffer_printf(&list, "%s%.*s", list.len ? ", " : "", BYTES_ARG(finding->rule));
	}
	return buffer_bytes(&list);
}

static void spare(const struct plan *plan, size_t index, const struct grant *grant, struct findings *flow,
		  struct findings *findings)
{
	const struct setting *givers = section_setting(plan->sections[index], "grant");
	struct finding *note =
		findings_add(findings, "grant", SEVERITY_NOTE, "granted by %.*s: %.*s; skipped: %.*s",
			     BYTES_ARG(grant->user->name), BYTES_ARG(grant->reason), BYTES_ARG(skipped(flow)));

	note->ref = plan->push->updates[index].ref;
	note->evaluated = plan->policy->evaluate;
	note->origin = givers->origin;
	for (struct finding *finding = flow->first; finding; finding = finding->next) {
		if (finding->firm)
			continue;
		finding->severity = SEVERITY_NOTE;
		finding->wanted = finding->fix = (struct bytes){0};
	}
}

void judge_grant(const struct plan *plan, size_t index, struct findings *flow, struct findings *findings)
{
	struct finding *first = first_stop(flow);
	const char *why = NULL;
	struct grant grant;

	if (first)
		switch (facts_grant(plan->facts, plan->sections[index], &plan->push->updates[index], &grant, &why)) {
		case ANSWER_YES:
			spare(plan, index, &grant, flow, findings);
			break;
		case ANSWER_UNKNOWN:
			why = facts_reason(plan->facts);
			break;
		case ANSWER_NO:
			break;
		}
	if (why)
		finding_fix(flow, first, "%s%s%.*s", why, first->fix.len ? "; " : "", BYTES_ARG(first->fix));
	findings_take(findings, flow);
}
