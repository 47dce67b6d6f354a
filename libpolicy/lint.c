/* lint: one question after another to a policy that loads: does this do anything? */
#include "lint_parts.h"

#include "arena.h"
#include "keys.h"
#include "pattern.h"
#include "regex.h"
#include "rule.h"
#include "section.h"

struct finding *lint_warn(const struct lint *lint, const struct origin *origin, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	struct finding *finding = findings_vadd(lint->findings, "policy", SEVERITY_WARN, format, arguments);

	va_end(arguments);
	finding->origin = *origin;
	return finding;
}

/* A literal heading wins over every pattern, so only patterns can stand in another's shadow. */
static void lint_shadow(const struct lint *lint, size_t index)
{
	const struct section *later = lint->policy->sections[index];

	for (size_t i = 0; i < index && !later->literal; i++) {
		const struct section *earlier = lint->policy->sections[i];

		if (earlier->kind != later->kind || earlier->literal ||
		    !pattern_covers(earlier->pattern, later->pattern))
			continue;
		struct finding *finding =
			lint_warn(lint, &later->origin, "never governs a ref: \"%.*s\" (%.*s:%u) takes them all",
				  BYTES_ARG(earlier->heading), BYTES_ARG(earlier->origin.file), earlier->origin.line);

		finding_fix(lint->findings, finding, "move this section above it: the first pattern that matches wins");
		return;
	}
}

static void lint_comment(const struct lint *lint, const struct setting *setting)
{
	for (size_t i = 0; i < setting->clause_count; i++) {
		const struct clause *clause = &setting->clauses[i];

		if (!bytes_contains(clause->text, BYTES(" # ")) && !bytes_contains(clause->text, BYTES("\t# ")))
			continue;
		finding_fix(lint->findings,
			    lint_warn(lint, &clause->origin, "the # and what follows is part of the value"),
			    "put a comment on a line of its own");
	}
}

static void lint_settings(const struct lint *lint, const struct section *section)
{
	for (const struct setting *setting = section ? section->settings : NULL; setting; setting = setting->next) {
		lint_who(lint, setting);
		lint_lists(lint, setting);
		lint_signed(lint, setting);
		lint_branches(lint, setting);
		lint_accept(lint, setting);
		lint_soak(lint, setting);
		lint_comment(lint, setting);
	}
}

/* Rule `name` refuses a branch that differs from a trunk in letter case only, though it be a trunk itself. */
static void lint_twins(const struct lint *lint, size_t index)
{
	const struct section *later = lint->policy->sections[index];

	for (size_t i = 0; i < index && later->literal && later->kind == SECTION_BRANCH; i++) {
		const struct section *earlier = lint->policy->sections[i];

		if (!earlier->literal || !bytes_equal_fold(earlier->ref, later->ref))
			continue;
		struct finding *finding =
			lint_warn(lint, &later->origin,
				  "lets nothing in, nor does \"%.*s\" (%.*s:%u): they differ in letter case only",
				  BYTES_ARG(earlier->heading), BYTES_ARG(earlier->origin.file), earlier->origin.line);

		finding_fix(lint->findings, finding, "keep one of the two");
		return;
	}
}

/* "allow" when `delete` is unset. */
static struct bytes delete_of(const struct section *section)
{
	const struct setting *setting = section_setting(section, "delete");

	return setting && setting->word_count ? setting->words[0] : BYTES("allow");
}

static bool denies(const struct section *section, const char *key)
{
	const struct setting *setting = section_setting(section, key);

	return setting && setting->clause_count && bytes_equal(setting->clauses[0].text, BYTES("deny"));
}

/* What may not move, and may be deleted and created again elsewhere. */
static void lint_delete(const struct lint *lint, const struct section *section)
{
	bool trunk = section->kind == SECTION_BRANCH && section->literal;
	const char *key = trunk ? "rewrite" : "move";

	if (!(trunk || section->kind == SECTION_TAG) || !denies(section, key) ||
	    bytes_equal(delete_of(section), BYTES("deny")) ||
	    (trunk && bytes_equal(delete_of(section), BYTES("merged"))))
		return;
	finding_fix(
		lint->findings,
		lint_warn(lint, &section->origin, "%s = deny holds nobody who may delete it and create it again", key),
		"delete = deny");
}

/* A literal heading that its own `name` refuses. */
static void lint_name(const struct lint *lint, const struct section *section)
{
	const struct setting *name = section_setting(section, "name");
	struct bytes own = bytes_from(section->ref, section_prefix(section->kind).len);

	if (section->literal && name && regex_match(name->regexes[0], own) == REGEX_NO)
		finding_fix(lint->findings,
			    lint_warn(lint, &section->origin, "lets nothing in: name = %.*s does not match %.*s",
				      BYTES_ARG(name->clauses[0].text), BYTES_ARG(own)),
			    "correct `name`, or leave it out");
}

/* A policy that governs no refs judges commits and content by its defaults. */
static bool judges(const struct policy *policy, const struct section *defaults)
{
	return !policy->governs && (section_setting(defaults, "content") || section_setting(defaults, "commits"));
}

