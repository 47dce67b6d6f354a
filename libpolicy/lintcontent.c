/* lintcontent: whether what [content] sets is looked for by some section, and what sections look for is set. */
#include "lint_parts.h"

#include <string.h>

#include "keys.h"
#include "rule.h"

/* What is asked anywhere about content: by sections for refs, or by defaults where there are none. */
static unsigned asked(const struct policy *policy)
{
	unsigned content = 0;

	for (size_t i = 0; i < policy->section_count; i++)
		content |= section_demand(policy->sections[i]).content;
	for (size_t i = 0; !policy->governs && i < sizeof(policy->defaults) / sizeof(*policy->defaults); i++)
		content |= section_demand(policy->defaults[i]).content;
	return content;
}

bool lint_asks(const struct lint *lint, const struct rule *rule)
{
	unsigned content = asked(lint->policy);

	for (size_t i = 0; i < rule_count && rules[i] != rule; i++)
		content >>= rules[i]->scope == SCOPE_CONTENT;
	return rule->scope == SCOPE_CONTENT && content & 1;
}

static const struct rule *rule_with(const struct key *key)
{
	for (size_t i = 0; i < rule_count; i++)
		for (size_t k = 0; k < rules[i]->key_count; k++)
			if (&rules[i]->keys[k] == key)
				return rules[i];
	return NULL;
}

/* A limit that is asked for and not set. */
static void lint_size(const struct lint *lint)
{
	const struct rule *size = keys_rule(BYTES("size"));
	const struct section *content = lint->policy->content;

	if (lint_asks(lint, size) && !section_setting(content, size->keys[0].name))
		finding_fix(lint->findings,
			    lint_warn(lint, content ? &content->origin : &lint->policy->policy->origin,
				      "%s looks for nothing: no %s says how large a file may be", size->name,
				      size->keys[0].name),
			    "[content] with %s = 10M", size->keys[0].name);
}

void lint_content(const struct lint *lint)
{
	const struct section *content = lint->policy->content;

	lint_size(lint);
	for (const struct setting *setting = content ? content->settings : NULL; setting; setting = setting->next) {
		const struct rule *rule = rule_with(setting->key);

		if (rule && !lint_asks(lint, rule))
			finding_fix(lint->findings,
				    lint_warn(lint, &setting->origin, "%s is for %s, which no section looks for",
					      setting->key->name, rule->name),
				    "content = %s in a section for refs", rule->name);
	}
}
