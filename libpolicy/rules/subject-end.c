/* subject-end: a subject does not end with a period. */
#include "reword.h"

static bool judge(const struct rule_case *c, struct findings *findings)
{
	struct bytes subject = bytes_trim(c->message->subject);

	if (!bytes_ends(subject, BYTES(".")))
		return true;
	struct finding *finding = case_add(c, findings, "a subject does not end with a period");
	size_t last = (size_t)(subject.data - c->message->subject.data) + subject.len - 1;

	reword_subject(c, findings, finding, last);
	return true;
}

static const char *const words[] = {"no-period", NULL};

static const struct key keys[] = {
	{
		.name = "subject-end",
		.sections = SECTION_COMMIT,
		.kind = KEY_WORD,
		.words = words,
		.help = "no-period: a subject ends without a period.",
		.example = "no-period",
	},
};

const struct rule rule_subject_end = {
	.name = "subject-end",
	.help = "Refuses a message whose subject ends with a period.",
	.mend = "Leave the period out: git commit --amend, or for older commits git rebase -i and reword.",
	.scope = SCOPE_COMMIT,
	.flags = RULE_MESSAGE,
	.severity = SEVERITY_ENFORCE,
	.keys = keys,
	.key_count = 1,
	.judge = judge,
};
