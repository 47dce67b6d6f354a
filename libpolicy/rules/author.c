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
		.help = "Whose address the author's must be: known, any of the policy's users; pusher, who pushes the "
			"commit.",
	},
};

const struct rule rule_author = {
	.name = "author",
	.help = "Refuses a commit whose author is a stranger, or not the pusher.",
	.scope = SCOPE_COMMIT,
	.severity = SEVERITY_ENFORCE,
	.keys = keys,
	.key_count = 1,
	.judge = judge,
};
