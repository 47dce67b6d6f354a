/* runpush: judging a whole push (pre-receive) or one ref of it (update). */
#include "run.h"

#include "arena.h"
#include "environment.h"
#include "gather.h"
#include "judge.h"
#include "layers.h"
#include "resolve.h"

/* Where the updates come from: a file descriptor, or update's arguments. */
struct updates {
	int fd;
	const char *ref, *old, *new;
};

static bool updates_read(struct policy_run *run, const struct updates *updates, struct push *push)
{
	if (updates->ref)
		return push_argument(push, updates->ref, updates->old, updates->new, &run->findings);
	return push_read(push, updates->fd, &run->findings);
}

struct facts *run_facts(struct policy_run *run)
{
	const struct setting *variable = section_setting(run->layers.identity, "env");
	struct bytes claim = {0};

	if (variable)
		claim = environment_get(bytes_copy(run->arena, variable->clauses[0].text).data);
	return facts_new(run->arena, run->repo, &run->layers, people_user(run->layers.people, claim), claim);
}

bool run_say_pusher(struct policy_run *run, const char *name, struct facts *facts)
{
	struct bytes claim = bytes_of(name);

	if (!name && facts_cloned(facts) &&
	    repo_config(run->repo, "policy.user", run->arena, &claim) == ANSWER_UNKNOWN) {
		findings_add(&run->findings, run->name, SEVERITY_UNDECIDED, "git config policy.user: %s",
			     repo_problem(run->repo));
		return false;
	}
	facts_say_pusher(facts, people_user(run->layers.people, claim), claim);
	return true;
}

static unsigned deadline_of(const struct policy *policy)
{
	const struct setting *deadline = section_setting(policy->policy, "deadline");

	return deadline ? (unsigned)deadline->number : RUN_DEADLINE_SECONDS;
}

void run_limit(struct policy_run *run, struct facts *facts)
{
	unsigned seconds = 0;

	for (size_t i = 0; i < run->layers.count; i++) {
		const struct policy *policy = run->layers.policy[i];
		unsigned own = deadline_of(policy);

		if (judge_bootstraps(policy, facts_user(facts)) && facts_untouched(facts) == ANSWER_YES)
			continue;
		if (!seconds || own < seconds)
			seconds = own;
	}
	if (run->deadline)
		run->deadline(run->deadline_context, seconds);
}

/* Until the repository says what the old values are, they are what the pusher says. */
static void take_claims(struct push *push)
{
	for (size_t i = 0; i < push->count; i++)
		push->updates[i].old = push->updates[i].claimed_old;
}

/* Whose fault it is comes first, then what that is. */
static bool load_layers(struct policy_run *run)
{
	struct findings errors = {.arena = run->arena};
	bool loaded = layers_server(run->arena, run->repo, run->options.file, &run->layers, &errors);

	if (!loaded)
		findings_add(&run->findings, "policy", SEVERITY_UNDECIDED,
			     "the server's policy does not load, so nothing is accepted until its admin mends it");
	findings_take(&run->findings, &errors);
	return loaded;
}

/* What cannot be read is audited too, where a policy says. */
static bool judge_updates(struct policy_run *run, void *context)
{
	struct push *push = arena_alloc(run->arena, sizeof(*push));

	push->arena = run->arena;
	run->push = push;
	bool read = updates_read(run, context, push);

	if (!read)
		push->count = 0;
	take_claims(push);
	if (!run_open(run, false) || !load_layers(run))
		return false;
	run->facts = run_facts(run);
	if (!read || !resolve_push(push, run->repo, &run->findings))
		return false;
	run_limit(run, run->facts);
	return judge_push(&run->layers, push, run->facts, &run->findings);
}

static enum policy_exit judge(struct policy_run *run, const char *hook, struct updates *updates)
{
	if (run)
		run->hook = hook;
	return run_judge(run, "push", judge_updates, updates);
}

enum policy_exit policy_judge_push(struct policy_run *run, int updates_fd)
{
	struct updates updates = {.fd = updates_fd};

	return judge(run, "pre-receive", &updates);
}

enum policy_exit policy_judge_ref(struct policy_run *run, const char *ref, const char *old, const char *new)
{
	struct updates updates = {.fd = -1, .ref = ref, .old = old, .new = new};

	return judge(run, "update", &updates);
}
