/* signed-tag: a tag is signed, under its own name, by a user of the policy. */
#include "armour.h"
#include "quote.h"
#include "signer.h"

/* The name in "refs/tags/<name>". */
static struct bytes name_of(struct bytes ref)
{
	return bytes_from(ref, BYTES("refs/tags/").len);
}

static void refuse(const struct rule_case *c, struct findings *findings, const char *problem)
{
	struct finding *finding = case_add(c, findings, "%s", problem);
	const char *name = quote_word(findings->arena, name_of(c->update->ref));

	finding_wanted(findings, finding, SIGNER_WANTED);
	finding_fix(findings, finding, "git tag -s -f %s %s^{}", name, name);
}

static bool judge_tag(const struct rule_case *c, struct findings *findings, const struct tag *tag, struct bytes raw)
{
	struct bytes payload, signature;
	const char *problem = NULL;

	armour_split(raw, &payload, &signature);
	if (!signature.len)
		problem = "the tag is not signed";
	else if (!signer_problem(c, findings->arena, payload, signature, &problem))
		return false;
	else if (!problem && !bytes_equal(tag->name, name_of(c->update->ref)))
		problem = bytes_printf(findings->arena, "what is signed is the tag %.*s", BYTES_ARG(tag->name)).data;
	if (problem)
		refuse(c, findings, problem);
	return true;
}

/* In [branch] the same word is about approvals, which are counted elsewhere. */
static bool judge(const struct rule_case *c, struct findings *findings)
{
	const struct tag *tag;
	struct bytes raw;

	if (c->section->kind != SECTION_TAG || c->update->kind == UPDATE_DELETE)
		return true;
	switch (facts_tag(c->facts, &c->update->new, &tag, &raw)) {
	case ANSWER_YES:
		return judge_tag(c, findings, tag, raw);
	case ANSWER_NO:
		refuse(c, findings, "a lightweight tag cannot be signed");
		return true;
	default:
		return false;
	}
}

static const struct key keys[] = {
	{
		.name = "signed",
		.sections = SECTION_TAG,
		.about = "the tag",
		.kind = KEY_WORD,
		.words = signer_words,
		.help = "required: the tag is annotated, and signed under its own name by a user's key of `signers`.",
		.example = "required",
	},
};

const struct rule rule_signed_tag = {
	.name = "signed",
	.help = "Refuses a tag without exactly one signature, valid, of its own name and by a user of the policy.",
	.mend = "git tag --sign --force <name> <commit>, with a key of the policy's signers, then push it again.",
	.scope = SCOPE_UPDATE,
	.severity = SEVERITY_ENFORCE,
	.keys = keys,
	.key_count = 1,
	.judge = judge,
};
