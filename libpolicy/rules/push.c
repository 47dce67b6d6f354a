/* push: who may update a ref; nobody who is not known, unless the section says anyone. */
#include "rule.h"

static void refuse_anonymous(const struct rule_case *c, struct findings *findings)
{
	struct bytes claim = facts_user_claim(c->facts);
	const struct setting *env = section_setting(c->policy->identity, "env");
	struct bytes variable = env ? env->clauses[0].text : BYTES("the identity variable");
	struct finding *finding;

	if (claim.len) {
		finding = case_add(c, findings, "the policy knows nobody named \"%.*s\"", BYTES_ARG(claim));
		finding_fix(findings, finding, "ask the admin to add [user \"%.*s\"]", BYTES_ARG(claim));
	} else {
		finding = case_add(c, findings, "the server was not told who is pushing");
		finding_fix(findings, finding, "%.*s is empty: the admin sets it (install/README.md)",
			    BYTES_ARG(variable));
	}
	finding_wanted(findings, finding, "a user of the policy");
}

static void refuse_closed(const struct rule_case *c, struct findings *findings)
{
	struct finding *finding = case_add(c, findings, "nobody may push here: the section has no `push`");

	finding->origin = c->section->origin;
	finding_fix(findings, finding, "the admin adds to the section: push = <users, @groups or anyone>");
}

static void refuse_user(const struct rule_case *c, const struct user *user, struct findings *findings)
{
	struct finding *finding = case_add(c, findings, "%.*s may not push here", BYTES_ARG(user->name));

	finding_wanted(findings, finding, "one of: %.*s", BYTES_ARG(c->setting->clauses[0].text));
	finding_fix(findings, finding, "ask one of them to push it");
}

static bool judge(const struct rule_case *c, struct findings *findings)
{
	const struct user *user = facts_user(c->facts);

	if (!c->section || facts_on_client(c->facts))
		return true;
	if (!c->setting && c->section->kind == SECTION_REF)
		refuse_closed(c, findings);
	else if (c->setting ? people_listed(c->setting, user) : user != NULL)
		return true;
	else if (!user)
		refuse_anonymous(c, findings);
	else
		refuse_user(c, user, findings);
	return true;
}

static const struct key keys[] = {
	{
		.name = "push",
		.sections = SECTION_BRANCH | SECTION_TAG,
		.kind = KEY_WHO,
		.help = "Who may create, move or delete these refs: users, @groups, or anyone (even the unknown).",
		.unset = "every known user",
	},
	{
		.name = "push",
		.sections = SECTION_REF,
		.kind = KEY_WHO,
		.help = "Who may create, move or delete these refs: users, @groups, or anyone (even the unknown).",
		.unset = "nobody",
	},
};

const struct rule rule_push = {
	.name = "push",
	.help = "Refuses an update by somebody whom the section does not list, and by anybody unknown.",
	.scope = SCOPE_UPDATE,
	.flags = RULE_ALWAYS | RULE_FIXED,
	.severity = SEVERITY_ENFORCE,
	.keys = keys,
	.key_count = sizeof(keys) / sizeof(*keys),
	.judge = judge,
};
