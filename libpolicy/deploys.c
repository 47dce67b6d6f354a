/* deploys: what a policy says of the stages of its environments, when all of it is read. */
#include "deploys.h"

#include "after.h"
#include "pattern.h"
#include "section.h"
#include "settings.h"
#include "stage.h"

static void check_after(const struct policy *policy, struct bytes ref, const struct setting *setting, size_t clause,
			struct findings *errors)
{
	const struct after *after = (const struct after *)setting->parsed + clause;
	struct bytes stage = after_ref(errors->arena, ref, after->stage);
	struct finding *fault;

	if (bytes_equal(stage, ref)) {
		settings_fault(errors, setting, clause, 0, "%.*s comes after itself", BYTES_ARG(after->stage));
	} else if (!section_find(policy, stage)) {
		fault = settings_fault(errors, setting, clause, 0, "no section names %.*s, which %.*s comes after",
				       BYTES_ARG(stage), BYTES_ARG(ref));
		finding_fix(errors, fault, "add [deploy \"%.*s\"], or correct the name",
			    BYTES_ARG(bytes_from(stage, section_prefix(SECTION_DEPLOY).len)));
	}
}

/* A pattern may have a fixed environment: "production/canary-{number}". */
static void check_section(const struct policy *policy, const struct section *section, struct findings *errors)
{
	struct bytes text = pattern_text(section->pattern);
	struct bytes ref = bytes_printf(errors->arena, "refs/deploy/%.*s", BYTES_ARG(text));
	const struct setting *after = section_setting(section, "after");
	struct stage stage = {0};

	stage_parse(ref, &stage);
	for (size_t i = 0; after && after->parsed && !stage_varies(stage.environment) && i < after->clause_count; i++)
		check_after(policy, ref, after, i, errors);
}

void deploys_check(const struct policy *policy, struct findings *errors)
{
	for (size_t i = 0; i < policy->section_count; i++)
		if (policy->sections[i]->kind == SECTION_DEPLOY)
			check_section(policy, policy->sections[i], errors);
}
