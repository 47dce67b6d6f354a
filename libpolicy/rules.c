/* rules: the table of every rule in memory, and what a rule sees of its case. */
#include "rules/rules.h"

#define RULE(name) &rule_##name,
const struct rule *const rules[] = {
#include "rules/table.h"
};

const size_t rule_count = sizeof(rules) / sizeof(rules[0]);

const struct setting *case_setting(const struct rule_case *c, const char *key)
{
	switch (c->rule->scope) {
	case SCOPE_COMMIT:
		return section_setting(c->policy->commit, key);
	case SCOPE_CONTENT:
		return section_setting(c->policy->content, key);
	default:
		return section_setting(c->section, key);
	}
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
