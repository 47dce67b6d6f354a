/* shadows: every short name means one thing: git takes a tag before a branch of the same name (gitrevisions(7)). */
#include "rule.h"

/* Whether the same push puts something there. */
static bool is_pushed(const struct rule_case *c, struct bytes ref)
{
	const struct update *update = c->push ? push_find(c->push, ref) : NULL;

	return update && update->kind != UPDATE_DELETE;
}

/* Whether the policy names a branch so, be it there or not. */
static bool is_trunk(const struct rule_case *c, struct bytes ref)
{
	const struct section *section = section_find(c->policy, ref);

	return section && section->kind == SECTION_BRANCH && section->literal;
}

static void refuse(const struct rule_case *c, struct bytes twin, const char *how, struct findings *findings)
{
	struct finding *finding =
		case_add(c, findings, "%.*s %s: one name would mean two things", BYTES_ARG(twin), how);

	finding_fix(findings, finding, "choose another name");
}

static bool judge(const struct rule_case *c, struct findings *findings)
{
	bool tag = bytes_starts(c->update->ref, BYTES("refs/tags/"));
	struct oid id;

	if (c->update->kind != UPDATE_CREATE || (!tag && !bytes_starts(c->update->ref, BYTES("refs/heads/"))))
		return true;
	struct bytes twin =
		bytes_printf(findings->arena, "refs/%s/%.*s", tag ? "heads" : "tags", BYTES_ARG(c->update->name));
	enum answer answer = facts_ref(c->facts, twin, &id);

	if (answer == ANSWER_YES)
		refuse(c, twin, "exists", findings);
	else if (is_pushed(c, twin))
		refuse(c, twin, "comes with it", findings);
	else if (is_trunk(c, twin))
		refuse(c, twin, "is a branch of the policy", findings);
	return answer != ANSWER_UNKNOWN;
}

const struct rule rule_shadows = {
	.name = "shadows",
	.help = "Refuses a tag named like a branch, and a branch named like a tag: git would take one for the other.",
	.mend = "Give the tag, or the branch, another name.",
	.scope = SCOPE_UPDATE,
	.flags = RULE_ALWAYS | RULE_FIXED,
	.severity = SEVERITY_ENFORCE,
	.judge = judge,
};
