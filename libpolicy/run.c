/* run: opening, ending and telling a run; the one place where accepted is reached. */
#include "run.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "arena.h"
#include "clock.h"
#include "environment.h"
#include "layers.h"
#include "report.h"
#include "spool.h"
#include "telling.h"

#define NO_MEMORY "error: git-policy: undecided: out of memory"

struct policy_run *policy_run_new(const struct policy_options *options)
{
	struct policy_run *run = calloc(1, sizeof(*run));
	struct arena *arena = arena_new();

	if (!run || !arena) {
		arena_free(arena);
		free(run);
		return NULL;
	}
	run->arena = arena;
	if (options)
		run->options = *options;
	run->progress.started = clock_elapsed();
	run->findings.arena = arena;
	run->output.arena = arena;
	run->lock = -1;
	return run;
}

void policy_run_free(struct policy_run *run)
{
	if (!run)
		return;
	spool_unlock(&run->lock);
	repo_close(run->repo);
	arena_free(run->arena);
	free(run);
}

const char *policy_run_output(const struct policy_run *run, size_t *ret_len)
{
	struct bytes output =
		run && !run->plain ? buffer_bytes(&run->output) : bytes_of(run ? run->plain : NO_MEMORY "\n");

	*ret_len = output.len;
	return output.data ? output.data : "";
}

void policy_run_deadline(struct policy_run *run, policy_deadline *set, void *context)
{
	if (!run)
		return;
	run->deadline = set;
	run->deadline_context = context;
}

void policy_run_progress(struct policy_run *run, policy_progress *tell, void *context)
{
	if (!run || run->options.json || environment_json())
		return;
	run->progress.tell = tell;
	run->progress.context = context;
}

/* The exit code of design 3.1: anything undecided outweighs a rejection, and only a run without either is accepted. */
static enum policy_exit exit_of(const struct findings *findings)
{
	enum severity worst = findings_worst(findings);

	if (worst == SEVERITY_UNDECIDED)
		return POLICY_UNDECIDED;
	return worst == SEVERITY_ENFORCE ? POLICY_REJECTED : POLICY_ACCEPTED;
}

/* Whoever pushed reads what went wrong after the push went in. */
static void tell_moved(struct policy_run *run)
{
	struct finding *finding = findings_add(&run->findings, run->name, SEVERITY_NOTE, RUN_LATER);

	finding_fix(&run->findings, finding,
		    "once the admin has mended this, the next push does that, or: git policy -C <repo.git> triggers");
}

enum policy_exit run_judge(struct policy_run *run, const char *name,
			   bool (*work)(struct policy_run *run, void *context), void *context)
{
	if (!run)
		return POLICY_UNDECIDED;
	run->name = name;
	if (setjmp(*arena_recovery(run->arena))) {
		run->plain = run->moved ? NO_MEMORY "; " RUN_LATER "\n" : NO_MEMORY "; nothing was accepted\n";
		return POLICY_UNDECIDED;
	}
	if (!work(run, context) && findings_worst(&run->findings) < SEVERITY_ENFORCE)
		findings_add(&run->findings, run->name, SEVERITY_UNDECIDED, "not everything could be judged");
	run_audit(run, exit_of(&run->findings));
	if (run->moved && exit_of(&run->findings) == POLICY_UNDECIDED)
		tell_moved(run);
	enum report_format format = run->options.json || environment_json() ? REPORT_JSON : REPORT_TEXT;

	if (!run->told)
		report_render(&run->findings, format, &run->output);
	return exit_of(&run->findings);
}

bool run_refuse(struct policy_run *run, const char *what, const char *text, const char *fix)
{
	buffer_add(&run->output, BYTES("error: git-policy: "));
	escape_add(&run->output, bytes_of(text), SIZE_MAX);
	buffer_printf(&run->output, ": %s\n", what);
	if (fix)
		buffer_printf(&run->output, "hint: %s\n", fix);
	run->told = true;
	return false;
}

bool run_open(struct policy_run *run, bool client)
{
	const struct repo_environment environment = {
		.git_dir = run->options.git_dir ? run->options.git_dir : environment_get("GIT_DIR").data,
		.quarantine = client ? run->options.objects : environment_get("GIT_QUARANTINE_PATH").data,
		.alternates = client ? NULL : environment_get("GIT_ALTERNATE_OBJECT_DIRECTORIES").data,
		.shallow = client ? NULL : environment_get("GIT_SHALLOW_FILE").data,
		.namespace = environment_get("GIT_NAMESPACE").data,
		.work_tree = client ? environment_get("GIT_WORK_TREE").data : NULL,
		.remote = run->options.remote,
		.progress = &run->progress,
		.client = client,
	};
	const char *problem;

	run->repo = repo_open(run->arena, &environment, &problem);
	if (run->repo)
		return true;
	struct finding *finding = findings_add(&run->findings, run->name, SEVERITY_UNDECIDED, "%s", problem);

	if (!strcmp(problem, REPO_NONE))
		finding_fix(&run->findings, finding, "outside of a repository, -C <dir> names one");
	return false;
}

bool run_server(struct policy_run *run)
{
	if (repo_is_served(run->repo))
		return true;
	struct finding *finding = findings_add(&run->findings, run->name, SEVERITY_UNDECIDED,
					       "this is not where the repository is served");

	finding_fix(&run->findings, finding, "on the server, as its owner: git policy -C <repo.git> %s", run->name);
	return false;
}

bool run_layers(struct policy_run *run)
{
	if (repo_is_served(run->repo) && !run->options.remote)
		return layers_server(run->arena, run->repo, NULL, &run->layers, &run->findings);
	return layers_client(run->arena, run->repo, NULL, &run->layers, &run->findings);
}

bool run_load(struct policy_run *run)
{
	if (run->options.file)
		return layers_client(run->arena, run->repo, run->options.file, &run->layers, &run->findings);
	return run_layers(run);
}

void run_tell(struct policy_run *run, const struct push *push, struct facts *facts)
{
	struct buffer out = {.arena = run->arena};

	for (size_t i = 0; i < run->layers.count; i++) {
		struct plan plan = plan_make(run->layers.policy[i], push, facts, &run->findings);

		for (size_t k = 0; plan.policy->governs && k < push->count; k++)
			telling_update(&plan, k, &out);
	}
	if (run->options.json || environment_json())
		return;
	buffer_add(&run->output, buffer_bytes(&out));
	run->told = true;
}

bool run_read(struct policy_run *run, int fd, const char *what, size_t max, struct bytes *ret_content)
{
	struct buffer content = {.arena = run->arena};
	char chunk[16384];

	while (content.len <= max) {
		ssize_t got = read(fd, chunk, sizeof(chunk));

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0) {
			findings_add(&run->findings, run->name, SEVERITY_UNDECIDED, "cannot read %s: %s", what,
				     strerror(errno));
			return false;
		}
		if (!got) {
			*ret_content = buffer_bytes(&content);
			return true;
		}
		buffer_add(&content, (struct bytes){chunk, (size_t)got});
	}
	findings_add(&run->findings, run->name, SEVERITY_UNDECIDED, "%s is larger than %zu bytes", what, max);
	return false;
}
