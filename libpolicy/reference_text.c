/* reference_text: rules and keys for people: in short, or whole. */
#include "keys.h"
#include "reference.h"

static void print_whole(struct buffer *out, const struct rule *rule)
{
	static const char *const scopes[] = {
		[SCOPE_UPDATE] = "each ref that a push moves",
		[SCOPE_LANDING] = "each step that lands on a branch, and the commit that a deploy asks for",
		[SCOPE_COMMIT] = "each commit that a push brings",
		[SCOPE_CONTENT] = "what each commit that a push brings adds, and all that is deployed",
	};

	buffer_printf(out, "  It is asked about %s.\n", scopes[rule->scope]);
	if (rule->flags & RULE_FLOW || rule->scope == SCOPE_LANDING)
		buffer_add(out, BYTES("  A grant for exactly that move of a branch lets it pass.\n"));
	if (rule->scope == SCOPE_CONTENT)
		buffer_printf(out, "  A section for refs switches it on: content = %s\n", rule->name);
	buffer_printf(out, "  To mend it: %s\n  More: docs/policy.md#%s\n", rule->mend,
		      reference_heading(rule, rule->key_count ? rule->keys : NULL));
}

static void print_rule(struct buffer *out, const struct rule *rule, bool whole)
{
	if (out->len)
		buffer_add(out, BYTES("\n"));
	if (!rule) {
		buffer_add(out, BYTES("Settings that belong to no rule\n"));
		return;
	}
	buffer_printf(out, "%s (%s%s)\n  %s\n", rule->name, reference_severity(rule),
		      rule->flags & RULE_FIXED ? ", fixed" : "", rule->help);
	if (whole)
		print_whole(out, rule);
}

static void print_key(struct buffer *out, const struct key *key, const struct rule *rule, bool whole)
{
	if (whole && out->len)
		buffer_add(out, BYTES("\n"));
	buffer_printf(out, "  %s = %.*s   in", key->name, BYTES_ARG(reference_form(out->arena, key)));
	for (unsigned kind = SECTION_POLICY; kind <= SECTION_AUDIT; kind <<= 1)
		if (key->sections & kind)
			buffer_printf(out, " [%s]", keys_section((enum section_kind)kind));
	buffer_printf(out, "\n    %s\n", key->help);
	if (key->unset)
		buffer_printf(out, "    Unset: %s.\n", key->unset);
	if (!whole)
		return;
	buffer_printf(out, "    For example: %s = %s\n", key->name, key->example);
	if (rule && bytes_equal(bytes_of(rule->name), bytes_of(key->name)))
		return;
	if (rule)
		buffer_printf(out, "    It is a setting of the rule %s.\n", rule->name);
	else
		buffer_printf(out, "    More: docs/policy.md#%s\n", reference_heading(rule, key));
}

const struct reference_style reference_text = {print_rule, print_key};
