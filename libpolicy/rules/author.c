/* author: the author of a commit is somebody the policy knows, or the pusher. */
#include "maker.h"

static bool judge(const struct rule_case *c, struct findings *findings)
{
	return maker_judge(c, &c->commit->author, findings);
}

static const struct key keys[] = {
	{
		.name = "author",
		.sections = SECTION_COMMIT,
		.kind = KEY_WORD,
		.words = maker_words,
		.help = "Whose address the author's must be: known, any user's of the policy; pusher, that of whoever "
			"pushes the commit.",
		.example = "known",
	},
};

const struct rule rule_author = {
	.name = "author",
	.help = "Refuses a commit whose author is a stranger, or not the pusher.",
	.mend = "git commit --amend --reset-author, with a user.email that the policy has for you. For several: git "
		"rebase --exec 'git commit --amend --no-edit --reset-author' <before them>.",
	.scope = SCOPE_COMMIT,
	.severity = SEVERITY_ENFORCE,
	.keys = keys,
	.key_count = 1,
	.judge = judge,
};
