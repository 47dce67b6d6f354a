/* up-to-date: a head has been brought together with what it lands on before it lands (design 4.7). */
#include "quote.h"
#include "rule.h"

static const char *const words[] = {"required", NULL};

static bool judge(const struct rule_case *c, struct findings *findings)
{
	const struct landing *landing = c->landing;

	if (landing->method == LANDING_DIRECT || landing->method == LANDING_REVERT)
		return true;
	enum answer answer = facts_descends(c->facts, &landing->head, &landing->from);

	if (answer != ANSWER_NO)
		return answer == ANSWER_YES;
	struct finding *finding =
		case_add(c, findings, "%s was made before %s came to %.*s", oid_abbrev(&landing->head).text,
			 oid_abbrev(&landing->from).text, BYTES_ARG(c->update->name));

	finding_wanted(findings, finding, "a head that contains %s", oid_abbrev(&landing->from).text);
	finding_fix(findings, finding, "git fetch && git rebase origin/%s, push the branch, have that head approved",
		    quote_word(findings->arena, c->update->name));
	return true;
}

static const struct key keys[] = {
	{
		.name = "up-to-date",
		.sections = SECTION_BRANCH,
		.kind = KEY_WORD,
		.words = words,
		.help = "required: a head lands only when it contains the tip it lands on.",
		.example = "required",
	},
};

const struct rule rule_up_to_date = {
	.name = "up-to-date",
	.help = "Refuses to land a head that lacks commits of the branch.",
	.mend = "git fetch && git rebase origin/<target>, push the branch, and have that head approved.",
	.scope = SCOPE_LANDING,
	.severity = SEVERITY_ENFORCE,
	.keys = keys,
	.key_count = 1,
	.judge = judge,
};
