/* runstatus: what is still missing before a head may land. */
#include "run.h"

#include <stdint.h>

#include "arena.h"
#include "environment.h"
#include "gather.h"
#include "layers.h"
#include "plan.h"
#include "report.h"
#include "telling.h"

struct question {
	const char *ref, *new;
	const char *user; /* who would push; NULL: run_say_pusher() */
};

bool run_update(struct policy_run *run, const char *name, const char *value, struct push *push)
{
	struct bytes ref = bytes_of(name);
	const char *problem = refname_problem(ref);
	struct oid old = {0}, new;

	if (!oid_parse(bytes_of(value), &new))
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

/* Whether all that stands in the way is who pushes it. */
static bool wants_another(const struct findings *findings)
{
	for (const struct finding *finding = findings->first; finding; finding = finding->next)
		if (finding->severity >= SEVERITY_ENFORCE && !finding->evaluated &&
		    !bytes_equal(finding->rule, BYTES("push")))
			return false;
	return true;
}

static void verdict_add(struct policy_run *run)
{
	if (findings_worst(&run->findings) >= SEVERITY_ENFORCE && wants_another(&run->findings))
		buffer_add(&run->output, BYTES("may land, but not by your push\n"));
	else if (findings_worst(&run->findings) >= SEVERITY_ENFORCE)
		buffer_add(&run->output, BYTES("may not land yet\n"));
	else if (findings_open(&run->findings))
		buffer_add(&run->output, BYTES("may land, as far as can be told here\n"));
	else
		buffer_add(&run->output, BYTES("may land\n"));
}

static bool status(struct policy_run *run, void *context)
{
	const struct question *question = context;
	struct push push = {.arena = run->arena};

	if (!run_open(run, true) || !run_load(run) || !run_update(run, question->ref, question->new, &push))
		return false;
	struct facts *facts = facts_new_client(run->arena, run->repo, &run->layers);

	if (!run_say_pusher(run, question->user, facts))
		return false;
	run_tell(run, &push, facts);
	if (run->told)
		verdict_add(run);
	return true;
}

enum policy_exit policy_status(struct policy_run *run, const char *ref, const char *head, const char *new,
			       const char *user)
{
	struct question question = {ref, new ? new : head, user};

	return run_judge(run, "status", status, &question);
}

static bool nothing(struct policy_run *run, void *sentence)
{
	findings_add(&run->findings, run->name, SEVERITY_NOTE, "%s", (const char *)sentence);
	if (run->options.json || environment_json())
		return true;
	escape_add(&run->output, bytes_of(sentence), SIZE_MAX);
	buffer_add(&run->output, BYTES("\n"));
	run->told = true;
	return true;
}

enum policy_exit policy_nothing(struct policy_run *run, const char *sentence)
{
	return run_judge(run, "status", nothing, (void *)(uintptr_t)sentence);
}

static bool commits(struct policy_run *run, void *context)
{
	const struct question *question = context;
	struct push push = {.arena = run->arena};

	if (!run_open(run, true) || !run_load(run) || !run_update(run, question->ref, question->new, &push))
		return false;
	struct facts *facts = facts_new_client(run->arena, run->repo, &run->layers);

	if (!run_say_pusher(run, NULL, facts))
		return false;
	for (size_t i = 0; i < run->layers.count; i++) {
		struct plan plan = plan_make(run->layers.policy[i], &push, facts, &run->findings);

		if (!plan_introduced(&plan)) {
			findings_add(&run->findings, run->name, SEVERITY_UNDECIDED, "%s", facts_reason(facts));
			return false;
		}
	}
	return true;
}

enum policy_exit policy_commits(struct policy_run *run, const char *ref, const char *new)
{
	struct question question = {ref, new, NULL};

	return run_judge(run, "commits", commits, &question);
}
