/* runrehearse: judging a push that nobody has made, on the server or in a clone of it, as the hook would. */
#include "run.h"

#include "arena.h"
#include "environment.h"
#include "gather.h"
#include "judge.h"
#include "layers.h"
#include "quote.h"
#include "rehearse.h"
#include "report.h"
#include "resolve.h"

bool rehearse_refuse(struct policy_run *run, struct bytes ref, const char *problem)
{
	findings_add(&run->findings, run->name, SEVERITY_UNDECIDED, "%.*s: %s", BYTES_ARG(ref), problem);
	return false;
}

/* The value before: as it was told, else as the repository has it. */
static bool old_of(struct policy_run *run, const struct policy_move *move, struct oid *ret_old)
{
	struct bytes ref = bytes_of(move->ref);

	*ret_old = (struct oid){{0}};
	if (move->old)
		return oid_parse(bytes_of(move->old), ret_old) ||
		       rehearse_refuse(run, ref, "its old value is no full id");
	return repo_ref(run->repo, ref, ret_old) != ANSWER_UNKNOWN ||
	       rehearse_refuse(run, ref, repo_problem(run->repo));
}

static bool is_here(struct policy_run *run, const struct oid *id)
{
	enum object_type type;
	size_t size;

	return oid_is_zero(id) || repo_header(run->repo, id, &type, &size) == ANSWER_YES;
}

static void add(struct push *push, struct bytes ref, const struct oid *old, const struct oid *new)
{
	struct update *update = push_add(push, ref, old, new);

	update->old = *old;
}

/* What the server has and this clone has not: it is judged from what was fetched last, or left to the server. */
static bool take_absent(struct policy_run *run, struct bytes ref, const struct oid *there, struct oid *ret_old)
{
	bool known = repo_ref(run->repo, ref, ret_old) == ANSWER_YES;
	struct finding *finding =
		findings_add(&run->findings, "push", SEVERITY_NOTE, "the server has %s there, which is not here: %s",
			     oid_abbrev(there).text, known ? "judged by what was fetched before" : "not judged here");

	finding->ref = ref;
	finding_open(finding);
	finding_fix(&run->findings, finding, "git fetch %s",
		    run->options.remote ? quote_word(run->arena, bytes_of(run->options.remote)) : "");
	return known;
}

void rehearse_take(struct policy_run *run, struct rehearsal *rehearsal, struct bytes ref, struct oid old,
		   const struct oid *new, bool pushed)
{
	struct oid there = old;

	if (!is_here(run, &there)) {
		old = (struct oid){{0}};
		pushed &= take_absent(run, ref, &there, &old);
	}
	add(&rehearsal->known, ref, &old, new);
	if (pushed)
		add(&rehearsal->push, ref, &old, new);
}

static bool take_move(struct policy_run *run, struct rehearsal *rehearsal, const struct policy_move *move)
{
	struct bytes ref = bytes_of(move->ref);
	const char *problem = refname_problem(ref);
	struct oid old, new = {{0}};

	if (!problem && move->new &&push_find(&rehearsal->push, ref))
		problem = "it is pushed twice";
	if (problem) {
		findings_add(&run->findings, "push", SEVERITY_ENFORCE, "bad ref name, %s: %.*s", problem,
			     BYTES_ARG(ref));
		return false;
	}
	if (!old_of(run, move, &old))
		return false;
	if (move->new && !oid_parse(bytes_of(move->new), &new))
		return rehearse_refuse(run, ref, "its new value is no full id");
	if (move->new || !push_find(&rehearsal->known, ref))
		rehearse_take(run, rehearsal, ref, old, &new, move->new);
	return true;
}

static bool take_moves(struct policy_run *run, void *context)
{
	struct rehearsal *rehearsal = context;
	bool taken = true;

	for (size_t i = 0; taken && i < rehearsal->count; i++)
		taken = take_move(run, rehearsal, &rehearsal->moves[i]);
	return taken;
}

