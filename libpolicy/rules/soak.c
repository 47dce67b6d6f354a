/* soak: what is promoted has been tried long enough, each commit by itself, by the server's clock (design 4.8). */
#include "soak.h"

#include "arena.h"
#include "clock.h"
#include "leave.h"
#include "rule.h"
#include "zone.h"

/* The commits that a step brings, and how long each has been where commits are tried. */
struct trial {
	const struct oid *commits;
	const struct stay *stays;
	size_t count;
	size_t young; /* so many have not been tried long enough */
	size_t last;  /* of them, which will be the last to have been */
	size_t old;   /* so many have been tried for longer than is worth it */
};

/* Up to now, or to when it was taken away; -1: it never was there. */
static int64_t age_of(const struct rule_case *c, const struct stay *stay)
{
	int64_t now = facts_now(c->facts);

	return stay->since == INT64_MAX ? -1 : (stay->until < now ? stay->until : now) - stay->since;
}

static bool is_there(const struct stay *stay)
{
	return stay->since < INT64_MAX && stay->until == INT64_MAX;
}

/* When it will have been tried long enough, if nobody takes it away; what is not there may never be. */
static int64_t opening_of(const struct rule_case *c, const struct stay *stay)
{
	const struct soak *soak = c->setting->parsed;

	return is_there(stay) ? stay->since + (int64_t)soak->least : INT64_MAX;
}

/* YES when every branch that the commit came by is one of `soak-exempt`. */
static enum answer is_exempt(const struct rule_case *c, const struct oid *commit)
{
	const struct setting *setting = case_setting(c, "soak-exempt");
	const struct bytes *refs;
	size_t count;
	enum answer answer = setting ? facts_came_by(c->facts, commit, &refs, &count) : ANSWER_NO;

	for (size_t i = 0; answer == ANSWER_YES && i < count; i++)
		if (!soak_exempts(setting->parsed, refs[i]))
			answer = ANSWER_NO;
	return answer;
}

/* Sorts the commits out; false when one cannot be told. */
static bool weigh(const struct rule_case *c, struct trial *trial)
{
	const struct soak *soak = c->setting->parsed;

	for (size_t i = 0; i < trial->count; i++) {
		const struct stay *stay = &trial->stays[i];
		int64_t age = age_of(c, stay);
		bool young = age < (int64_t)soak->least, old = soak->most && age > (int64_t)soak->most;
		enum answer exempt = young || old ? is_exempt(c, &trial->commits[i]) : ANSWER_YES;

		if (exempt == ANSWER_UNKNOWN)
			return false;
		if (exempt == ANSWER_YES)
			continue;
		if (young && (!trial->young || opening_of(c, stay) > opening_of(c, &trial->stays[trial->last])))
			trial->last = i;
		trial->young += young;
		trial->old += old;
	}
	return true;
}

static struct bytes branch_of(const struct soak *soak)
{
	return bytes_from(soak->ref, BYTES("refs/heads/").len);
}

/* "on staging for 47 h 59 min; 3 more commits are too young" */
static struct bytes describe(const struct rule_case *c, const struct trial *trial, struct arena *arena)
{
	const struct stay *stay = &trial->stays[trial->last];
	struct bytes branch = branch_of(c->setting->parsed);
	struct buffer text = {.arena = arena};

	if (stay->since == INT64_MAX)
		buffer_printf(&text, "never on %.*s", BYTES_ARG(branch));
	else
		buffer_printf(&text, "on %.*s for %s%s", BYTES_ARG(branch), clock_span(age_of(c, stay)).text,
			      is_there(stay) ? "" : " only, and not any more");
	if (trial->young > 1)
		buffer_printf(&text, "; %zu more commit%s too young", trial->young - 1,
			      trial->young > 2 ? "s are" : " is");
	return buffer_bytes(&text);
}

