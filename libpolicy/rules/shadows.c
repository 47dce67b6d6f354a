/* shadows: every short name means one thing: git takes a tag before a branch of the same name (gitrevisions(7)). */
#include "rule.h"

/* Whether the same push puts something there. */
static bool is_pushed(const struct rule_case *c, struct bytes ref)
{
	const struct update *update = c->push ? push_find(c->push, ref) : NULL;

	return update && update->kind != UPDATE_DELETE;
}

/* Whether the policy names a branch so, be it there or not, and to a disk without letter case. */
static bool is_trunk(const struct rule_case *c, struct bytes ref)
{
	size_t count = bytes_starts(ref, BYTES("refs/heads/")) ? c->policy->section_count : 0;

	for (size_t i = 0; i < count; i++) {
		const struct section *section = c->policy->sections[i];

		if (section->kind == SECTION_BRANCH && section->literal && bytes_equal_fold(section->ref, ref))
			return true;
	}
	return false;
}

static void refuse(const struct rule_case *c, struct bytes twin, const char *how, struct findings *findings)
{
	struct finding *finding =
		case_add(c, findings, "%.*s %s: one name would mean two things", BYTES_ARG(twin), how);

	finding_fix(findings, finding, "choose another name");
}

/* Refuses it if something else is called `name` behind this prefix; false: nobody can tell. */
static bool judge_twin(const struct rule_case *c, struct findings *findings, const char *prefix, struct bytes name)
{
	struct bytes twin = bytes_printf(findings->arena, "%s%.*s", prefix, BYTES_ARG(name));
	struct oid id;
	enum answer answer = facts_ref(c->facts, twin, &id);

	if (answer == ANSWER_YES)
		refuse(c, twin, "exists", findings);
	else if (is_pushed(c, twin))
		refuse(c, twin, "comes with it", findings);
	else if (is_trunk(c, twin))
		refuse(c, twin, "is a branch of the policy", findings);
	return answer != ANSWER_UNKNOWN;
}

/* A clone of ours calls the branch main origin/main, and takes a tag of that name before it. */
static bool judge(const struct rule_case *c, struct findings *findings)
{
	const struct bytes remote = BYTES("origin/");
	struct bytes name = c->update->name;

	if (c->update->kind != UPDATE_CREATE)
		return true;
	if (bytes_starts(c->update->ref, BYTES("refs/heads/")))
		return judge_twin(c, findings, "refs/tags/", name);
	if (!bytes_starts(c->update->ref, BYTES("refs/tags/")))
		return true;
	return judge_twin(c, findings, "refs/heads/", name) &&
	       (!bytes_starts(name, remote) || judge_twin(c, findings, "refs/heads/", bytes_from(name, remote.len)));
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
