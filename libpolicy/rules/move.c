/* move: a tag stays where it was put. */
#include "rule.h"

enum { ALLOW, DENY };

static const char *const words[] = {"allow", "deny", NULL};

static bool judge(const struct rule_case *c, struct findings *findings)
{
	if (c->update->kind != UPDATE_MOVE || c->setting->number == ALLOW)
		return true;
	struct finding *finding = case_add(c, findings, "would move from %s to %s", oid_abbrev(&c->update->old).text,
					   oid_abbrev(&c->update->new).text);

	finding_wanted(findings, finding, "a tag that stays where it is");
	finding_fix(findings, finding, "git fetch --tags --force restores yours; tag the new commit under a new name");
	return true;
}

static const struct key keys[] = {
	{
		.name = "move",
		.sections = SECTION_TAG,
		.kind = KEY_WORD,
		.words = words,
		.help = "deny: a tag, once pushed, never points elsewhere.",
		.example = "deny",
	},
};

const struct rule rule_move = {
	.name = "move",
	.help = "Refuses to move a tag.",
	.mend = "Tag under a new name; git fetch --tags --force brings back the published tag.",
	.scope = SCOPE_UPDATE,
	.severity = SEVERITY_ENFORCE,
	.keys = keys,
	.key_count = 1,
	.judge = judge,
};
