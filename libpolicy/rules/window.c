/* window: there are times for this. */
#include "opening.h"

static bool judge(const struct rule_case *c, struct findings *findings)
{
	const struct opening opening = {c->setting->parsed, true, "is outside the window"};

	return opening_judge(c, &opening, findings);
}

static const struct key keys[] = {
	{
		.name = "window",
		.sections = SECTION_BRANCH | SECTION_DEPLOY,
		.kind = KEY_CLAUSES,
		.form = "times, one range a line: Mon-Thu 09:00-16:00, 2025-06-15T02:15/03:50",
		.check = window_check,
		.help = "When such a ref may move.",
	},
};

const struct rule rule_window = {
	.name = "window",
	.help = "Refuses an update outside the times for it.",
	.scope = SCOPE_UPDATE,
	.flags = RULE_FLOW,
	.severity = SEVERITY_ENFORCE,
	.keys = keys,
	.key_count = sizeof(keys) / sizeof(*keys),
	.judge = judge,
};
