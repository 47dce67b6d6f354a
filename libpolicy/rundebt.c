/* rundebt: what is owed, and what was let pass. */
#include "run.h"

#include <stdint.h>

#include "account.h"
#include "arena.h"
#include "clock.h"
#include "debt.h"
#include "environment.h"
#include "json.h"
#include "quote.h"
#include "report.h"

/* Telling of both, as text or as JSON lines. */
struct ledger {
	struct policy_run *run;
	struct facts *facts;
	struct json json;
	bool lines;	  /* of JSON */
	struct bytes ref; /* whose account is being read */
	size_t grants;
};

static bool fail(struct policy_run *run, const char *problem)
{
	findings_add(&run->findings, run->name, SEVERITY_UNDECIDED, "%s", problem);
	return false;
}

static void text_add(struct ledger *ledger, const char *before, struct bytes text)
{
	buffer_add(&ledger->run->output, bytes_of(before));
	escape_add(&ledger->run->output, text, SIZE_MAX);
}

static void debt_json(struct ledger *ledger, const struct debt *debt)
{
	struct buffer *out = &ledger->run->output;

	buffer_add(out, BYTES("{\"type\":\"debt\""));
	json_text(&ledger->json, ",\"branch\":", debt->branch);
	json_text(&ledger->json, ",\"landed\":", debt->trunk);
	json_text(&ledger->json, ",\"owed\":", debt->owed);
	buffer_printf(out, ",\"head\":\"%s\",\"gone\":%s}\n", oid_hex(&debt->head).text, debt->gone ? "true" : "false");
}

static struct bytes word(const struct ledger *ledger, struct bytes ref)
{
	return bytes_of(quote_word(ledger->run->arena, ref));
}

/* "release/v1.2.0: 3f2c1ab has landed on main and not on develop" and what mends it. */
static void debt_text(struct ledger *ledger, const struct debt *debt)
{
	struct buffer *out = &ledger->run->output;
	struct bytes branch = refname_short(debt->branch), owed = refname_short(debt->owed);

	text_add(ledger, "", branch);
	buffer_printf(out, "%s: %s", debt->gone ? " (gone)" : "", oid_abbrev(&debt->head).text);
	text_add(ledger, " has landed on ", refname_short(debt->trunk));
	text_add(ledger, " and not on ", owed);
	if (debt->gone) {
		buffer_printf(out, "\n  git push origin %s:", oid_abbrev(&debt->head).text);
		text_add(ledger, "", word(ledger, debt->branch));
		buffer_add(out, BYTES(", and then"));
	}
	text_add(ledger, "\n  git policy land ", word(ledger, branch));
	text_add(ledger, " --into ", word(ledger, owed));
	buffer_add(out, BYTES("\n"));
}

/* What every branch of one layer owes; what nobody could tell is said too. */
static bool tell_debts(struct ledger *ledger, const struct policy *policy, size_t *ret_count)
{
	struct debts debts = {.arena = ledger->run->arena, .facts = ledger->facts, .policy = policy};
	bool sure = true;

	for (size_t i = 0; i < policy->section_count; i++) {
		const struct section *section = policy->sections[i];

		if (!section_setting(section, "owes"))
			continue;
		sure &= debts_of_section(&debts, section, (struct bytes){0});
		sure &= debts_of_account(&debts, section);
	}
	for (size_t i = 0; i < debts.count; i++)
		if (ledger->lines)
			debt_json(ledger, &debts.list[i]);
		else
			debt_text(ledger, &debts.list[i]);
	*ret_count += debts.count;
	return sure || fail(ledger->run, facts_reason(ledger->facts));
}

