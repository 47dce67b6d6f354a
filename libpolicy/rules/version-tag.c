/* version-tag: what is tagged says the version of the tag. */
#include "stated.h"

/* In [branch] the same key is about what lands, and asked elsewhere. */
static bool judge(const struct rule_case *c, struct findings *findings)
{
	struct stated stated = {.c = c, .setting = c->setting, .fix = BYTES(", and tag that commit")};
	struct target target;

	if (c->section->kind != SECTION_TAG || c->update->kind == UPDATE_DELETE ||
	    !stated_version(c->section, c->update->ref, &stated.version))
		return true;
	if (facts_target(c->facts, &c->update->new, &target) != ANSWER_YES)
		return false;
	if (target.peeled == OBJECT_COMMIT) {
		stated.commit = target.commit;
		return stated_judge(&stated, findings);
	}
	struct finding *finding = case_add(c, findings, "it names no commit whose files could say the version");

	finding_fix(findings, finding, "tag a commit");
	return true;
}

static const struct key keys[] = {
	{
		.name = "version-file",
		.sections = SECTION_BRANCH | SECTION_TAG,
		.kind = KEY_CLAUSES,
		.form = "<path> <expression>, one a line",
		.check = stated_check,
		.help = "The files that say the version which the name says, and the line that does: by its first "
			"group, or all of it. Asked of what is tagged, and of a branch when it lands.",
		.example = "VERSION (.*)",
	},
};

const struct rule rule_version_tag = {
	.name = "version-file",
	.help = "Refuses a tag whose files say another version than its name.",
	.mend = "Set the version in that file, land it, and tag the commit that has it.",
	.scope = SCOPE_UPDATE,
	.severity = SEVERITY_ENFORCE,
	.keys = keys,
	.key_count = sizeof(keys) / sizeof(*keys),
	.judge = judge,
};
