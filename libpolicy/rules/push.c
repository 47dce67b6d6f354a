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

/* Refuses somebody who is not on a list; `who` is the list as written. */
static void refuse_unlisted(const struct rule_case *c, const struct user *user, const char *what, struct bytes who,
			    struct findings *findings)
{
	struct finding *finding = case_add(c, findings, "%.*s may not %s", BYTES_ARG(user->name), what);

	finding_wanted(findings, finding, "one of: %.*s", BYTES_ARG(who));
	finding_fix(findings, finding, "ask one of them to push it");
}

/* Somebody speaks for themselves only, by whichever of their names. */
static void judge_name(const struct rule_case *c, const struct user *user, struct findings *findings)
{
	struct record own = *c->record;

	if (people_user(facts_people(c->facts), own.name) == user)
		return;
	struct finding *finding =
		case_add(c, findings, "%.*s does not speak for %.*s", BYTES_ARG(user->name), BYTES_ARG(own.name));

	own.name = user->name;
	finding_wanted(findings, finding, "a record in your own name");
	finding_fix(findings, finding, "push to %.*s", BYTES_ARG(record_ref(findings->arena, &own)));
}

static void judge_grant(const struct rule_case *c, const struct user *user, struct findings *findings)
{
	struct rule_case given = *c;

	given.setting = section_setting(section_find(c->policy, c->record->target), "grant");
	if (given.setting && !people_listed(given.setting, user))
		refuse_unlisted(&given, user, "grant this", given.setting->clauses[0].text, findings);
}

/* A check is reported by those its section lists, else by the group @ci, and by nobody where there is none. */
static void judge_report(const struct rule_case *c, const struct user *user, struct findings *findings)
{
	const struct section *section = map_get(c->policy->checks, c->record->name);
	const struct group *ci = map_get(facts_people(c->facts)->groups, BYTES("ci"));
	struct rule_case given = *c;

	given.setting = section_setting(section ? section : c->policy->check_defaults, "push");
	if (given.setting ? people_listed(given.setting, user) : ci && crowd_has(&ci->users, user))
		return;
	refuse_unlisted(&given, user, "report this check",
			given.setting ? given.setting->clauses[0].text : BYTES("@ci"), findings);
}

static void judge_record(const struct rule_case *c, struct findings *findings)
{
	const struct user *user = facts_user(c->facts);

	if (!user) {
		refuse_anonymous(c, findings);
	} else if (c->record->kind == RECORD_CHECK) {
		judge_report(c, user, findings);
	} else {
		judge_name(c, user, findings);
		if (c->record->kind == RECORD_GRANT)
			judge_grant(c, user, findings);
	}
}

static bool judge(const struct rule_case *c, struct findings *findings)
{
	const struct user *user = facts_user(c->facts);

	if (facts_user_open(c->facts))
		return true;
	if (c->record)
		judge_record(c, findings);
	if (!c->section)
		return true;
	if (!c->setting && c->section->kind == SECTION_REF)
		refuse_closed(c, findings);
	else if (c->setting ? people_listed(c->setting, user) : user != NULL)
		return true;
	else if (!user)
		refuse_anonymous(c, findings);
	else
		refuse_unlisted(c, user, "push here", c->setting->clauses[0].text, findings);
	return true;
}

static const struct key keys[] = {
	{
		.name = "push",
		.sections = SECTION_BRANCH | SECTION_TAG | SECTION_DEPLOY,
		.kind = KEY_WHO,
		.help = "Who may create, move and delete such refs, which for a deploy is to ask for it; anyone is "
			"everybody, even the unknown.",
		.example = "@integrators",
		.unset = "every known user",
	},
	{
		.name = "push",
		.sections = SECTION_REF,
		.kind = KEY_WHO,
		.help = "Who may create, move and delete such refs; anyone is everybody, even the unknown.",
		.example = "@integrators",
		.unset = "nobody",
	},
	{
		.name = "push",
		.sections = SECTION_CHECK,
		.kind = KEY_WHO,
		.form = "users and @groups",
		.help = "Who may report it. A reporter is not an approver by being one.",
		.example = "@ci",
		.unset = "@ci",
	},
};

const struct rule rule_push = {
	.name = "push",
	.help = "Refuses an update by somebody whom the section does not list, and by anybody unknown; and a record in "
		"another's name.",
	.mend = "Have one of those push it whom git policy explain <ref> lists. Where the server takes you for "
		"somebody else, its admin looks at how it sets the variable of [identity] env.",
	.scope = SCOPE_UPDATE,
	.flags = RULE_ALWAYS | RULE_FIXED,
	.severity = SEVERITY_ENFORCE,
	.keys = keys,
	.key_count = sizeof(keys) / sizeof(*keys),
	.judge = judge,
};
