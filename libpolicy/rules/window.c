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
		.form = "times, one range a line",
		.check = window_check,
		.help = "When such a ref may move.",
		.example = "Mon-Thu 09:00-16:00",
	},
};

const struct rule rule_window = {
	.name = "window",
	.help = "Refuses an update outside the times for it.",
	.mend = "Push again when the message says. A move of a branch that cannot wait may be let pass by one of its "
		"section's grant: git policy grant.",
	.scope = SCOPE_UPDATE,
	.flags = RULE_FLOW,
	.severity = SEVERITY_ENFORCE,
	.keys = keys,
	.key_count = sizeof(keys) / sizeof(*keys),
	.judge = judge,
};
