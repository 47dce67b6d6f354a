/* explainpush: what a push lands, step by step, and every rule's word on it; or what the account says it landed. */
#include "run.h"

#include "account.h"
#include "arena.h"
#include "clock.h"
#include "gather.h"
#include "report.h"
#include "telling.h"

struct move {
	const char *old, *new, *ref;
};

static bool update_of(struct policy_run *run, const struct move *move, struct push *push)
{
	struct oid old, new;
	const char *problem = refname_problem(bytes_of(move->ref));

	if (!oid_parse(bytes_of(move->old), &old) || !oid_parse(bytes_of(move->new), &new))
		problem = "the values are no full ids";
	if (problem) {
		findings_add(&run->findings, run->name, SEVERITY_UNDECIDED, "%s: %s", move->ref, problem);
		return false;
	}
	struct update *update = push_add(push, bytes_of(move->ref), &old, &new);

	update->old = old;
	update->kind = oid_is_zero(&new) ? UPDATE_DELETE : oid_is_zero(&old) ? UPDATE_CREATE : UPDATE_MOVE;
	return true;
}

/* Looking for a move in the account, and telling it. */
struct recall {
	const struct update *update;
	struct buffer *out;
	bool found;
	bool landed; /* and what it landed is told */
};

static void names_add(struct buffer *out, const char *before, const struct bytes *names, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		buffer_add(out, bytes_of(i ? ", " : before));
		escape_add(out, refname_short(names[i]), SIZE_MAX);
	}
}

static bool recall_line(void *context, const struct account_line *line)
{
	struct recall *recall = context;

	if (!oid_equal(&line->old, &recall->update->old) || !oid_equal(&line->new, &recall->update->new))
		return true;
	recall->found = true;
	recall->landed = line->landing_count;
	buffer_printf(recall->out, "this happened at %s, pushed by ", clock_format(line->time).text);
	escape_add(recall->out, line->user.len ? line->user : BYTES("nobody knows whom"), SIZE_MAX);
	buffer_add(recall->out, BYTES("\n"));
	for (size_t i = 0; i < line->landing_count; i++) {
		const struct account_landing *landing = &line->landings[i];

		buffer_printf(recall->out, "  %s of %s", landing_method_name(landing->method),
			      oid_abbrev(&landing->head).text);
		names_add(recall->out, " from ", landing->sources, landing->source_count);
		names_add(recall->out, ", approved by ", landing->approvers, landing->approver_count);
		buffer_add(recall->out, BYTES("\n"));
	}
	return false;
}

/* A clone has no account: of a move that is over it can only say what the rules would say of it now. */
static bool tell_over(struct policy_run *run, struct facts *facts, const struct update *update)
{
	struct oid at = {0};

	if (facts_ref(facts, update->ref, &at) == ANSWER_UNKNOWN) {
		findings_add(&run->findings, run->name, SEVERITY_UNDECIDED, "%s", facts_reason(facts));
		return false;
	}
	if (!run->options.remote || oid_equal(&at, &update->old))
		return true;
	escape_add(&run->output, refname_short(update->ref), SIZE_MAX);
	buffer_printf(&run->output, " is at %s now, not at %s: as things are, this would be\n", oid_abbrev(&at).text,
		      oid_abbrev(&update->old).text);
	buffer_printf(&run->output,
		      "(of a push that happened the server knows more: there, git policy explain --push "
		      "%s %s %.*s)\n",
		      oid_abbrev(&update->old).text, oid_abbrev(&update->new).text,
		      BYTES_ARG(refname_short(update->ref)));
	return true;
}

static bool explain_push(struct policy_run *run, void *context)
{
	struct push push = {.arena = run->arena};
	struct recall recall = {.out = &run->output};

	if (!run_open(run, true) || !run_load(run) || !update_of(run, context, &push))
		return false;
	struct facts *facts = facts_new_client(run->arena, run->repo, &run->layers);

	recall.update = &push.updates[0];
	if (facts_account(facts, recall.update->ref, recall_line, &recall) == ANSWER_UNKNOWN) {
		findings_add(&run->findings, run->name, SEVERITY_UNDECIDED, "%s", facts_reason(facts));
		return false;
	}
	/* What was judged already needs no other word. */
	run->told = recall.landed;
	if (recall.found)
		facts_past(facts, &push);
	if (!recall.found && !tell_over(run, facts, recall.update))
		return false;
	if (!recall.landed)
		run_tell(run, &push, facts);
	return true;
}

enum policy_exit policy_explain_push(struct policy_run *run, const char *old, const char *new, const char *ref)
{
	struct move move = {old, new, ref};

	return run_judge(run, "explain", explain_push, &move);
}
