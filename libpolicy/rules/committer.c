/* committer: the committer of a commit is somebody the policy knows, or the pusher. */
#include "maker.h"

static bool judge(const struct rule_case *c, struct findings *findings)
{
	return maker_judge(c, &c->commit->committer, findings);
}

static const struct key keys[] = {
	{
		.name = "committer",
		.sections = SECTION_COMMIT,
		.kind = KEY_WORD,
		.words = maker_words,
		.help = "Whose address the committer's must be: known, any of the policy's users; pusher, who pushes "
			"the commit.",
	},
};

const struct rule rule_committer = {
	.name = "committer",
	.help = "Refuses a commit whose committer is a stranger, or not the pusher.",
	.scope = SCOPE_COMMIT,
	.severity = SEVERITY_ENFORCE,
	.keys = keys,
	.key_count = 1,
	.judge = judge,
};
