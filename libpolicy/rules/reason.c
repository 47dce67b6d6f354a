/* reason: a deploy says why. */
#include "armour.h"
#include "deployed.h"
#include "quote.h"
#include "utf8.h"

/* Whether there is anything to be seen in a line; what git takes for a comment says nothing. */
static bool is_blank(struct bytes line)
{
	uint32_t point;

	if (bytes_starts(line, BYTES("#")))
		return true;
	for (size_t len; line.len; line = bytes_from(line, len)) {
		len = utf8_next(line, &point);
		if (!len)
			return false;
		if (point > ' ' && point != 0xa0 && point != 0x3000 && !utf8_unsafe(point))
			return false;
	}
	return true;
}

static bool judge(const struct rule_case *c, struct findings *findings)
{
	const struct tag *tag;
	struct bytes raw, rest, line;

	if (!c->section || c->section->kind != SECTION_DEPLOY || c->update->kind == UPDATE_DELETE)
		return true;
	enum answer answer = facts_tag(c->facts, &c->update->new, &tag, &raw);

	if (answer != ANSWER_YES)
		return answer == ANSWER_NO; /* which rule `deploy` refuses */
	rest = armour_strip(tag->message, raw);
	while (bytes_line(&rest, &line))
		if (!is_blank(line))
			return true;
	struct finding *finding = case_add(c, findings, "does not say why");

	finding_wanted(findings, finding, "a reason as the tag's message, beside comments and a signature");
	finding_fix(findings, finding, "git policy deploy %s %s --reason '...'",
		    quote_word(findings->arena, deployed_name(c->update->ref)), oid_abbrev(&tag->target).text);
	return true;
}

const struct rule rule_reason = {
	.name = "reason",
	.help = "Refuses a deploy without a reason.",
	.mend = "Say why: git policy deploy <environment>/<stage> <commit> --reason '<why>'.",
	.scope = SCOPE_UPDATE,
	.flags = RULE_ALWAYS,
	.severity = SEVERITY_ENFORCE,
	.judge = judge,
};
