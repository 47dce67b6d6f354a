/* lintaudit: an audit that goes nowhere. */
#include "lint_parts.h"

void lint_audit(const struct lint *lint)
{
	const struct section *audit = lint->policy->audit;
	const struct setting *syslog = audit ? section_setting(audit, "syslog") : NULL;

	if (!audit || section_setting(audit, "file") || (syslog && syslog->number))
		return;
	finding_fix(lint->findings, lint_warn(lint, &audit->origin, "an audit that is written nowhere"),
		    "file = policy/audit.jsonl");
}
