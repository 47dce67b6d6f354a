/* after: stages of a deploy follow one another. */
#include "after.h"
#include "deployed.h"

#include "arena.h"
#include "clock.h"
#include "quote.h"
#include "stage.h"
#include "zone.h"

/* One deploy, and one stage that it comes after. */
struct asking {
	const struct rule_case *c;
	const struct after *after;
	struct oid commit;
	struct findings *findings;
};

static struct finding *refuse(const struct asking *asking, struct bytes found)
{
	const struct setting *setting = asking->c->setting;
	const struct clause *clause = &setting->clauses[asking->after - (const struct after *)setting->parsed];
	struct finding *finding = case_add(asking->c, asking->findings, "%.*s", BYTES_ARG(found));

	finding->origin = clause->origin;
	finding_wanted(asking->findings, finding, "%s at %.*s", oid_abbrev(&asking->commit).text,
		       BYTES_ARG(clause->text));
	return finding;
}

/* The stage holds the commit, and not yet long enough. */
static void refuse_early(const struct asking *asking, int64_t since)
{
	const struct zone *zone = zone_of(asking->c->policy);
	struct arena *arena = asking->findings->arena;
	int64_t end = since + (int64_t)asking->after->seconds, now = facts_now(asking->c->facts);
	struct bytes found = bytes_printf(arena, "%.*s is at %s since %.*s, %s left", BYTES_ARG(asking->after->stage),
					  oid_abbrev(&asking->commit).text, BYTES_ARG(zone_text(zone, since, arena)),
					  clock_span(end - now).text);

	finding_fix(asking->findings, refuse(asking, found), "push again at %.*s",
		    BYTES_ARG(zone_text(zone, end, arena)));
}

/* "canary-5 is at 3f2c1ab, not at 91d0c2e": the stage does not hold the commit, or has held it too long. */
static bool refuse_other(const struct asking *asking)
{
	const struct rule_case *c = asking->c;
	struct arena *arena = asking->findings->arena;
	struct bytes stage = asking->after->stage, ref = after_ref(arena, c->update->ref, stage), found;
	struct target target = {0};
	struct oid value;
	enum answer answer = facts_ref(c->facts, ref, &value);

	if (answer == ANSWER_UNKNOWN || (answer == ANSWER_YES && facts_target(c->facts, &value, &target) != ANSWER_YES))
		return false;
	if (answer == ANSWER_NO)
		found = bytes_printf(arena, "%.*s was never asked for", BYTES_ARG(stage));
	else if (oid_equal(&target.commit, &asking->commit))
		found = bytes_printf(arena, "%.*s is at %s only from before the last rollback", BYTES_ARG(stage),
				     oid_abbrev(&asking->commit).text);
	else
		found = bytes_printf(arena, "%.*s is at %s, not at %s", BYTES_ARG(stage),
				     oid_abbrev(&target.commit).text, oid_abbrev(&asking->commit).text);
	finding_fix(asking->findings, refuse(asking, found), "first: git policy deploy %s %s --reason '...'",
		    quote_word(asking->findings->arena, deployed_name(ref)), oid_abbrev(&asking->commit).text);
	return true;
}

/* A stage that is there in a clone is there on the server; since when, and whether since before a rollback, only the
 * account tells. False when it is not known whether there was one. */
static bool note_time(const struct asking *asking)
{
	const struct rule_case *c = asking->c;
	struct arena *arena = asking->findings->arena;
	struct oid value;
	enum answer rolled = facts_ref(c->facts, after_ref(arena, c->update->ref, BYTES(STAGE_ROLLBACK)), &value);

	if (asking->after->seconds || rolled == ANSWER_YES)
		finding_open(case_add(c, asking->findings, "only the server knows since when %.*s is at %s",
				      BYTES_ARG(asking->after->stage), oid_abbrev(&asking->commit).text));
	return rolled != ANSWER_UNKNOWN;
}

static bool judge_stage(const struct asking *asking)
{
	const struct rule_case *c = asking->c;
	int64_t since;

	switch (after_since(c->facts, asking->findings->arena, c->update->ref, asking->after, &asking->commit,
			    &since)) {
	case ANSWER_YES:
		break;
	case ANSWER_NO:
		return refuse_other(asking);
	case ANSWER_UNKNOWN:
		return false;
	}
	if (since == INT64_MIN)
		return note_time(asking);
	if (facts_now(c->facts) < since + (int64_t)asking->after->seconds)
		refuse_early(asking, since);
	return true;
}

static bool judge(const struct rule_case *c, struct findings *findings)
{
	struct asking asking = {.c = c, .after = c->setting->parsed, .findings = findings};
	enum answer answer = deployed_commit(c, &asking.commit);
	bool told = answer != ANSWER_UNKNOWN;

	for (size_t i = 0; answer == ANSWER_YES && i < c->setting->clause_count; i++, asking.after++)
		told &= judge_stage(&asking);
	return told;
}

static const struct key keys[] = {
	{
		.name = "after",
		.sections = SECTION_DEPLOY,
		.kind = KEY_CLAUSES,
		.form = "a stage [for <how long>], one a line",
		.check = after_check,
		.help = "Stages of the same environment that must hold the same commit, and for how long.",
		.example = "canary-5 for 10m",
	},
};

const struct rule rule_after = {
	.name = "after",
	.help = "Refuses a stage before another one has held the same commit long enough.",
	.mend = "Deploy the stage before it first, and wait as long as the message says: git policy status <commit> "
		"--for deploy/<environment>/<stage>.",
	.scope = SCOPE_UPDATE,
	.severity = SEVERITY_ENFORCE,
	.keys = keys,
	.key_count = sizeof(keys) / sizeof(*keys),
	.judge = judge,
};
