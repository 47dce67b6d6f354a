/* rewrite: a ref gains history; it never loses any, nor is it joined to an unrelated one. */
#include "rule.h"

enum { ALLOW, DENY };

static const char *const words[] = {"allow", "deny", NULL};

static bool judge_root(const struct rule_case *c, struct findings *findings)
{
	struct oid root;
	enum answer answer = facts_new_root(c->facts, c->update, &root);

	if (answer != ANSWER_YES)
		return answer == ANSWER_NO;
	struct finding *finding = case_add(c, findings, "brings in an unrelated history, whose first commit is %s",
					   oid_abbrev(&root).text);

	finding->commit = root;
	finding_wanted(findings, finding, "commits that descend from the history of this branch");
	finding_fix(findings, finding, "git rebase or cherry-pick what is needed onto this branch");
	return true;
}

static bool judge(const struct rule_case *c, struct findings *findings)
{
	if (c->update->kind != UPDATE_MOVE || c->setting->number == ALLOW)
		return true;
	switch (facts_forward(c->facts, c->update)) {
	case ANSWER_YES:
		return judge_root(c, findings);
	case ANSWER_NO:
		break;
	case ANSWER_UNKNOWN:
		return false;
	}
	struct finding *finding = case_add(c, findings, "%s does not contain %s: the move would drop commits",
					   oid_abbrev(&c->update->new).text, oid_abbrev(&c->update->old).text);

	finding_wanted(findings, finding, "a commit that descends from %s", oid_abbrev(&c->update->old).text);
	finding_fix(findings, finding, "git fetch, then git rebase or git merge, and push without --force");
	return true;
}

static const struct key keys[] = {
	{
		.name = "rewrite",
		.sections = SECTION_BRANCH | SECTION_REF,
		.kind = KEY_WORD,
		.words = words,
		.help = "deny: the ref only moves to descendants of its tip, and no unrelated history is merged in.",
	},
};

const struct rule rule_rewrite = {
	.name = "rewrite",
	.help = "Refuses a move that drops commits (a \"force push\"), or that joins an unrelated history.",
	.scope = SCOPE_UPDATE,
	.severity = SEVERITY_ENFORCE,
	.keys = keys,
	.key_count = 1,
	.judge = judge,
};
