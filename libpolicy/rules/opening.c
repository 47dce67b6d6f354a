/* opening: when a ref may move. */
#include "opening.h"

#include "clock.h"
#include "leave.h"
#include "stage.h"

#define YEAR ((int64_t)365 * 24 * 60 * 60)

static const struct window *window_of(const struct rule_case *c, const char *key)
{
	const struct setting *setting = case_setting(c, key);

	return setting ? setting->parsed : NULL;
}

/* Nobody looked any further than `at`. */
static void tell_closed(struct finding *finding, int64_t span, struct findings *findings)
{
	int years = (int)(span / YEAR);

	if (years > 1)
		finding_wanted(findings, finding, "it does not open again within %d years", years);
	else
		finding_wanted(findings, finding, "it does not open again within %s", clock_span(span).text);
}

/* "from 2025-06-15T04:15:00+02:00 (2025-06-15T02:15:00Z) on, in 14 h 15 min" */
static void tell_opening(const struct rule_case *c, struct finding *finding, struct findings *findings)
{
	const struct zone *zone = zone_of(c->policy);
	int64_t now = facts_now(c->facts), at;
	bool opens = window_opens(window_of(c, "window"), window_of(c, "freeze"), zone, now, &at);
	struct bytes when = zone_text(zone, at, findings->arena);

	if (opens)
		finding_wanted(findings, finding, "from %.*s on, in %s", BYTES_ARG(when), clock_span(at - now).text);
	else if (at == INT64_MAX)
		finding_wanted(findings, finding, "never again, as the policy stands");
	else
		tell_closed(finding, at - now, findings);
	leave_fix(c, finding, opens ? "push again then" : "the admin gives it another time", findings);
}

bool opening_judge(const struct rule_case *c, const struct opening *opening, struct findings *findings)
{
	const struct zone *zone = zone_of(c->policy);
	int64_t now = facts_now(c->facts);
	size_t held;

	if (stage_rolls_back(c->update->ref))
		return true;
	if (facts_cloned(c->facts))
		finding_open(case_add(c, findings, "judged by the clock of this machine; the server's decides"));
	held = window_find(opening->window, zone, now);
	if ((held < opening->window->count) == opening->open)
		return true;
	struct finding *finding =
		case_add(c, findings, "%.*s %s", BYTES_ARG(zone_text(zone, now, findings->arena)), opening->problem);

	if (!opening->open)
		finding->origin = c->setting->clauses[held].origin;
	tell_opening(c, finding, findings);
	return true;
}
