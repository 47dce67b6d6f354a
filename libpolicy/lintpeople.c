/* lintpeople: whether anybody gets through: users, groups, and the variable that tells them apart. */
#include "lint_parts.h"

#include "map.h"
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

/* How many persons a list comes to, when they are fewer than `needed`; a person in two of its groups is one. */
static size_t persons(const struct who *who, size_t needed, struct arena *arena)
{
	struct map *seen = map_new(arena);
	size_t count = 0;

	for (size_t i = 0; i <= who->group_count; i++) {
		const struct user **users = i ? who->groups[i - 1]->list : who->list;
		size_t user_count = i ? who->groups[i - 1]->user_count : who->count;

		for (size_t k = 0; k < user_count && count < needed; k++) {
			count += !map_get(seen, users[k]->name);
			map_set(seen, users[k]->name, seen);
		}
	}
	return count;
}

void lint_lists(const struct lint *lint, const struct setting *setting)
{
	for (const struct who_list *list = setting->lists; list; list = list->next) {
		size_t count = list->who ? persons(list->who, list->needed, lint->findings->arena) : list->needed;

		if (count < list->needed)
			finding_fix(lint->findings,
				    lint_warn(lint, &setting->clauses[list->clause].origin,
					      "asks for %zu of %zu people: nothing gets through", list->needed, count),
				    "ask for fewer, or give its groups members");
	}
}

void lint_signed(const struct lint *lint, const struct setting *setting)
{
	if (bytes_equal(bytes_of(setting->key->name), BYTES("signed")) &&
	    !section_setting(lint->layers->identity, "signers"))
		finding_fix(lint->findings,
			    lint_warn(lint, &setting->origin, "nobody's signature counts: [identity] has no signers"),
			    "signers = allowed_signers, a file beside the policy");
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
		if (section_setting(policy->policy, "host"))
			return; /* no server goes by it alone */
		finding_fix(lint->findings,
			    lint_warn(lint, &policy->policy->origin,
				      "speaks of no refs: it judges messages and content only"),
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
