/* subject-case: a subject begins with a letter of the wanted case. */
#include "letter.h"
#include "reword.h"
#include "utf8.h"

enum { LOWER, UPPER };

/* Whether the subject's first word is one that keeps its own case. */
static enum regex_answer is_allowed(const struct setting *allow, struct bytes subject)
{
	enum regex_answer answer = REGEX_NO;
	struct bytes word;

	bytes_word(&subject, &word);
	for (size_t i = 0; allow && i < allow->clause_count && answer == REGEX_NO; i++)
		answer = regex_match(allow->regexes[i], word);
	return answer;
}

static void refuse(const struct rule_case *c, struct findings *findings)
{
	bool lower = c->setting->number == LOWER;
	struct finding *finding =
		case_add(c, findings, "the subject begins with %s letter", lower ? "an upper-case" : "a lower-case");

	finding_wanted(findings, finding, "%s letter", lower ? "a lower-case" : "an upper-case");
	reword_subject(c, findings, finding, 0);
}

static bool judge(const struct rule_case *c, struct findings *findings)
{
	enum letter refused = c->setting->number == LOWER ? LETTER_UPPER : LETTER_LOWER;
	uint32_t point;

	if (!utf8_next(c->message->subject, &point) || letter_of(point) != refused)
		return true;
	switch (is_allowed(case_setting(c, "subject-case-allow"), c->message->subject)) {
	case REGEX_YES:
		break;
	case REGEX_NO:
		refuse(c, findings);
		break;
	case REGEX_UNKNOWN:
		reword_subject(c, findings, reword_undecided(c, findings), 0);
		break;
	}
	return true;
}

static const char *const words[] = {[LOWER] = "lower", [UPPER] = "upper", NULL};

static const struct key keys[] = {
	{
		.name = "subject-case",
		.sections = SECTION_COMMIT,
		.kind = KEY_WORD,
		.words = words,
		.help = "The case of a subject's first letter.",
		.example = "lower",
	},
	{
		.name = "subject-case-allow",
		.sections = SECTION_COMMIT,
		.kind = KEY_REGEXES,
		.form = "expressions, one a line",
		.help = "First words that subject-case leaves alone, such as HTTP.",
		.example = "[A-Z]{2,}",
	},
};

const struct rule rule_subject_case = {
	.name = "subject-case",
	.help = "Refuses a message whose subject begins with a letter of the other case.",
	.mend = "Write the first letter in the other case: git commit --amend, or for older commits git rebase -i and "
		"reword. A name may be let through by subject-case-allow.",
	.scope = SCOPE_COMMIT,
	.flags = RULE_MESSAGE,
	.severity = SEVERITY_ENFORCE,
	.keys = keys,
	.key_count = 2,
	.judge = judge,
};
