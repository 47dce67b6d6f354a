/* rules: the table of every rule, in the order findings are told, and what a rule sees of its case. */
#include "rules/rules.h"

const struct rule *const rules[] = {
	/* on each ref update */
	&rule_stale,
	&rule_target,
	&rule_name,
	&rule_push,
	&rule_create_from,
	&rule_rewrite,
	&rule_move,
	&rule_delete,
	/* on each introduced commit */
	&rule_object,
	&rule_author,
	&rule_committer,
	&rule_format,
	&rule_types,
	&rule_scopes,
	&rule_header_max,
	&rule_subject_min,
	&rule_subject_deny,
	&rule_subject_case,
	&rule_subject_end,
	&rule_subject_mood,
	&rule_fixup,
	&rule_body_line_max,
	&rule_footer,
	&rule_sign_off,
};

const size_t rule_count = sizeof(rules) / sizeof(rules[0]);

const struct setting *case_setting(const struct rule_case *c, const char *key)
{
	return section_setting(c->rule->scope == SCOPE_COMMIT ? c->policy->commit : c->section, key);
}

struct finding *case_add(const struct rule_case *c, struct findings *findings, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	struct finding *finding = findings_vadd(findings, c->rule->name, c->severity, format, arguments);

	va_end(arguments);
	if (c->update)
		finding->ref = c->update->ref;
	if (c->commit)
		finding->commit = c->commit->id;
	if (c->setting)
		finding->origin = c->setting->origin;
	finding->evaluated = c->policy->evaluate;
	return finding;
}
