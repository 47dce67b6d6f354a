/* lintbranches: whether the branches that a rule speaks of are let in by some section. */
#include "lint_parts.h"

#include "accept.h"
#include "arena.h"
#include "pattern.h"
#include "section.h"
#include "soak.h"

static bool is_word(struct bytes word, const char *const *words)
{
	for (size_t i = 0; words[i]; i++)
		if (bytes_equal(word, bytes_of(words[i])))
			return true;
	return false;
}

static void warn(const struct lint *lint, const struct origin *origin, const char *key, struct bytes branch)
{
	finding_fix(lint->findings,
		    lint_warn(lint, origin, "%s names %.*s, which no section governs", key, BYTES_ARG(branch)),
		    "add [branch \"%.*s\"], or correct the name", BYTES_ARG(branch));
}

void lint_branches(const struct lint *lint, const struct setting *setting)
{
	static const char *const keys[] = {"create-from", "delete", "owes", "on", NULL};
	static const char *const other[] = {"allow", "deny", "merged", NULL};

	for (size_t i = 0; is_word(bytes_of(setting->key->name), keys) && i < setting->word_count; i++) {
		struct bytes word = setting->words[i];

		if (!is_word(word, other) &&
		    !section_find(lint->policy,
				  bytes_printf(lint->findings->arena, "refs/heads/%.*s", BYTES_ARG(word))))
			warn(lint, &setting->origin, setting->key->name, word);
	}
}

/* Whether a branch of the section may match; where that is not certain, it may. */
static bool may_match(const struct pattern *pattern, const struct section *section)
{
	struct bytes ours = pattern_prefix(pattern), theirs = pattern_prefix(section->pattern);

	if (section->kind != SECTION_BRANCH)
		return false;
	if (section->literal)
		return pattern_match(pattern, pattern_text(section->pattern), (struct bytes){0});
	if (pattern_literal(pattern))
		return pattern_match(section->pattern, pattern_text(pattern), (struct bytes){0});
	return bytes_starts(ours, theirs) || bytes_starts(theirs, ours);
}

static bool is_governed(const struct lint *lint, const struct pattern *pattern)
{
	for (size_t i = 0; i < lint->policy->section_count; i++)
		if (may_match(pattern, lint->policy->sections[i]))
			return true;
	return false;
}

void lint_accept(const struct lint *lint, const struct setting *setting)
{
	const struct accept *accept = setting->parsed;

	for (size_t i = 0; bytes_equal(bytes_of(setting->key->name), BYTES("accept")) && i < accept->count; i++) {
		const struct accept_clause *clause = &accept->clauses[i];
		const struct origin *origin = &setting->clauses[i].origin;

		for (size_t k = 0; k < clause->pattern_count; k++)
			if (!is_governed(lint, clause->patterns[k]))
				warn(lint, origin, "accept", pattern_text(clause->patterns[k]));
		for (size_t k = 0; k < clause->from_count; k++)
			if (!section_find(lint->policy, clause->from[k]))
				warn(lint, origin, "accept", bytes_from(clause->from[k], BYTES("refs/heads/").len));
	}
}

void lint_soak(const struct lint *lint, const struct setting *setting)
{
	const struct soak_exempt *exempt = setting->key->check == soak_check_exempt ? setting->parsed : NULL;
	const struct soak *soak = setting->key->check == soak_check ? setting->parsed : NULL;

	if (soak && !section_find(lint->policy, soak->ref))
		warn(lint, &setting->origin, "soak", bytes_from(soak->ref, BYTES("refs/heads/").len));
	for (size_t i = 0; exempt && i < exempt->count; i++)
		if (!is_governed(lint, exempt->patterns[i]))
			warn(lint, &setting->origin, "soak-exempt", pattern_text(exempt->patterns[i]));
}
