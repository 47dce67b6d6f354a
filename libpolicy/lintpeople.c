/* lintpeople: whether anybody gets through: users, groups, and the variable that tells them apart. */
#include "lint_parts.h"

#include "section.h"

static bool lists_nobody(const struct who *who)
{
	for (size_t i = 0; i < who->group_count; i++)
		if (who->groups[i]->user_count)
			return false;
	return !who->anyone && !who->count;
}

void lint_who(const struct lint *lint, const struct setting *setting)
{
	if (setting->key->kind == KEY_WHO && setting->who && lists_nobody(setting->who))
		finding_fix(lint->findings, lint_warn(lint, &setting->origin, "%s lists nobody", setting->key->name),
			    "give its groups members");
}

static void lint_groups(const struct lint *lint)
{
	const struct people *own = &lint->policy->people;

	for (size_t i = 0; i < own->group_count; i++)
		if (!own->group_list[i]->user_count)
			finding_fix(lint->findings,
				    lint_warn(lint, &own->group_list[i]->origin, "nobody is in this group"),
				    "members = NAME");
}

static bool some_layer_governs(const struct layers *layers)
{
	for (size_t i = 0; i < layers->count; i++)
		if (layers->policy[i]->governs)
			return true;
	return false;
}

/* Whether commits are compared with who pushes them. */
static bool asks_for_pusher(const struct policy *policy)
{
	static const char *const keys[] = {"author", "committer"};

	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++) {
		const struct setting *setting = section_setting(policy->commit, keys[i]);

		if (setting && bytes_equal(setting->clauses[0].text, BYTES("pusher")))
			return true;
	}
	return false;
}

/* Said of the layer that has the people. */
static void lint_identity(const struct lint *lint)
{
	const struct policy *policy = lint->policy;

	if (!lint->layers->identity &&
	    (policy->people.user_count || (!lint->layers->people->user_count && asks_for_pusher(policy))))
		finding_fix(lint->findings,
			    lint_warn(lint, &policy->policy->origin,
				      "no [identity] env: nobody can be told apart, so nobody may push"),
			    "[identity] with env = GIT_POLICY_USER");
}

void lint_people(const struct lint *lint)
{
	const struct policy *policy = lint->policy;

	lint_groups(lint);
	if (!some_layer_governs(lint->layers)) {
		finding_fix(lint->findings,
			    lint_warn(lint, &policy->policy->origin, "speaks of no refs: it judges commits only"),
			    "add [branch \"**\"], or leave refs to the other layer");
		return;
	}
	lint_identity(lint);
	if (policy->governs && !lint->layers->people->user_count)
		finding_fix(lint->findings,
			    lint_warn(lint, &policy->policy->origin,
				      "names no users: only push = anyone lets somebody through"),
			    "add [user \"NAME\"] sections, or include = people.ini");
}
