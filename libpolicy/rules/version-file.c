/* version-file: a release says its version by the time it lands; its own section says where. */
#include "stated.h"

static bool judge_source(const struct rule_case *c, const struct landing_source *source, struct findings *findings)
{
	const struct section *section = section_find(c->policy, source->ref);
	struct stated stated = {
		.c = c,
		.setting = section_setting(section, "version-file"),
		.commit = c->landing->head,
		.fix = bytes_printf(findings->arena, " on %.*s, push it, and land that",
				    BYTES_ARG(bytes_from(source->ref, BYTES("refs/heads/").len))),
	};

	if (!stated.setting || !stated_version(section, source->ref, &stated.version))
		return true;
	return stated_judge(&stated, findings);
}

static bool judge(const struct rule_case *c, struct findings *findings)
{
	for (size_t i = 0; i < c->landing->source_count; i++)
		if (!judge_source(c, &c->landing->sources[i], findings))
			return false;
	return true;
}

const struct rule rule_version_file = {
	.name = "version-file",
	.help = "Refuses to land a branch whose files say another version than its name.",
	.mend = "Set the version in that file on the branch, push it, and land that head.",
	.scope = SCOPE_LANDING,
	.flags = RULE_FLOW | RULE_ALWAYS,
	.severity = SEVERITY_ENFORCE,
	.judge = judge,
};
