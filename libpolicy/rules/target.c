/* target: a branch names a commit; a tag names a commit, itself or through at most 16 annotated tags. */
#include "quote.h"
#include "rule.h"

static const char *type_name(enum object_type type)
{
	switch (type) {
	case OBJECT_COMMIT:
		return "a commit";
	case OBJECT_TREE:
		return "a tree";
	case OBJECT_BLOB:
		return "a blob";
	case OBJECT_TAG:
		return "a tag object";
	case OBJECT_NONE:
		break;
	}
	return "nothing git knows";
}

static bool judge(const struct rule_case *c, struct findings *findings)
{
	bool branch = bytes_starts(c->update->ref, BYTES("refs/heads/"));
	struct target target;

	if (c->update->kind == UPDATE_DELETE)
		return true;
	if (facts_target(c->facts, &c->update->new, &target) != ANSWER_YES)
		return false;
	if ((branch ? target.type : target.peeled) == OBJECT_COMMIT)
		return true;
	struct finding *finding;

	if (target.too_deep)
		finding = case_add(c, findings, "a tag of a tag of a tag: more than 16 deep");
	else
		finding = case_add(c, findings, "points to %s", type_name(branch ? target.type : target.peeled));
	finding_wanted(findings, finding, branch ? "a commit" : "a commit, or an annotated tag of one");
	finding_fix(findings, finding, "push a commit: git push <remote> <commit>:%s",
		    quote_word(findings->arena, c->update->ref));
	return true;
}

const struct rule rule_target = {
	.name = "target",
	.help = "Refuses a branch that does not point to a commit, and a tag or other ref that does not come to one.",
	.mend = "Push a commit to a branch, git push origin <commit>:<branch>; and let a tag lead to a commit.",
	.scope = SCOPE_UPDATE,
	.flags = RULE_ALWAYS | RULE_FIXED | RULE_ONCE,
	.severity = SEVERITY_ENFORCE,
	.judge = judge,
};
