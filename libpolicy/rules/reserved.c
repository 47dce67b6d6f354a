/* reserved: refs that nobody pushes: those git-policy keeps for itself, and replacements that make git show what is not
 * there. */
#include "rule.h"

static bool judge(const struct rule_case *c, struct findings *findings)
{
	struct finding *finding;

	if (!refname_closed(c->update->ref))
		return true;
	if (bytes_starts(c->update->ref, BYTES("refs/replace/")))
		finding = case_add(c, findings,
				   "a replacement makes git show other commits than the ones that were judged");
	else
		finding = case_add(c, findings, "git-policy keeps refs of this kind for itself");
	/* Clients obey refs/policy/current: even a policy that only evaluates lets nobody write it. */
	finding->evaluated = false;
	finding_fix(findings, finding, "push to refs/heads/ or refs/tags/");
	return true;
}

const struct rule rule_reserved = {
	.name = "reserved",
	.help = "Refuses pushes into refs/policy and refs/replace.",
	.mend = "Push elsewhere: git-policy writes the refs below refs/policy itself, and refs/replace would show "
		"others another history.",
	.scope = SCOPE_UPDATE,
	.flags = RULE_ALWAYS | RULE_FIXED | RULE_ONCE,
	.severity = SEVERITY_ENFORCE,
	.judge = judge,
};