/* Whether somebody has to be known to push there, under any policy. */
static bool asks_who(const struct policy_run *run, struct bytes ref)
{
	for (size_t i = 0; i < run->layers.count; i++) {
		const struct policy *policy = run->layers.policy[i];
		const struct setting *push = section_setting(section_find(policy, ref), "push");

		if (policy->governs && !(push && people_listed(push, NULL)))
			return true;
	}
	return false;
}

static void note_pusher(struct policy_run *run, const struct rehearsal *rehearsal, const struct facts *facts)
{
	for (size_t i = 0; facts_user_open(facts) && i < rehearsal->push.count; i++) {
		struct bytes ref = rehearsal->push.updates[i].ref;

		if (!asks_who(run, ref))
			continue;
		bool cloned = facts_cloned(facts);
		struct finding *finding =
			findings_add(&run->findings, "push", SEVERITY_NOTE, "%s, and whether they may",
				     cloned ? "only the server knows who pushes" : "nobody says who pushes");

		finding->ref = ref;
		finding_open(finding);
		finding_fix(&run->findings, finding, "%s",
			    cloned ? "git config policy.user <your name there>" : "--as <user>");
	}
}

static bool is_open(const struct findings *findings, struct bytes ref)
{
	for (const struct finding *finding = findings->first; finding; finding = finding->next)
		if (finding->open && !finding->evaluated && bytes_equal(finding->ref, ref))
			return true;
	return false;
}

/* What was found first, if anything; nobody is told that the good half of a refused push is good. */
static void tell(struct policy_run *run, const struct rehearsal *rehearsal)
{
	report_render(&run->findings, REPORT_TEXT, &run->output);
	run->told = true;
	for (size_t i = 0; findings_worst(&run->findings) < SEVERITY_ENFORCE && i < rehearsal->push.count; i++) {
		struct bytes ref = rehearsal->push.updates[i].ref;

		escape_add(&run->output, ref, SIZE_MAX);
		buffer_add(&run->output, BYTES(": would be accepted"));
		buffer_add(&run->output,
			   is_open(&run->findings, ref) ? BYTES(", as far as can be told here\n") : BYTES("\n"));
	}
}

/* Of history that is not there nothing can be said. */
static bool check_whole(struct policy_run *run)
{
	if (!repo_is_shallow(run->repo))
		return true;
	struct finding *finding = findings_add(&run->findings, run->name, SEVERITY_UNDECIDED,
					       "this clone is shallow: what it has not got cannot be judged here");

	finding_fix(&run->findings, finding, "git fetch --unshallow");
	return false;
}

bool rehearse_judge(struct policy_run *run, struct rehearsal *rehearsal)
{
	if (!check_whole(run) || !run_load(run))
		return false;
	struct facts *facts = facts_new_client(run->arena, run->repo, &run->layers);

	if (!run_say_pusher(run, rehearsal->user, facts))
		return false;
	if (facts_cloned(facts))
		facts_past(facts, &rehearsal->known);
	else if (!resolve_push(&rehearsal->push, run->repo, &run->findings))
		return false;
	run_limit(run, facts);
	note_pusher(run, rehearsal, facts);
	return !rehearsal->push.count || judge_push(&run->layers, &rehearsal->push, facts, &run->findings);
}

static bool rehearse(struct policy_run *run, void *context)
{
	struct rehearsal *rehearsal = context;

	rehearsal->push.arena = rehearsal->known.arena = run->arena;
	bool judged = run_open(run, true) && take_moves(run, rehearsal) && rehearse_judge(run, rehearsal);

	if (judged && !run->options.json && !environment_json())
		tell(run, rehearsal);
	return judged;
}

enum policy_exit policy_rehearse(struct policy_run *run, const struct policy_move *moves, size_t count,
				 const char *user)
{
	struct rehearsal rehearsal = {.moves = moves, .count = count, .user = user};

	return run_judge(run, "test", rehearse, &rehearsal);
}
