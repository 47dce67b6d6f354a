/* lintchecks: whether anybody can record what a section waits for: results of checks, grants. */
#include "condition.h"
#include "lint_parts.h"

/* Whether somebody may report the check; a list that comes to nobody is told where it stands. */
static bool has_reporters(const struct lint *lint, struct bytes name)
{
	const struct section *section = map_get(lint->policy->checks, name);
	const struct group *ci = map_get(lint->layers->people->groups, BYTES("ci"));

	return section_setting(section ? section : lint->policy->check_defaults, "push") || (ci && ci->user_count);
}

void lint_checks(const struct lint *lint, const struct section *section)
{
	const struct setting *checks = section_setting(section, "checks");
	const struct condition *conditions = checks ? checks->parsed : NULL;

	for (size_t i = 0; checks && i < checks->word_count; i++) {
		struct bytes name = conditions[i].name;

		if (!has_reporters(lint, name))
			finding_fix(
				lint->findings,
				lint_warn(lint, &checks->origin,
					  "nobody may report %.*s: nobody is in @ci, and [check \"%.*s\"] has no push",
					  BYTES_ARG(name), BYTES_ARG(name)),
				"[group \"ci\"] with members = NAME");
	}
}

void lint_grant(const struct lint *lint, const struct section *section)
{
	const struct setting *rewrite = section_setting(section, "rewrite");

	if (rewrite && bytes_starts(rewrite->clauses[0].text, BYTES("grant")) && !section_setting(section, "grant"))
		finding_fix(lint->findings,
			    lint_warn(lint, &rewrite->origin, "rewrite waits for grants that nobody may give"),
			    "grant = <users and @groups>");
}
