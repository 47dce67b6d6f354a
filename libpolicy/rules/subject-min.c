/* subject-min: a subject has so many characters at least. */
#include "reword.h"
#include "utf8.h"

static bool judge(const struct rule_case *c, struct findings *findings)
{
	struct bytes subject = bytes_trim(c->message->subject);
	size_t length;

	/* No character has more than four bytes. */
	if (subject.len / 4 >= c->setting->number || (length = utf8_length(subject)) >= c->setting->number)
		return true;
	struct finding *finding =
		case_add(c, findings, "the subject has %zu character%s", length, length == 1 ? "" : "s");

	finding_wanted(findings, finding, "at least %lu, saying what the commit does", c->setting->number);
	reword_subject(c, findings, finding, 0);
	return true;
}

static const struct key keys[] = {
	{
		.name = "subject-min",
		.sections = SECTION_COMMIT,
		.kind = KEY_NUMBER,
		.min = 1,
		.max = 1000,
		.help = "The fewest characters a subject may have; the subject is the header without type and scope.",
		.example = "10",
	},
};

const struct rule rule_subject_min = {
	.name = "subject-min",
	.help = "Refuses a message whose subject is too short to say anything.",
	.mend = "Say what the commit does: git commit --amend, or for older commits git rebase -i and reword.",
	.scope = SCOPE_COMMIT,
	.flags = RULE_MESSAGE,
	.severity = SEVERITY_ENFORCE,
	.keys = keys,
	.key_count = 1,
	.judge = judge,
};
