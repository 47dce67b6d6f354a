/* deploy: a deploy ref is an annotated tag of the commit asked for, and stays (design 5). */
#include "deployed.h"
#include "quote.h"
#include "stage.h"

static void refuse_delete(const struct rule_case *c, struct findings *findings)
{
	struct finding *finding = case_add(c, findings, "deploys are not deleted: they tell what was where, and when");
	struct stage stage;

	if (stage_parse(c->update->ref, &stage))
		finding_fix(findings, finding,
			    "to go back: git policy deploy %s/" STAGE_ROLLBACK " <commit> --reason '...'",
			    quote_word(findings->arena, stage.environment));
}

static void refuse_value(const struct rule_case *c, const char *found, struct findings *findings)
{
	struct finding *finding = case_add(c, findings, "%s", found);

	finding_wanted(findings, finding, "an annotated tag, directly of a commit, whose message says why");
	finding_fix(findings, finding, "git policy deploy %s <commit> --reason '...'",
		    quote_word(findings->arena, deployed_name(c->update->ref)));
}

static bool judge(const struct rule_case *c, struct findings *findings)
{
	const struct tag *tag;
	struct bytes raw;

	if (!c->section || c->section->kind != SECTION_DEPLOY)
		return true;
	if (c->update->kind == UPDATE_DELETE) {
		refuse_delete(c, findings);
		return true;
	}
	enum answer answer = facts_tag(c->facts, &c->update->new, &tag, &raw);

	if (answer == ANSWER_NO)
		refuse_value(c, "is no annotated tag", findings);
	else if (answer == ANSWER_YES && tag->type == OBJECT_TAG)
		refuse_value(c, "is a tag of a tag", findings);
	else if (answer == ANSWER_YES && tag->type != OBJECT_COMMIT)
		refuse_value(c, "is a tag of no commit", findings);
	return answer != ANSWER_UNKNOWN;
}

const struct rule rule_deploy = {
	.name = "deploy",
	.help = "Refuses a deploy that is no annotated tag of a commit, and deleting one.",
	.mend = "git policy deploy <environment>/<stage> <commit> --reason '<why>' makes the tag that is asked for. A "
		"deploy is never deleted: roll it back.",
	.scope = SCOPE_UPDATE,
	.flags = RULE_ALWAYS | RULE_FIXED,
	.severity = SEVERITY_ENFORCE,
	.judge = judge,
};
