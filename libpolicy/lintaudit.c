/* lintaudit: an audit that goes nowhere, and triggers that have none. */
#include "lint_parts.h"

/* No push waits for a trigger: the audit is the one place that tells how it ended. */
static void lint_untold(const struct lint *lint)
{
	const struct policy *policy = lint->policy;

	if (policy->trigger_count && !policy->audit && !lint->layers->audited_count)
		finding_fix(lint->findings,
			    lint_warn(lint, &policy->trigger_list[0]->origin, "how triggers end is told nowhere"),
			    "add [audit] with file = policy/audit.jsonl");
}

void lint_audit(const struct lint *lint)
{
	const struct section *audit = lint->policy->audit;
	const struct setting *syslog = audit ? section_setting(audit, "syslog") : NULL;

	lint_untold(lint);
	if (!audit || section_setting(audit, "file") || (syslog && syslog->number))
		return;
	finding_fix(lint->findings, lint_warn(lint, &audit->origin, "an audit that is written nowhere"),
		    "file = policy/audit.jsonl");
}
