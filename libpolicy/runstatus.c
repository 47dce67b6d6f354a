/* runstatus: what is still missing before a head may land. */
#include "run.h"

#include "arena.h"
#include "gather.h"
#include "layers.h"
#include "telling.h"

struct question {
	const char *ref, *head, *new;
};

/* The move that landing it would be. */
static bool update_of(struct policy_run *run, const struct question *question, struct push *push)
{
	struct bytes ref = bytes_of(question->ref);
	const char *problem = refname_problem(ref);
	struct oid old = {0}, new;

	if (!oid_parse(bytes_of(question->new ? question->new : question->head), &new))
		problem = "what lands is no full id of a commit";
	if (!problem && repo_ref(run->repo, ref, &old) == ANSWER_UNKNOWN)
		problem = repo_problem(run->repo);
	if (problem) {
		findings_add(&run->findings, run->name, SEVERITY_UNDECIDED, "%.*s: %s", BYTES_ARG(ref), problem);
		return false;
	}
	struct update *update = push_add(push, ref, &old, &new);

	update->old = old;
	update->kind = oid_is_zero(&old) ? UPDATE_CREATE : UPDATE_MOVE;
	return true;
}

static void verdict_add(struct policy_run *run)
{
	buffer_add(&run->output, findings_worst(&run->findings) < SEVERITY_ENFORCE ? BYTES("may land\n")
										   : BYTES("may not land yet\n"));
}

static bool status(struct policy_run *run, void *context)
{
	struct push push = {.arena = run->arena};

	if (!run_open(run, true) || !run_load(run) || !update_of(run, context, &push))
		return false;
	run_tell(run, &push, facts_new_client(run->arena, run->repo, &run->layers));
	if (run->told)
		verdict_add(run);
	return true;
}

enum policy_exit policy_status(struct policy_run *run, const char *ref, const char *head, const char *new)
{
	struct question question = {ref, head, new};

	return run_judge(run, "status", status, &question);
}
