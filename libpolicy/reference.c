/* reference: every rule with its keys, as the table of rules has them. */
#include "explain.h"
#include "keys.h"
#include "policyfile.h"
#include "rule.h"

static const char *severity_word(enum severity severity)
{
	switch (severity) {
	case SEVERITY_OFF:
		return "off";
	case SEVERITY_NOTE:
		return "note";
	case SEVERITY_WARN:
		return "warn";
	case SEVERITY_ENFORCE:
		return "enforce";
	case SEVERITY_UNDECIDED:
		break;
	}
	return "undecided";
}

static void print_kind(const struct key *key, struct buffer *out)
{
	static const char *const kinds[] = {
		[KEY_DURATION] = "90s, 10m, 24h or 3d",
		[KEY_SIZE] = "500k, 10M, 1G or bytes",
		[KEY_TEXT] = "text",
		[KEY_LIST] = "words",
		[KEY_WHO] = "users, @groups or anyone",
		[KEY_REGEX] = "a regular expression",
		[KEY_REGEXES] = "regular expressions, one a line",
		[KEY_CLAUSES] = "clauses, one a line",
	};

	if (key->form)
		buffer_printf(out, "%s", key->form);
	else if (key->kind == KEY_NUMBER && key->min == key->max)
		buffer_printf(out, "%lu", key->min);
	else if (key->kind == KEY_NUMBER)
		buffer_printf(out, "%lu to %lu", key->min, key->max);
	else if (key->kind != KEY_WORD)
		buffer_printf(out, "%s", kinds[key->kind]);
	for (size_t i = 0; !key->form && key->kind == KEY_WORD && key->words[i]; i++)
		buffer_printf(out, "%s%s", i ? " | " : "", key->words[i]);
}

static void print_key(struct buffer *out, const struct key *key)
{
	buffer_printf(out, "  %s = ", key->name);
	print_kind(key, out);
	buffer_add(out, BYTES("   in"));
	for (unsigned kind = SECTION_POLICY; kind <= SECTION_AUDIT; kind <<= 1)
		if (key->sections & kind)
			buffer_printf(out, " [%s]", keys_section((enum section_kind)kind));
	buffer_printf(out, "\n    %s\n", key->help);
	if (key->unset)
		buffer_printf(out, "    Unset: %s.\n", key->unset);
}

static void print_other(void *context, const struct key *key, const struct rule *rule)
{
	if (!rule)
		print_key(context, key);
}

void explain_rules(struct buffer *out)
{
	for (size_t i = 0; i < rule_count; i++) {
		const struct rule *rule = rules[i];

		buffer_printf(out, "%s (%s%s)\n  %s\n", rule->name, severity_word(rule->severity),
			      rule->flags & RULE_FIXED ? ", fixed" : "", rule->help);
		for (size_t k = 0; k < rule->key_count; k++)
			print_key(out, &rule->keys[k]);
		buffer_add(out, BYTES("\n"));
	}
	buffer_add(out, BYTES("Settings that belong to no rule\n"));
	policyfile_keys(print_other, out);
}
