/* checks: a landing has the results it needs, each no older than its policy allows (design 4.6). */
#include "condition.h"
#include "rule.h"

#include "arena.h"
#include "quote.h"

/* Who may report the check: "robot", "one of @ci". */
static struct bytes reporters_of(const struct rule_case *c, struct bytes name, struct arena *arena)
{
	const struct section *section = map_get(c->policy->checks, name);
	const struct setting *push = section_setting(section ? section : c->policy->check_defaults, "push");

	if (push && push->word_count == 1 && push->words[0].data[0] != '@')
		return push->words[0];
	return bytes_printf(arena, "one of %.*s", BYTES_ARG(push ? push->clauses[0].text : BYTES("@ci")));
}

static void refuse(const struct rule_case *c, const struct condition *condition, const char *why,
		   struct findings *findings)
{
	struct oid_hex head = oid_abbrev(&c->landing->head);
	bool passes = condition->comparison == CONDITION_PASS;
	struct finding *finding = case_add(c, findings, "%.*s %s for %s", BYTES_ARG(condition->name), why, head.text);

	finding_wanted(findings, finding, "%.*s%s", BYTES_ARG(condition->text), passes ? ": pass" : "");
	finding_fix(findings, finding, "%.*s reports: git policy report %s %s %s",
		    BYTES_ARG(reporters_of(c, condition->name, findings->arena)),
		    quote_word(findings->arena, condition->name), passes ? "pass" : "<number>", head.text);
}

/* How old a result is, only the server's account tells. */
static void note_age(const struct rule_case *c, const struct condition *condition, struct findings *findings)
{
	const struct section *section = map_get(c->policy->checks, condition->name);
	const struct setting *age = section_setting(section ? section : c->policy->check_defaults, "max-age");

	if (facts_cloned(c->facts) && (age || condition_measured(c, condition)))
		finding_open(
			case_add(c, findings, "only the server knows how old %.*s is", BYTES_ARG(condition->name)));
}

static bool judge(const struct rule_case *c, struct findings *findings)
{
	const struct condition *conditions = c->setting->parsed;
	bool told = true;

	for (size_t i = 0; i < c->setting->word_count; i++) {
		const char *why;

		switch (condition_met(c, &conditions[i], findings->arena, &why)) {
		case ANSWER_YES:
			note_age(c, &conditions[i], findings);
			break;
		case ANSWER_NO:
			refuse(c, &conditions[i], why, findings);
			break;
		case ANSWER_UNKNOWN:
			told = false;
			break;
		}
	}
	return told;
}

static const struct key keys[] = {
	{
		.name = "checks",
		.sections = SECTION_BRANCH | SECTION_DEPLOY,
		.kind = KEY_LIST,
		.form = "names of checks, or numbers and what they must be",
		.check = condition_check,
		.help = "What must have been said of the head that lands, of the commit that lands it, or of the "
			"commit that is deployed.",
		.example = "ci coverage>=90",
	},
	{
		.name = "max-age",
		.sections = SECTION_CHECK,
		.kind = KEY_DURATION,
		.min = 1,
		.help = "How old a result of this check may be when it is needed, by the server's clock and account.",
		.example = "24h",
		.unset = "any age",
	},
};

const struct rule rule_checks = {
	.name = "checks",
	.help = "Refuses a landing without the results that the section asks for, or with stale ones.",
	.mend = "One of the check's reporters runs: git policy report <check> pass <commit>. What has failed is mended "
		"by a new commit, which is checked anew.",
	.scope = SCOPE_LANDING,
	.flags = RULE_FLOW,
	.severity = SEVERITY_ENFORCE,
	.keys = keys,
	.key_count = sizeof(keys) / sizeof(*keys),
	.judge = judge,
};
