/* runpolicy: checking and explaining a policy, without a push. */
#include "run.h"

#include <stdint.h>

#include "arena.h"
#include "environment.h"
#include "explain.h"
#include "layers.h"
#include "lint.h"
#include "push.h"

/* A named file needs no repository; without one, a bare repository has its server layers and a clone its own. */
static bool load(struct policy_run *run)
{
	if (run->options.file)
		return layers_server(run->arena, NULL, run->options.file, &run->layers, &run->findings);
	if (!run_open(run, true))
		return false;
	if (!repo_work_tree(run->repo).len)
		return layers_server(run->arena, run->repo, NULL, &run->layers, &run->findings);
	return layers_client(run->arena, run->repo, NULL, &run->layers, &run->findings);
}

static void summarise(struct policy_run *run, const struct policy *policy, size_t warnings)
{
	struct finding *finding = findings_add(
		&run->findings, "check", SEVERITY_NOTE, "%.*s loads: %zu sections for refs, %zu users, %zu warnings",
		BYTES_ARG(policy->file), policy->section_count, run->layers.people->user_count, warnings);

	if (policy->evaluate)
		finding_fix(&run->findings, finding,
			    "mode = evaluate: it reports what it would reject, and rejects nothing");
}

static bool check(struct policy_run *run, void *context)
{
	(void)context;
	if (!load(run))
		return false;
	for (size_t i = 0; i < run->layers.count; i++) {
		size_t before = run->findings.count;

		lint_policy(run->layers.policy[i], run->layers.people, &run->findings);
		summarise(run, run->layers.policy[i], run->findings.count - before);
	}
	return true;
}

enum policy_exit policy_check(struct policy_run *run)
{
	return run_judge(run, check, NULL);
}

/* A short name is a branch's, as on git's own command line where a branch is meant. */
static struct bytes full_ref(struct arena *arena, struct bytes ref)
{
	return bytes_starts(ref, BYTES("refs/")) ? ref : bytes_printf(arena, "refs/heads/%.*s", BYTES_ARG(ref));
}

static bool explain(struct policy_run *run, void *context)
{
	struct bytes ref = full_ref(run->arena, bytes_of(context));
	const char *problem = refname_problem(ref);

	if (problem) {
		findings_add(&run->findings, "name", SEVERITY_ENFORCE, "%.*s: %s", BYTES_ARG(ref), problem);
		return false;
	}
	if (!load(run))
		return false;
	explain_ref(&run->layers, ref, &run->output);
	return true;
}

enum policy_exit policy_explain(struct policy_run *run, const char *ref)
{
	return run_judge(run, explain, (void *)(uintptr_t)ref);
}

static bool list(struct policy_run *run, void *context)
{
	(void)context;
	explain_rules(&run->output);
	return true;
}

enum policy_exit policy_rules(struct policy_run *run)
{
	return run_judge(run, list, NULL);
}
