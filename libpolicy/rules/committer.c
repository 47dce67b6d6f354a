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
		.help = "Whose address the committer's must be: known, any user's of the policy; pusher, that of "
			"whoever pushes the commit.",
		.example = "known",
	},
};

const struct rule rule_committer = {
	.name = "committer",
	.help = "Refuses a commit whose committer is a stranger, or not the pusher.",
	.mend = "Set a user.email that the policy has for you, then git commit --amend --no-edit, or for several git "
		"rebase --force-rebase <before them>.",
	.scope = SCOPE_COMMIT,
	.severity = SEVERITY_ENFORCE,
	.keys = keys,
	.key_count = 1,
	.judge = judge,
};
