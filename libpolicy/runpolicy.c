/* runpolicy: checking and explaining a policy, without a push. */
#include "run.h"

#include <stdint.h>

#include "arena.h"
#include "environment.h"
#include "explain.h"
#include "layers.h"
#include "lint.h"
#include "push.h"

/* A named file needs no repository. */
static bool load(struct policy_run *run)
{
	if (run->options.file)
		return layers_server(run->arena, NULL, run->options.file, &run->layers, &run->findings);
	return run_open(run, true) && run_layers(run);
}

static const char *plural(size_t count)
{
	return count == 1 ? "" : "s";
}

static void summarise(struct policy_run *run, const struct policy *policy, size_t warnings)
{
	size_t sections = policy->section_count, users = run->layers.people->user_count;
	struct finding *finding =
		findings_add(&run->findings, run->name, SEVERITY_NOTE,
			     "%.*s loads: %zu section%s for refs, %zu user%s, %zu warning%s", BYTES_ARG(policy->file),
			     sections, plural(sections), users, plural(users), warnings, plural(warnings));

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

		lint_policy(run->layers.policy[i], &run->layers, &run->findings);
		summarise(run, run->layers.policy[i], run->findings.count - before);
	}
	return true;
}

enum policy_exit policy_check(struct policy_run *run)
{
	return run_judge(run, "check", check, NULL);
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
	return run_judge(run, "explain", explain, (void *)(uintptr_t)ref);
}

static bool list(struct policy_run *run, void *context)
{
	(void)context;
	explain_rules(&run->output);
	return true;
}

enum policy_exit policy_rules(struct policy_run *run)
{
	return run_judge(run, "rules", list, NULL);
}
