/* runtrigger: one event told to one trigger. */
#include "run.h"

#include <unistd.h>

#include "arena.h"
#include "clock.h"
#include "environment.h"
#include "happened.h"
#include "json.h"
#include "layers.h"
#include "process.h"
#include "spool.h"

#define TIMEOUT_SECONDS 600u
/* So much of a text that has no bound gets into the audit. */
#define TEXT_MAX 2000u
/* So many that could not be started wait in one queue; before that the oldest go. */
#define WAITING_MAX 1000u

/* A trigger being worked for. */
struct work {
	struct policy_run *run;
	struct spool spool;
	struct bytes trigger;
	bool wait;
	bool more;
};

static bool fail(struct policy_run *run, const char *problem)
{
	findings_add(&run->findings, run->name, SEVERITY_UNDECIDED, "%s", problem);
	return false;
}

/* The repository's own layer comes last. */
static const struct section *section_of(const struct work *work)
{
	const struct layers *layers = &work->run->layers;
	const struct section *section = NULL;

	for (size_t i = layers->count; i-- && !section;)
		section = map_get(layers->policy[i]->triggers, work->trigger);
	return section;
}

/* The hook's own: a program may have its configuration there. */
static const char *home(struct arena *arena)
{
	struct bytes own = environment_get("HOME");

	return bytes_printf(arena, "HOME=%.*s", BYTES_ARG(bytes_starts(own, BYTES("/")) ? own : BYTES("/"))).data;
}

/* In an environment that is always the same, whoever pushed and however they came. */
static struct process_end run_program(struct work *work, const struct section *section, struct bytes event)
{
	struct arena *arena = work->run->arena;
	const struct setting *program = section_setting(section, "run"), *timeout = section_setting(section, "timeout");
	const char *const arguments[] = {bytes_copy(arena, program->clauses[0].text).data, NULL};
	const char *const environment[] = {
		"PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
		home(arena),
		"LANG=C.UTF-8",
		NULL,
	};
	const struct process process = {
		.arguments = arguments,
		.environment = environment,
		.directory = bytes_copy(arena, repo_git_dir(work->run->repo)).data,
		.input = happened_to(arena, work->trigger, event),
		.seconds = timeout ? (unsigned)timeout->number : TIMEOUT_SECONDS,
		.silent = true,
	};

	return process_run(arena, &process);
}

/* For people: a note. */
static void tell(const struct work *work, const struct spool_entry *entry, const struct process_end *end)
{
	struct findings *findings = &work->run->findings;

	if (!end->exited)
		findings_add(findings, work->run->name, SEVERITY_NOTE, "%.*s of %.*s: %s", BYTES_ARG(work->trigger),
			     BYTES_ARG(entry->ref), end->problem);
	else
		findings_add(findings, work->run->name, SEVERITY_NOTE, "%.*s of %.*s: exit status %d, after %lld ms",
			     BYTES_ARG(work->trigger), BYTES_ARG(entry->ref), end->status,
			     (long long)end->milliseconds);
}

/* For the audit: a line. */
static void audit(struct work *work, const struct spool_entry *entry, const struct process_end *end)
{
	struct arena *arena = work->run->arena;
	struct buffer out = {.arena = arena};
	struct json json = {.out = &out, .scratch.arena = arena};

	buffer_printf(&out, "{\"time\":\"%s\"", clock_format(clock_now()).text);
	json_text(&json, ",\"event\":", spool_event(entry));
	json_text(&json, ",\"type\":\"trigger\",\"repository\":", bytes_first(work->spool.git_dir, TEXT_MAX));
	json_text(&json, ",\"trigger\":", work->trigger);
	json_text(&json, ",\"ref\":", entry->ref);
	if (end->exited)
		buffer_printf(&out, ",\"status\":%d", end->status);
	json_text(&json, ",\"problem\":", bytes_first(bytes_of(end->problem), TEXT_MAX));
	buffer_printf(&out, ",\"duration_ms\":%lld}\n", (long long)end->milliseconds);
	run_audit_write(work->run, buffer_bytes(&out));
}

/* A program that is not there now may come back: what it would have been told stays, and is all that is tried. */
static bool stays(struct work *work, struct process_end *end, size_t waiting)
{
	if (end->started)
		return false;
	if (waiting <= WAITING_MAX)
		return true;
	end->problem =
		bytes_printf(work->run->arena, "%s; dropped: %u later ones wait", end->problem, WAITING_MAX).data;
	return false;
}

/* What has been told is done with, whatever came of it; a trigger that the policy has no more is told nothing. */
static bool work_entry(struct work *work, struct bytes name, size_t waiting)
{
	const struct section *section = section_of(work);
	struct process_end end = {.started = true, .problem = "the policy has no such trigger any more"};
	struct spool_entry entry;

	work->more = true;

	switch (spool_read(&work->spool, work->trigger, name, &entry)) {
	case ANSWER_UNKNOWN:
		return fail(work->run, work->spool.problem);
	case ANSWER_NO:
		return true;
	case ANSWER_YES:
		break;
	}
	if (section)
		end = run_program(work, section, entry.event);
	work->more = !stays(work, &end, waiting);
	tell(work, &entry, &end);
	audit(work, &entry, &end);
	return !work->more || spool_remove(&work->spool, work->trigger, name) || fail(work->run, work->spool.problem);
}

static bool work_oldest(struct work *work)
{
	struct bytes *names;
	size_t count;

	if (!spool_list(&work->spool, work->trigger, &names, &count))
		return fail(work->run, work->spool.problem);
	if (!count)
		return true;
	return work_entry(work, names[0], count);
}

static bool work_one(struct policy_run *run, void *context)
{
	struct work *work = context;

	if (!run_open(run, false) || !layers_server(run->arena, run->repo, NULL, &run->layers, &run->findings))
		return false;
	work->spool = (struct spool){.arena = run->arena, .git_dir = repo_git_dir(run->repo)};
	switch (spool_lock(&work->spool, work->trigger, work->wait ? SPOOL_FOREVER : 0, &run->lock)) {
	case ANSWER_UNKNOWN:
		return fail(run, work->spool.problem);
	case ANSWER_NO:
		return true;
	case ANSWER_YES:
		break;
	}
	bool worked = work_oldest(work);

	spool_unlock(&run->lock);
	return worked;
}

enum policy_exit policy_trigger(struct policy_run *run, const char *trigger, bool wait, bool *ret_more)
{
	struct work work = {.run = run, .trigger = bytes_of(trigger), .wait = wait};
	enum policy_exit verdict = run_judge(run, "trigger", work_one, &work);

	*ret_more = verdict == POLICY_ACCEPTED && work.more;
	return verdict;
}

bool run_waiting(struct policy_run *run)
{
	struct spool spool = {.arena = run->arena, .git_dir = repo_git_dir(run->repo)};
	struct bytes *triggers, *names;
	size_t count, waiting, all = 0;

	if (!spool_triggers(&spool, &triggers, &count))
		return fail(run, spool.problem);
	run->waiting = arena_array(run->arena, count + 1, sizeof(*run->waiting));
	for (size_t i = 0; i < count; i++) {
		if (!spool_list(&spool, triggers[i], &names, &waiting))
			return fail(run, spool.problem);
		if (waiting)
			run->waiting[all++] = bytes_copy(run->arena, triggers[i]).data;
	}
	return true;
}

const char *policy_trigger_waiting(const struct policy_run *run, size_t index)
{
	return run && run->waiting ? run->waiting[index] : NULL;
}
