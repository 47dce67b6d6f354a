/* object: a commit is well-formed; the engine says so itself of one that the strict parser refuses. */
#include "rule.h"

static bool judge(const struct rule_case *c, struct findings *findings)
{
	(void)c;
	(void)findings;
	return true;
}

const struct rule rule_object = {
	.name = "object",
	.help = "Refuses a commit that git and other tools would read differently: headers doubled, missing or out of "
		"order, NUL bytes, malformed identities and dates.",
	.mend = "Make the commit anew by git itself: git commit --amend, or for several git rebase --force-rebase "
		"<before them>.",
	.scope = SCOPE_COMMIT,
	.flags = RULE_ALWAYS | RULE_FIXED,
	.severity = SEVERITY_ENFORCE,
	.judge = judge,
};
