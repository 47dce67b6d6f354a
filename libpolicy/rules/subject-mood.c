/* subject-mood: a subject says what the commit does, in the imperative: "add", not "added" or "adds". */
#include "mood.h"
#include "reword.h"

static bool judge(const struct rule_case *c, struct findings *findings)
{
	struct bytes rest = c->message->subject, word, base;

	if (!bytes_word(&rest, &word) || !mood_wrong(findings->arena, word, &base))
		return true;
	struct finding *finding = case_add(c, findings, "\"%.*s\" is not the imperative", BYTES_ARG(word));

	if (base.len)
		finding_wanted(findings, finding, "\"%.*s\"", BYTES_ARG(base));
	else
		finding_wanted(findings, finding, "a verb that completes \"this commit will …\"");
	reword_subject(c, findings, finding, (size_t)(word.data - c->message->subject.data));
	return true;
}

static const char *const words[] = {"imperative", NULL};

static const struct key keys[] = {
	{
		.name = "subject-mood",
		.sections = SECTION_COMMIT,
		.kind = KEY_WORD,
		.words = words,
		.help = "imperative: a subject begins like \"add\", not like \"added\", \"adds\" or \"adding\". It "
			"knows English only, by word lists, and warns unless [severity] says more.",
		.example = "imperative",
	},
};

const struct rule rule_subject_mood = {
	.name = "subject-mood",
	.help = "Warns of a subject that tells what was done instead of what the commit does; it knows English only.",
	.mend = "Write it as a command, \"add a form\": git commit --amend, or for older commits git rebase -i and "
		"reword.",
	.scope = SCOPE_COMMIT,
	.flags = RULE_MESSAGE,
	.severity = SEVERITY_WARN,
	.keys = keys,
	.key_count = 1,
	.judge = judge,
};
