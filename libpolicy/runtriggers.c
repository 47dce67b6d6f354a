/* runtriggers: makes good what runs of post-receive left undone, for all refs there are or were, and publishes the
 * policy. */
#include "run.h"

#include "arena.h"
#include "gather.h"
#include "receive.h"

/* Refs whose accounts are looked at. */
struct catching_up {
	struct receiving receiving;
	struct policy_run *run;
	struct bytes *refs;
	size_t count;
	size_t room;
};

static bool add_ref(void *context, struct bytes ref, const struct oid *id)
{
	struct catching_up *all = context;

	(void)id;
	all->refs = arena_grow(all->run->arena, all->refs, &all->room, all->count + 1, sizeof(*all->refs));
	all->refs[all->count++] = bytes_copy(all->run->arena, ref);
	return true;
}

static bool keep_newest(void *context, const struct account_line *line)
{
	*(struct account_line *)context = *line;
	return false;
}

/* The reflog of a ref goes with it: what is left of a deletion that was missed is that its account goes on. */
static bool catch_up_gone(struct catching_up *all, struct bytes ref)
{
	struct policy_run *run = all->run;
	struct account_line newest = {0};
	const char *problem;

	if (account_read(run->arena, repo_git_dir(run->repo), ref, keep_newest, &newest, &problem) == ANSWER_UNKNOWN)
		return receive_fail(&all->receiving, problem);
	struct account_line gone = {
		.time = facts_now(all->receiving.now.facts),
		.old = newest.new,
		.missed = true,
	};

	return oid_is_zero(&newest.new) || receive_missed(&all->receiving, ref, &gone);
}

static bool catch_up_ref(struct catching_up *all, struct bytes ref)
{
	struct oid id;

	switch (repo_ref(all->run->repo, ref, &id)) {
	case ANSWER_YES:
		return receive_missed(&all->receiving, ref, NULL);
	case ANSWER_NO:
		return catch_up_gone(all, ref);
	case ANSWER_UNKNOWN:
		break;
	}
	return receive_fail(&all->receiving, repo_problem(all->run->repo));
}

/* The refs there are, and those that have an account and are gone. */
static bool collect(struct catching_up *all)
{
	struct policy_run *run = all->run;
	const struct bytes *accounts;
	const char *problem;
	size_t count;
	struct oid id;

	if (repo_refs(run->repo, add_ref, all) != ANSWER_YES)
		return receive_fail(&all->receiving, repo_problem(run->repo));
	if (account_refs(run->arena, repo_git_dir(run->repo), &accounts, &count, &problem) != ANSWER_YES)
		return receive_fail(&all->receiving, problem);
	for (size_t i = 0; i < count; i++)
		if (repo_ref(run->repo, accounts[i], &id) == ANSWER_NO)
			add_ref(all, accounts[i], NULL);
	return true;
}

static bool tell_queue(struct policy_run *run, struct spool *spool, const char *trigger)
{
	struct spool_entry first;
	struct bytes *names;
	size_t count;

	if (!spool_list(spool, bytes_of(trigger), &names, &count))
		return false;
	switch (count ? spool_read(spool, bytes_of(trigger), names[0], &first) : ANSWER_NO) {
	case ANSWER_UNKNOWN:
		return false;
	case ANSWER_NO:
		return true; /* it has been told meanwhile */
	case ANSWER_YES:
		break;
	}
	findings_add(&run->findings, run->name, SEVERITY_NOTE, "%s: %zu %s, the first since %.*s, of %.*s", trigger,
		     count, count == 1 ? "waits" : "wait", BYTES_ARG(spool_time(&first)), BYTES_ARG(first.ref));
	return true;
}

/* What lies in the queues already. */
static bool tell_waiting(struct policy_run *run, struct spool *spool)
{
	const char *trigger;

	for (size_t i = 0; (trigger = policy_trigger_waiting(run, i)); i++)
		if (!tell_queue(run, spool, trigger)) {
			findings_add(&run->findings, run->name, SEVERITY_UNDECIDED, "%s", spool->problem);
			return false;
		}
	return true;
}

static bool catch_up(struct policy_run *run, void *context)
{
	struct catching_up all = {.run = run, .receiving.run = run};
	struct push none = {.arena = run->arena};
	bool dry_run = *(const bool *)context, good;

	if (!run_open(run, true) || !run_server(run) || !run_layers(run))
		return false;
	struct facts *facts = facts_new(run->arena, run->repo, &run->layers, NULL, (struct bytes){0});

	if (!receive_begin(&all.receiving, facts))
		return false;
	received_init(&all.receiving, &all.receiving.now, &none, facts);
	all.receiving.dry_run = dry_run;
	if (!receive_lock(&all.receiving))
		return false;
	good = receive_recover(&all.receiving) && collect(&all);
	for (size_t i = 0; i < all.count && good; i++)
		good = catch_up_ref(&all, all.refs[i]);
	receive_unlock(&all.receiving);
	good = good && (dry_run || receive_publish(&all.receiving));
	if (!good || !run_waiting(run) || (dry_run && !tell_waiting(run, &all.receiving.spool)))
		return false;
	if (dry_run && !run->findings.count)
		findings_add(&run->findings, run->name, SEVERITY_NOTE, "nothing was missed, and nothing waits");
	return true;
}

enum policy_exit policy_triggers(struct policy_run *run, bool dry_run)
{
	return run_judge(run, "triggers", catch_up, &dry_run);
}
