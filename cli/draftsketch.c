/* draftsketch: gives each part of a workflow the name that is there for it, else the usual one. */
#include "draftsketch.h"

#include <string.h>

static const char *either(const char *name, const char *otherwise)
{
	return name ? name : otherwise;
}

/* A release is called like the versions that were tagged. */
static const char *release_heading(const struct naming *naming)
{
	const struct family *tag = naming_find(naming, ROLE_TAG);

	return tag && !strcmp(tag->heading, "{semver}") ? "release/{semver}" : "release/v{semver}";
}

static bool has_topics(const struct naming *naming)
{
	return naming_find(naming, ROLE_FEATURE) || naming_find(naming, ROLE_FIX) || naming_find(naming, ROLE_TOPIC) ||
	       naming_find(naming, ROLE_PERSONAL);
}

static void add_families(struct naming *naming, enum workflow workflow)
{
	if (workflow == WORKFLOW_GITFLOW) {
		naming_need(naming, ROLE_FEATURE, "feature/{slug}");
		naming_need(naming, ROLE_RELEASE, release_heading(naming));
		naming_need(naming, ROLE_HOTFIX, "hotfix/{slug}");
	} else if (!has_topics(naming)) {
		naming_need(naming, ROLE_FEATURE, "feature/{slug}");
		naming_need(naming, ROLE_FIX, "fix/{slug}");
	}
	naming_need(naming, ROLE_TAG, "v{semver}");
}

/* The trunk that is there for this; the main one, when that is what it is called. */
static const char *trunk_of(const struct naming *naming, enum trunk trunk)
{
	const char *name = naming_trunk_name(naming, trunk), *main = naming_trunk_name(naming, TRUNK_MAIN);

	return !name && main && naming_trunk_kind(main) == trunk ? main : name;
}

static void sketch_trunks(const struct naming *naming, enum workflow workflow, struct sketch *sketch)
{
	const char *main = naming_trunk_name(naming, TRUNK_MAIN), *production = trunk_of(naming, TRUNK_PRODUCTION);
	const char *staging = trunk_of(naming, TRUNK_STAGING);

	if (workflow == WORKFLOW_GITFLOW)
		sketch->develop = either(trunk_of(naming, TRUNK_DEVELOP), "develop");
	if (workflow == WORKFLOW_PROMOTION) {
		sketch->staging = staging || production ? staging : "staging";
		sketch->production = either(production, "production");
	}
	sketch->main = "main";
	if (main && main != sketch->develop && main != sketch->staging && main != sketch->production)
		sketch->main = main;
	sketch->from = sketch->develop ? sketch->develop : sketch->main;
}

static bool has_open_door(const struct naming *naming)
{
	const struct family *stray = naming_find(naming, ROLE_STRAY);

	return stray && !strcmp(stray->heading, "**");
}

void draftsketch_make(struct git *git, struct survey *survey, const struct answers *answers, struct sketch *ret_sketch)
{
	static const char *const by[] = {"", " by merge", " by squash rebase fast-forward"};
	struct naming *naming = &survey->naming;
	bool gitflow = answers->workflow == WORKFLOW_GITFLOW;

	*ret_sketch = (struct sketch){.git = git, .survey = survey, .answers = answers, .by = by[survey->landed]};
	add_families(naming, answers->workflow);
	const struct family *release = naming_find(naming, ROLE_RELEASE), *hotfix = naming_find(naming, ROLE_HOTFIX);

	sketch_trunks(naming, answers->workflow, ret_sketch);
	ret_sketch->release = gitflow ? release->heading : NULL;
	ret_sketch->hotfix = hotfix ? hotfix->heading : NULL;
	ret_sketch->open = has_open_door(naming);
	ret_sketch->landing = answers->approvals || answers->checks || answers->workflow != WORKFLOW_TRUNK;
}
