/* types: a commit's type is one of the policy's. */
#include "header.h"
#include "reword.h"
#include "words.h"

static bool judge(const struct rule_case *c, struct findings *findings)
{
	const struct message *message = c->message;

	if (!header_parsed(c, findings) || words_have(c->setting, message->type))
		return true;
	struct finding *finding = case_add(c, findings, "\"%.*s\" is not an accepted type", BYTES_ARG(message->type));

	words_want(c->setting, findings, finding, message->type);
	reword_at(c, findings, finding, 1, 1, message->header);
	return true;
}

static const struct key keys[] = {
	{
		.name = "types",
		.sections = SECTION_COMMIT,
		.kind = KEY_LIST,
		.help = "The types a commit may have, compared without case.",
		.example = "feat fix docs style refactor perf test chore",
	},
};

const struct rule rule_types = {
	.name = "types",
	.help = "Refuses a commit whose type is not on the list.",
	.mend = "Begin with one of the types that the message lists: git commit --amend, or for older commits git "
		"rebase -i and reword.",
	.scope = SCOPE_COMMIT,
	.flags = RULE_MESSAGE,
	.severity = SEVERITY_ENFORCE,
	.keys = keys,
	.key_count = 1,
	.judge = judge,
};
