/* reserved: refs that are no ordinary refs: git-policy's own records, and replacements that make git show what is not
 * there. */
#include "rule.h"

static bool judge(const struct rule_case *c, struct findings *findings)
{
	struct finding *finding;

	if (!refname_reserved(c->update->ref))
		return true;
	if (bytes_starts(c->update->ref, BYTES("refs/replace/")))
		finding = case_add(c, findings,
				   "a replacement makes git show other commits than the ones that were judged");
	else
		finding = case_add(c, findings,
				   "refs of this kind hold git-policy's records, which this version does not take");
	/* Clients obey refs/policy/current: even a policy that only evaluates lets nobody write it. */
	finding->evaluated = false;
	finding_fix(findings, finding, "push to refs/heads/ or refs/tags/");
	return true;
}

const struct rule rule_reserved = {
	.name = "reserved",
	.help = "Refuses pushes into refs/approvals, checks, grants, deploy, policy (records) and replace.",
	.scope = SCOPE_UPDATE,
	.flags = RULE_ALWAYS | RULE_FIXED | RULE_ONCE,
	.severity = SEVERITY_ENFORCE,
	.judge = judge,
};