static void grant_json(struct ledger *ledger, const struct account_line *line)
{
	const struct account_grant *grant = &line->grant;
	struct buffer *out = &ledger->run->output;

	buffer_printf(out, "{\"type\":\"grant\",\"time\":\"%s\"", clock_format(line->time).text);
	json_text(&ledger->json, ",\"granted\":", grant->user);
	json_text(&ledger->json, ",\"pushed\":", line->user);
	json_text(&ledger->json, ",\"ref\":", ledger->ref);
	buffer_printf(out, ",\"old\":\"%s\",\"new\":\"%s\"", oid_hex(&line->old).text, oid_hex(&line->new).text);
	json_text(&ledger->json, ",\"event\":", line->event);
	json_text(&ledger->json, ",\"reason\":", grant->reason);
	buffer_add(out, BYTES(",\"passed\":["));
	for (size_t i = 0; i < grant->passed_count; i++)
		json_text(&ledger->json, i ? "," : "", grant->passed[i]);
	buffer_add(out, BYTES("]}\n"));
}

/* "2026-01-31T12:00:00Z main 3f2c1ab -> 91d0c2e: granted by dan, pushed by erin, passed rewrite checks: the reason" */
static void grant_text(struct ledger *ledger, const struct account_line *line)
{
	const struct account_grant *grant = &line->grant;
	struct buffer *out = &ledger->run->output;

	text_add(ledger, clock_format(line->time).text, (struct bytes){0});
	text_add(ledger, " ", refname_short(ledger->ref));
	buffer_printf(out, " %s -> %s", oid_abbrev(&line->old).text, oid_abbrev(&line->new).text);
	text_add(ledger, ": granted by ", grant->user);
	text_add(ledger, ", pushed by ", line->user.len ? line->user : BYTES("?"));
	for (size_t i = 0; i < grant->passed_count; i++)
		text_add(ledger, i ? " " : ", passed ", grant->passed[i]);
	text_add(ledger, "\n  ", grant->reason);
	buffer_add(out, BYTES("\n"));
}

static bool tell_grant(void *context, const struct account_line *line)
{
	struct ledger *ledger = context;

	if (!line->grant.user.len)
		return true;
	ledger->grants++;
	if (ledger->lines)
		grant_json(ledger, line);
	else
		grant_text(ledger, line);
	return true;
}

/* Grants are of branches; by ref, the newest first. */
static bool tell_grants(struct ledger *ledger)
{
	struct policy_run *run = ledger->run;
	const struct bytes *refs;
	const char *problem;
	size_t count;

	if (account_refs(run->arena, repo_git_dir(run->repo), &refs, &count, &problem) != ANSWER_YES)
		return fail(run, problem);
	for (size_t i = 0; i < count; i++) {
		if (refname_reserved(refs[i]))
			continue;
		ledger->ref = refs[i];
		if (facts_account(ledger->facts, refs[i], tell_grant, ledger) == ANSWER_UNKNOWN)
			return fail(run, facts_reason(ledger->facts));
	}
	return true;
}

static bool is_server(struct policy_run *run)
{
	if (repo_is_served(run->repo))
		return true;
	struct finding *finding = findings_add(&run->findings, run->name, SEVERITY_UNDECIDED,
					       "only the server knows what has landed and what was granted");

	finding_fix(&run->findings, finding, "on the server, as its owner: git policy -C <repo.git> debt");
	return false;
}

static bool debt(struct policy_run *run, void *context)
{
	struct ledger ledger = {
		.run = run,
		.json = {.out = &run->output, .scratch = {.arena = run->arena}},
		.lines = run->options.json || environment_json(),
	};
	size_t debts = 0;
	bool sure = true;

	(void)context;
	if (!run_open(run, true) || !is_server(run) || !run_layers(run))
		return false;
	ledger.facts = facts_new_client(run->arena, run->repo, &run->layers);
	for (size_t i = 0; i < run->layers.count; i++)
		sure &= tell_debts(&ledger, run->layers.policy[i], &debts);
	if (!ledger.lines && !debts)
		buffer_add(&run->output, BYTES("nothing is owed\n"));
	sure &= tell_grants(&ledger);
	if (!ledger.lines && !ledger.grants)
		buffer_add(&run->output, BYTES("nothing was granted\n"));
	run->told = sure && !ledger.lines;
	return sure;
}

enum policy_exit policy_debt(struct policy_run *run)
{
	return run_judge(run, "debt", debt, NULL);
}
