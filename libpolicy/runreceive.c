/* runreceive: what is done once a push has happened (post-receive): the account first, then what follows from it. */
#include "receive.h"

#include "arena.h"
#include "event.h"
#include "gather.h"
#include "layers.h"

/* What several updates meet is said once. */
bool receive_fail(struct receiving *receiving, const char *problem)
{
	struct findings *findings = &receiving->run->findings;

	for (const struct finding *said = findings->first; said; said = said->next)
		if (bytes_equal(said->found, bytes_of(problem)))
			return false;
	findings_add(findings, "account", SEVERITY_UNDECIDED, "%s", problem);
	return false;
}

/* A name in the push that is a symbolic ref moved the ref it comes to. */
static bool add_real(struct policy_run *run, struct push *push, size_t index)
{
	struct update pushed = push->updates[index];
	struct bytes real;

	switch (repo_symbolic(run->repo, pushed.ref, &real, run->arena)) {
	case ANSWER_YES:
		push_add(push, real, &pushed.claimed_old, &pushed.new)->alias = pushed.ref;
		return true;
	case ANSWER_NO:
		return true;
	case ANSWER_UNKNOWN:
		break;
	}
	findings_add(&run->findings, "account", SEVERITY_UNDECIDED, "%s", repo_problem(run->repo));
	return false;
}

/* The old values are git's word here: it has checked them under the refs' locks. */
static bool complete(struct policy_run *run, struct push *push)
{
	bool good = true;

	for (size_t i = push->count; i-- && good;)
		good = add_real(run, push, i);
	for (size_t i = 0; i < push->count; i++)
		push->updates[i].old = push->updates[i].claimed_old;
	return good;
}

bool receive_begin(struct receiving *receiving, struct facts *facts)
{
	struct policy_run *run = receiving->run;
	const struct user *user = facts_user(facts);
	struct bytes repository;

	receiving->scratch = arena_child(run->arena);
	receiving->event = event_of_push(run->arena);
	receiving->user = user ? user->name : facts_user_claim(facts);
	if (account_installed(run->arena, repo_git_dir(run->repo), &receiving->installed, &repository) != ANSWER_YES)
		receiving->installed = 0;
	return receiving->event.len || receive_fail(receiving, "no random numbers are to be had");
}

/* Everything is worked out before anything is written, so that it is as it was before the push. */
static struct account_line *describe_all(struct receiving *receiving, const struct push *push)
{
	struct account_line *lines = arena_array(receiving->run->arena, push->count, sizeof(*lines));

	for (size_t i = 0; i < push->count; i++) {
		lines[i].old = push->updates[i].old;
		lines[i].new = push->updates[i].new;
		received_describe(&receiving->now, i, &lines[i]);
	}
	return lines;
}

static bool receive_all(struct receiving *receiving, const struct push *push)
{
	struct account_line *lines = describe_all(receiving, push);

	if (!receive_lock(receiving))
		return false;
	bool good = receive_recover(receiving);

	for (size_t i = 0; i < push->count; i++)
		good &= receive_write(receiving, push->updates[i].ref, &lines[i]);
	receive_unlock(receiving);
	for (size_t i = 0; i < push->count; i++)
		good &= receive_retire(receiving, push->updates[i].ref, &lines[i]);
	good &= receive_publish(receiving);
	receive_advise(receiving, lines);
	return run_waiting(receiving->run) && good;
}

static bool receive(struct policy_run *run, void *updates_fd)
{
	struct push push = {.arena = run->arena};
	struct receiving receiving = {.run = run};

	if (!push_read(&push, *(const int *)updates_fd, &run->findings) || !run_open(run, false) ||
	    !layers_server(run->arena, run->repo, run->options.file, &run->layers, &run->findings) ||
	    !complete(run, &push))
		return false;
	struct facts *facts = run_facts(run);

	if (!receive_begin(&receiving, facts))
		return false;
	received_init(&receiving, &receiving.now, &push, facts);
	run_limit(run, facts);
	bool good = receive_all(&receiving, &push);

	run->told = !run->findings.count; /* the verdict was pre-receive's to tell */
	return good;
}

enum policy_exit policy_receive(struct policy_run *run, int updates_fd)
{
	if (run)
		run->moved = true;
	return run_judge(run, "account", receive, &updates_fd);
}
