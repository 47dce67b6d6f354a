/* annotated: a tag is a tag object, and calls itself what its ref is called. */
#include "quote.h"
#include "rule.h"

static const char *const required_word[] = {"required", NULL};

/* The name in "refs/tags/<name>". */
static struct bytes name_of(const struct rule_case *c)
{
	return bytes_from(c->update->ref, BYTES("refs/tags/").len);
}

static void refuse(const struct rule_case *c, struct findings *findings, struct finding *finding)
{
	struct bytes name = name_of(c);

	finding_wanted(findings, finding, "a tag object that calls itself %.*s", BYTES_ARG(name));
	finding_fix(findings, finding, "git tag %s -f %s %s^{}, then push it again",
		    case_setting(c, "signed") ? "-s" : "-a", quote_word(findings->arena, name),
		    quote_word(findings->arena, name));
}

/* Where the key is unset a lightweight tag will do; what a tag object says of itself is always judged. */
static bool judge(const struct rule_case *c, struct findings *findings)
{
	const struct tag *tag;
	struct bytes raw;

	if (!c->section || c->section->kind != SECTION_TAG || c->update->kind == UPDATE_DELETE)
		return true;
	switch (facts_tag(c->facts, &c->update->new, &tag, &raw)) {
	case ANSWER_YES:
		if (!bytes_equal(tag->name, name_of(c)))
			refuse(c, findings,
			       case_add(c, findings, "the tag object calls itself %.*s", BYTES_ARG(tag->name)));
		return true;
	case ANSWER_NO:
		if (c->setting)
			refuse(c, findings, case_add(c, findings, "a lightweight tag says not who made it, or why"));
		return true;
	case ANSWER_UNKNOWN:
		break;
	}
	return false;
}

static const struct key keys[] = {
	{
		.name = "annotated",
		.sections = SECTION_TAG,
		.kind = KEY_WORD,
		.words = required_word,
		.help = "required: no lightweight tag. Whether it is set or not, a tag object calls itself what its "
			"ref is called.",
		.example = "required",
	},
};

const struct rule rule_annotated = {
	.name = "annotated",
	.help = "Refuses a lightweight tag, and a tag object under another name than its own.",
	.mend = "git tag --annotate --force <name> <commit>, then push it again.",
	.scope = SCOPE_UPDATE,
	.flags = RULE_ALWAYS,
	.severity = SEVERITY_ENFORCE,
	.keys = keys,
	.key_count = sizeof(keys) / sizeof(*keys),
	.judge = judge,
};
