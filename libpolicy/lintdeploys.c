/* lintdeploys: whether the stages that deploys come after may be there, and rollbacks are asked for too much. */
#include "lint_parts.h"

#include "after.h"
#include "arena.h"
#include "pattern.h"
#include "section.h"
#include "stage.h"

/* What is called like the refs that a section governs. */
static struct bytes ref_of(const struct lint *lint, const struct section *section)
{
	return bytes_printf(lint->findings->arena, "refs/deploy/%.*s", BYTES_ARG(pattern_text(section->pattern)));
}

/* Whether some section may name the stage, in whichever environment. */
static bool is_named(const struct lint *lint, struct bytes name)
{
	for (size_t i = 0; i < lint->policy->section_count; i++) {
		const struct section *section = lint->policy->sections[i];
		struct stage stage = {0};

		stage_parse(ref_of(lint, section), &stage);
		if (section->kind == SECTION_DEPLOY && (bytes_equal(stage.name, name) || stage_varies(stage.name)))
			return true;
	}
	return false;
}

static void lint_after(const struct lint *lint, const struct section *section)
{
	const struct setting *setting = section_setting(section, "after");
	const struct after *after = setting ? setting->parsed : NULL;

	for (size_t i = 0; setting && i < setting->clause_count; i++)
		if (!is_named(lint, after[i].stage))
			finding_fix(lint->findings,
				    lint_warn(lint, &setting->clauses[i].origin, "no section names a stage %.*s",
					      BYTES_ARG(after[i].stage)),
				    "add a section for it, or correct the name");
}

/* What goes back has a section of its own, or it is asked for all that the stages of a pattern are asked for. */
static void lint_pattern(const struct lint *lint, const struct section *section)
{
	static const char *const keys[] = {"approvals", "checks", "after", "tag", "on"};
	struct bytes rollback = after_ref(lint->findings->arena, ref_of(lint, section), BYTES(STAGE_ROLLBACK));

	if (section->literal || section_find(lint->policy, rollback) != section)
		return;
	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++)
		if (section_setting(section, keys[i])) {
			finding_fix(
				lint->findings,
				lint_warn(lint, &section->origin, "a rollback, too, is asked for `%s` here", keys[i]),
				"give it a section of its own: [deploy \"%.*s\"]",
				BYTES_ARG(bytes_from(rollback, section_prefix(SECTION_DEPLOY).len)));
			return;
		}
}

static void lint_hours(const struct lint *lint, const struct section *section)
{
	static const char *const keys[] = {"window", "freeze"};

	for (size_t i = 0; section->rollback && i < sizeof(keys) / sizeof(*keys); i++) {
		const struct setting *setting = section_setting(section, keys[i]);

		if (setting)
			finding_fix(lint->findings,
				    lint_warn(lint, &setting->origin,
					      "%s is never asked: a rollback may come at any hour", keys[i]),
				    "leave it out");
	}
}

void lint_deploys(const struct lint *lint, const struct section *section)
{
	if (section->kind != SECTION_DEPLOY)
		return;
	lint_after(lint, section);
	lint_pattern(lint, section);
	lint_hours(lint, section);
}