static void refuse(const struct rule_case *c, const struct trial *trial, struct findings *findings)
{
	const struct soak *soak = c->setting->parsed;
	struct bytes branch = branch_of(soak);
	int64_t opens = opening_of(c, &trial->stays[trial->last]);
	struct finding *finding = case_add(c, findings, "%.*s", BYTES_ARG(describe(c, trial, findings->arena)));

	finding->commit = trial->commits[trial->last];
	if (opens == INT64_MAX) {
		finding_wanted(findings, finding, "%.*s on %.*s, each commit", BYTES_ARG(soak->span),
			       BYTES_ARG(branch));
		leave_fix(c, finding,
			  bytes_printf(findings->arena, "land it on %.*s first, and wait", BYTES_ARG(branch)).data,
			  findings);
		return;
	}
	finding_wanted(findings, finding, "%.*s on %.*s: from %.*s on, in %s", BYTES_ARG(soak->span), BYTES_ARG(branch),
		       BYTES_ARG(zone_text(zone_of(c->policy), opens, findings->arena)),
		       clock_span(opens - facts_now(c->facts)).text);
	leave_fix(c, finding, "push again then", findings);
}

static void warn(const struct rule_case *c, const struct trial *trial, struct findings *findings)
{
	const struct soak *soak = c->setting->parsed;
	struct finding *finding =
		case_add(c, findings, "%zu commit%s been on %.*s for more than %.*s", trial->old,
			 trial->old > 1 ? "s have" : " has", BYTES_ARG(branch_of(soak)), BYTES_ARG(soak->longer));

	finding->severity = SEVERITY_WARN;
	finding_fix(findings, finding, "promote earlier, or make soak longer");
}

/* A proved revert goes back to what was there: where reverts are allowed it need not be tried (design 4.9). */
static bool is_spared(const struct rule_case *c)
{
	const struct setting *revert = case_setting(c, "revert");

	return c->landing->method == LANDING_REVERT && revert && bytes_equal(revert->clauses[0].text, BYTES("allow"));
}

static enum answer find_stays(const struct rule_case *c, struct trial *trial)
{
	const struct soak *soak = c->setting->parsed;
	struct oid from = c->landing->from;
	struct oids hidden = {.ids = &from, .count = 1};
	enum answer answer = facts_outside(c->facts, &c->landing->head, &hidden, &trial->commits, &trial->count);

	if (answer != ANSWER_YES)
		return ANSWER_UNKNOWN;
	return facts_stays(c->facts, soak->ref, trial->commits, trial->count,
			   (int64_t)(soak->most ? soak->most : soak->least), &trial->stays);
}

static bool judge(const struct rule_case *c, struct findings *findings)
{
	struct trial trial = {0};

	if (is_spared(c))
		return true;
	switch (find_stays(c, &trial)) {
	case ANSWER_UNKNOWN:
		return false;
	case ANSWER_NO:
		finding_open(case_add(c, findings, "only the server knows how long commits have been on %.*s",
				      BYTES_ARG(branch_of(c->setting->parsed))));
		return true;
	case ANSWER_YES:
		break;
	}
	if (!weigh(c, &trial))
		return false;
	if (trial.young)
		refuse(c, &trial, findings);
	if (trial.old)
		warn(c, &trial, findings);
	return true;
}

static const struct key keys[] = {
	{
		.name = "soak",
		.sections = SECTION_BRANCH,
		.kind = KEY_TEXT,
		.form = "<how long>[..<how long>] on <branch>",
		.check = soak_check,
		.help = "How long each commit must have been on another branch; what was there longer than the second "
			"time earns a warning.",
		.example = "3d..5d on staging",
	},
	{
		.name = "soak-exempt",
		.sections = SECTION_BRANCH,
		.kind = KEY_LIST,
		.form = "patterns for branches",
		.check = soak_check_exempt,
		.help = "Commits that came by such a branch alone need not wait. Patterns, as in headings.",
		.example = "hotfix/*",
	},
};

const struct rule rule_soak = {
	.name = "soak",
	.help = "Refuses commits that were not long enough where they are tried.",
	.mend = "Push again when the message says: each commit has to be on the other branch for that long first.",
	.scope = SCOPE_LANDING,
	.flags = RULE_FLOW,
	.severity = SEVERITY_ENFORCE,
	.keys = keys,
	.key_count = sizeof(keys) / sizeof(*keys),
	.judge = judge,
};
