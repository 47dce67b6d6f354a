/* runpolicy: checking and explaining a policy, and what a policy may say, without a push. */
#include "run.h"

#include <stdint.h>
#include <sys/stat.h>

#include "arena.h"
#include "environment.h"
#include "explain.h"
#include "keychecks.h"
#include "layers.h"
#include "lint.h"
#include "nearest.h"
#include "push.h"
#include "quote.h"
#include "record.h"
#include "reference.h"

#define NEAREST_WORDS 64u

/* A named file needs no repository; it is looked at wherever it is, as anybody's. */
static bool load(struct policy_run *run)
{
	if (run->options.file)
		return layers_client(run->arena, NULL, run->options.file, &run->layers, &run->findings);
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

/* What others may write is no policy where it is; but a copy of it may be. */
static void warn_writable(struct policy_run *run)
{
	const char *file = run->options.file;
	struct stat status;

	if (!file || stat(file, &status) || !(status.st_mode & (S_IWGRP | S_IWOTH)))
		return;
	struct finding *finding =
		findings_add(&run->findings, run->name, SEVERITY_WARN,
			     "%s may be written by others than its owner: no server takes it like that", file);

	finding_fix(&run->findings, finding, "chmod go-w %s", quote_word(run->arena, bytes_of(file)));
}

/* Where programs would be started, and an audit written. */
static bool is_server(const struct policy_run *run)
{
	return !run->options.file && !run->options.remote && repo_is_served(run->repo);
}

static bool check(struct policy_run *run, void *context)
{
	(void)context;
	if (!load(run))
		return false;
	warn_writable(run);
	for (size_t i = 0; i < run->layers.count; i++) {
		size_t before = run->findings.count;

		lint_policy(run->layers.policy[i], &run->layers, &run->findings);
		if (is_server(run))
			run_places(run, run->layers.policy[i]);
		summarise(run, run->layers.policy[i], run->findings.count - before);
	}
	return true;
}

enum policy_exit policy_check(struct policy_run *run)
{
	return run_judge(run, "check", check, NULL);
}

static bool refuse_name(struct policy_run *run, struct bytes ref, const char *problem)
{
	findings_add(&run->findings, "name", SEVERITY_ENFORCE, "%.*s: %s", BYTES_ARG(ref), problem);
	return false;
}

static bool wants_json(const struct policy_run *run)
{
	return run->options.json || environment_json();
}

static void explain_target(struct policy_run *run, struct bytes ref)
{
	explain_ref(&run->layers, ref, wants_json(run) ? &explain_json : &explain_text, &run->output);
	run->told = true;
}

/* No section governs records; who may push one, and what asks for it, does the branch it is for. */
static void explain_record(struct policy_run *run, const struct record *record)
{
	static const char *const sentences[] = {
		[RECORD_APPROVAL] = "an approval: whoever it names pushes it, where `approvals` or `owners` asks for "
				    "it\n",
		[RECORD_CHECK] = "what a check said: those push it whom [check] `push` lists, else the group ci\n",
		[RECORD_GRANT] = "a grant: whoever it names pushes it, where `grant` lists them\n",
	};

	if (!wants_json(run))
		buffer_add(&run->output, bytes_of(sentences[record->kind]));
	if (record->target.len)
		explain_target(run, record->target);
}

static bool explain(struct policy_run *run, void *context)
{
	struct bytes ref = refname_full(run->arena, bytes_of(context));
	const char *problem = refname_problem(ref);

	if (problem)
		return refuse_name(run, ref, problem);
	if (!load(run))
		return false;
	struct record record;

	if (record_kind_of(ref) == RECORD_NONE)
		explain_target(run, ref);
	else if ((problem = record_parse(run->arena, ref, &record)))
		return refuse_name(run, ref, problem);
	else
		explain_record(run, &record);
	return true;
}

enum policy_exit policy_explain(struct policy_run *run, const char *ref)
{
	return run_judge(run, "explain", explain, (void *)(uintptr_t)ref);
}

static bool list(struct policy_run *run, void *context)
{
	struct bytes name = bytes_of(context), near = {0};

	run->told = true;
	if (reference_add(&run->output, wants_json(run) ? &reference_json : &reference_text, name, &near))
		return true;
	return run_refuse(run, "no rule and no key is called so", context,
			  near.len ? bytes_printf(run->arena, "did you mean %.*s?", BYTES_ARG(near)).data
				   : "git policy rules lists all there are");
}

enum policy_exit policy_rules(struct policy_run *run, const char *name)
{
	return run_judge(run, "rules", list, (void *)(uintptr_t)name);
}

const char *policy_nearest(const char *word, const char *const *words)
{
	struct bytes candidates[NEAREST_WORDS];
	size_t count = 0, near;

	while (count < NEAREST_WORDS && words[count]) {
		candidates[count] = bytes_of(words[count]);
		count++;
	}
	near = nearest_index(bytes_of(word), candidates, count);
	return near < count ? words[near] : NULL;
}

const char *policy_variable_problem(const char *name)
{
	return check_variable(bytes_of(name));
}
