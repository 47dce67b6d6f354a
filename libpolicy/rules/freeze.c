/* freeze: there are times without this. */
#include "opening.h"

static bool judge(const struct rule_case *c, struct findings *findings)
{
	const struct opening opening = {c->setting->parsed, false, "is in a freeze"};

	return opening_judge(c, &opening, findings);
}

static const struct key keys[] = {
	{
		.name = "freeze",
		.sections = SECTION_BRANCH | SECTION_DEPLOY,
		.kind = KEY_CLAUSES,
		.form = "times, one range a line",
		.check = window_check,
		.help = "When such a ref may not move.",
		.example = "2025-12-20/2026-01-06",
	},
};

const struct rule rule_freeze = {
	.name = "freeze",
	.help = "Refuses an update during a freeze.",
	.mend = "Push again when the message says. A move of a branch that cannot wait may be let pass by one of its "
		"section's grant: git policy grant.",
	.scope = SCOPE_UPDATE,
	.flags = RULE_FLOW,
	.severity = SEVERITY_ENFORCE,
	.keys = keys,
	.key_count = sizeof(keys) / sizeof(*keys),
	.judge = judge,
};
