/* delete: whether a ref may go, and what must hold its commits before it does. */
#include "rule.h"

#include "arena.h"
#include "keychecks.h"
#include "quote.h"

/* The first word decides; after "merged" come the branches that must contain the ref. */
static bool check(struct setting *setting, struct findings *errors)
{
	struct bytes first = setting->words[0];
	bool merged = bytes_equal(first, BYTES("merged"));

	if (!merged && !bytes_equal(first, BYTES("allow")) && !bytes_equal(first, BYTES("deny")))
		setting_error(errors, setting, 0, "delete is allow, deny or merged <branches>, not \"%.*s\"",
			      BYTES_ARG(first));
	else if (merged && setting->word_count < 2)
		setting_error(errors, setting, 0, "merged into what? write: delete = merged <branches>");
	else if (!merged && setting->word_count > 1)
		setting_error(errors, setting, 0, "nothing may follow \"%.*s\"", BYTES_ARG(first));
	else
		return check_branches(setting, errors);
	return false;
}

static bool judge_merged(const struct rule_case *c, struct bytes branch, struct findings *findings)
{
	struct bytes ref = bytes_printf(findings->arena, "refs/heads/%.*s", BYTES_ARG(branch));
	struct target target;

	if (facts_target(c->facts, &c->update->old, &target) != ANSWER_YES)
		return false;
	enum answer answer = facts_landed(c->facts, ref, &target.commit);

	if (answer != ANSWER_NO)
		return answer == ANSWER_YES;
	if (facts_cloned(c->facts)) {
		finding_open(case_add(c, findings, "only the server knows whether %s has landed on %.*s",
				      oid_abbrev(&target.commit).text, BYTES_ARG(branch)));
		return true;
	}
	struct finding *finding =
		case_add(c, findings, "%s is not in %.*s", oid_abbrev(&c->update->old).text, BYTES_ARG(branch));

	finding_wanted(findings, finding, "merged into %.*s first", BYTES_ARG(branch));
	if (c->section->kind == SECTION_BRANCH)
		finding_fix(findings, finding, "git policy land %s --into %s, then delete it",
			    quote_word(findings->arena, c->update->name), quote_word(findings->arena, branch));
	else
		finding_fix(findings, finding, "merge %.*s into %.*s, then delete it", BYTES_ARG(c->update->name),
			    BYTES_ARG(branch));
	return true;
}

static bool judge(const struct rule_case *c, struct findings *findings)
{
	struct bytes first = c->setting->words[0];
	bool told = true;

	if (c->update->kind != UPDATE_DELETE || oid_is_zero(&c->update->old) || bytes_equal(first, BYTES("allow")))
		return true;
	if (bytes_equal(first, BYTES("deny"))) {
		struct finding *finding = case_add(c, findings, "this ref may not be deleted");

		finding->firm = true;
		finding_fix(findings, finding, "keep it; an admin can delete it on the server");
		return true;
	}
	for (size_t i = 1; i < c->setting->word_count; i++)
		told &= judge_merged(c, c->setting->words[i], findings);
	return told;
}

static const struct key keys[] = {
	{
		.name = "delete",
		.sections = SECTION_BRANCH | SECTION_TAG | SECTION_REF,
		.kind = KEY_LIST,
		.form = "allow | deny | merged <branches>",
		.check = check,
		.help = "merged: only when it is in each of these branches, or landed there by the account.",
		.example = "deny",
	},
};

const struct rule rule_delete = {
	.name = "delete",
	.help = "Refuses to delete a ref, or to delete it before its commits are where they belong.",
	.mend = "Where the section says merged, land the branch first: git policy land <branch> --into <target>. Where "
		"it says deny, the ref is kept.",
	.scope = SCOPE_UPDATE,
	.flags = RULE_FLOW,
	.severity = SEVERITY_ENFORCE,
	.keys = keys,
	.key_count = 1,
	.judge = judge,
};
