/* signed: every commit is signed, once, by a user of the policy. */
#include "armour.h"
#include "reword.h"
#include "signer.h"

static void refuse(const struct rule_case *c, struct findings *findings, const char *problem)
{
	struct finding *finding = case_add(c, findings, "%s", problem);

	finding_wanted(findings, finding, SIGNER_WANTED);
	if (reword_is_tip(c))
		finding_fix(findings, finding, "git commit --amend --no-edit -S");
	else
		finding_fix(findings, finding, "git rebase --force-rebase -S %.*s",
			    BYTES_ARG(reword_base(c, findings->arena)));
}

/* What is being made has no id yet: git signs a commit after its message was judged. */
static bool judge(const struct rule_case *c, struct findings *findings)
{
	struct bytes payload, signature;
	const char *problem;

	if (oid_is_zero(&c->commit->id))
		return true;
	problem = armour_commit(findings->arena, c->commit, &payload, &signature);
	if (!problem && !signer_problem(c, findings->arena, payload, signature, &problem))
		return false;
	if (problem)
		refuse(c, findings, problem);
	return true;
}

static const struct key keys[] = {
	{
		.name = "signed",
		.sections = SECTION_COMMIT,
		.about = "commits",
		.kind = KEY_WORD,
		.words = signer_words,
		.help = "required: a commit has exactly one signature, valid as it is pushed, by a user's key of "
			"`signers`.",
		.example = "required",
	},
};

const struct rule rule_signed = {
	.name = "signed",
	.help = "Refuses a commit without exactly one signature, valid and by a user of the policy.",
	.mend = "git commit --amend --no-edit --gpg-sign, or for several git rebase --force-rebase --gpg-sign <before "
		"them>; with a key of the policy's signers.",
	.scope = SCOPE_COMMIT,
	.severity = SEVERITY_ENFORCE,
	.keys = keys,
	.key_count = 1,
	.judge = judge,
};