static void lint_defaults(const struct lint *lint)
{
	size_t named[4] = {0};

	for (size_t i = 0; i < lint->policy->section_count; i++)
		named[section_slot(lint->policy->sections[i]->kind)]++;
	for (size_t i = 0; i < sizeof(named) / sizeof(*named); i++) {
		const struct section *defaults = lint->policy->defaults[i];

		if (defaults && !named[i] && !judges(lint->policy, defaults))
			finding_fix(lint->findings,
				    lint_warn(lint, &defaults->origin, "gives defaults to sections that are not there"),
				    "add a section with a name, \"**\" for every ref of the kind");
	}
}

/* Whether something switches the rule on. */
static bool is_set(const struct lint *lint, const struct rule *rule)
{
	const struct policy *policy = lint->policy;

	if (section_setting(policy->commit, rule->name) || lint_asks(lint, rule))
		return true;
	for (size_t i = 0; i < policy->section_count; i++)
		if (section_setting(policy->sections[i], rule->name))
			return true;
	return false;
}

/* What a finding of the rule weighs at most, where commits are taken most seriously. */
static enum severity weight(const struct policy *policy, const struct rule *rule, enum severity severity)
{
	if (rule->scope != SCOPE_COMMIT || rule->flags & RULE_FIXED || !policy->governs || severity < SEVERITY_WARN)
		return severity;
	for (size_t i = 0; i < policy->section_count; i++)
		if (section_commits(policy->sections[i]) == COMMITS_ENFORCE)
			return severity;
	return SEVERITY_WARN;
}

static void lint_severity(const struct lint *lint, const struct rule *rule)
{
	const struct setting *setting = map_get(lint->policy->severities, bytes_of(rule->name));
	enum severity severity = setting ? (enum severity)setting->number : rule->severity;

	if (!setting)
		return;
	if (!(rule->flags & RULE_ALWAYS) && !is_set(lint, rule))
		finding_fix(lint->findings, lint_warn(lint, &setting->origin, "no section has %s", rule->name),
			    "set %s somewhere, or leave the line out", rule->name);
	else if (severity == rule->severity)
		finding_fix(lint->findings,
			    lint_warn(lint, &setting->origin, "%s does that without this line", rule->name),
			    "leave the line out");
	else if (weight(lint->policy, rule, severity) == weight(lint->policy, rule, rule->severity))
		finding_fix(
			lint->findings,
			lint_warn(lint, &setting->origin, "changes nothing: no section takes commits that seriously"),
			"commits = enforce, or leave the line out");
}

/* A rule that is set, and silenced. */
static void lint_silence(const struct lint *lint, const struct rule *rule)
{
	const struct setting *severity = map_get(lint->policy->severities, bytes_of(rule->name));

	if (severity && severity->number == SEVERITY_OFF && is_set(lint, rule))
		finding_fix(lint->findings,
			    lint_warn(lint, &severity->origin, "%s is set, but switched off here", rule->name),
			    "leave one of the two out");
}

/* [commit] asks for something, and every section says not to. */
static void lint_commit(const struct lint *lint)
{
	const struct policy *policy = lint->policy;

	if (!policy->commit || !policy->commit->settings || !policy->section_count)
		return;
	for (size_t i = 0; i < policy->section_count; i++)
		if (section_commits(policy->sections[i]) != COMMITS_OFF)
			return;
	finding_fix(lint->findings,
		    lint_warn(lint, &policy->commit->origin, "judges nothing: commits = off in every section"),
		    "commits = enforce");
}

void lint_policy(const struct policy *policy, const struct layers *layers, struct findings *findings)
{
	const struct lint lint = {policy, layers, findings};

	lint_people(&lint);
	lint_signers(&lint);
	lint_settings(&lint, policy->policy);
	lint_settings(&lint, policy->commit);
	lint_settings(&lint, policy->content);
	lint_commit(&lint);
	lint_content(&lint);
	lint_audit(&lint);
	lint_defaults(&lint);
	for (size_t i = 0; i < sizeof(policy->defaults) / sizeof(*policy->defaults); i++)
		lint_settings(&lint, policy->defaults[i]);
	for (size_t i = 0; i < policy->section_count; i++) {
		lint_shadow(&lint, i);
		lint_twins(&lint, i);
		lint_delete(&lint, policy->sections[i]);
		lint_name(&lint, policy->sections[i]);
		lint_settings(&lint, policy->sections[i]);
		lint_checks(&lint, policy->sections[i]);
		lint_grant(&lint, policy->sections[i]);
		lint_deploys(&lint, policy->sections[i]);
	}
	lint_settings(&lint, policy->check_defaults);
	for (size_t i = 0; i < policy->check_count; i++)
		lint_settings(&lint, policy->check_list[i]);
	for (size_t i = 0; i < rule_count; i++) {
		if (keys_rule(bytes_of(rules[i]->name)) != rules[i])
			continue; /* two rules may share a name */
		lint_severity(&lint, rules[i]);
		lint_silence(&lint, rules[i]);
	}
}
