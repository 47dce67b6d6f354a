/* stale: a push must know what it replaces; the repository says what a ref is, not the pusher. */
#include "rule.h"

static bool judge(const struct rule_case *c, struct findings *findings)
{
	const struct update *update = c->update;
	struct finding *finding;

	if (oid_is_zero(&update->old) && oid_is_zero(&update->new)) {
		finding = case_add(c, findings, "there is no such ref to delete");
		finding_fix(findings, finding, "git fetch --prune");
		return true;
	}
	if (oid_equal(&update->claimed_old, &update->old))
		return true;
	if (oid_is_zero(&update->old))
		finding = case_add(c, findings, "the push replaces %s, but there is no such ref",
				   oid_abbrev(&update->claimed_old).text);
	else if (oid_is_zero(&update->claimed_old))
		finding = case_add(c, findings, "the push creates a ref that exists already, at %s",
				   oid_abbrev(&update->old).text);
	else
		finding = case_add(c, findings, "the push replaces %s, but the ref is at %s",
				   oid_abbrev(&update->claimed_old).text, oid_abbrev(&update->old).text);
	finding_fix(findings, finding, "git fetch, look at what changed, and push again");
	return true;
}

const struct rule rule_stale = {
	.name = "stale",
	.help = "Refuses an update whose old value is not the ref's real one.",
	.mend = "Somebody has moved the ref meanwhile: git fetch, take in what is new, and push again.",
	.scope = SCOPE_UPDATE,
	.flags = RULE_ALWAYS | RULE_FIXED | RULE_ONCE,
	.severity = SEVERITY_ENFORCE,
	.judge = judge,
};
