/* runoutgoing: judging a push that git is about to make (pre-push), where it goes to the server the policy is from. */
#include "run.h"

#include "arena.h"
#include "environment.h"
#include "layers.h"
#include "quote.h"
#include "rehearse.h"

/* Where the policy is from, unless git config policy.remote names another. */
#define REMOTE_USUAL "origin"

struct outgoing {
	struct rehearsal rehearsal;
	const char *remote; /* where git is about to push, as it was told */
	const char *lost;   /* where the policy is from, should that be no remote any more */
	int fd;
};

static bool take_lines(struct policy_run *run, struct outgoing *outgoing)
{
	struct push lines = {.arena = run->arena};
	bool taken = push_read_outgoing(&lines, outgoing->fd, &run->findings);

	for (size_t i = 0; taken && i < lines.count; i++) {
		const struct update *line = &lines.updates[i];

		rehearse_take(run, &outgoing->rehearsal, line->ref, line->claimed_old, &line->new, true);
	}
	return taken;
}

/* A setting of a remote, or of ours; empty where there is none. False with a finding. */
static bool config(struct policy_run *run, const char *name, struct bytes *ret_value)
{
	*ret_value = (struct bytes){0};
	return repo_config(run->repo, name, run->arena, ret_value) != ANSWER_UNKNOWN ||
	       rehearse_refuse(run, bytes_of(name), repo_problem(run->repo));
}

/* Whether the push goes where the policy is from, which git may have been told by address. False with a finding. */
static bool find_remote(struct policy_run *run, struct outgoing *outgoing, bool *ret_ours)
{
	struct bytes remote, url, push_url, given = bytes_of(outgoing->remote);

	if (!config(run, "policy.remote", &remote))
		return false;
	remote = remote.len ? remote : BYTES(REMOTE_USUAL);
	if (!config(run, bytes_printf(run->arena, "remote.%.*s.url", BYTES_ARG(remote)).data, &url) ||
	    !config(run, bytes_printf(run->arena, "remote.%.*s.pushurl", BYTES_ARG(remote)).data, &push_url))
		return false;
	*ret_ours =
		bytes_equal(given, remote) || (given.len && (bytes_equal(given, url) || bytes_equal(given, push_url)));
	if (!url.len && !push_url.len)
		outgoing->lost = bytes_copy(run->arena, remote).data;
	outgoing->remote = run->options.remote = bytes_copy(run->arena, remote).data;
	repo_copy(run->repo, remote);
	return true;
}

/* Nothing goes there any more, so nothing is judged. */
static void tell_lost(struct policy_run *run, const char *lost, const char *given)
{
	struct finding *finding =
		findings_add(&run->findings, run->name, SEVERITY_WARN,
			     "nothing is judged here: the policy is from %s, which is no remote any more", lost);

	finding_fix(&run->findings, finding, "git policy install --client --remote %s",
		    quote_word(run->arena, bytes_of(given)));
}

static bool is_refused(const struct findings *findings)
{
	for (const struct finding *finding = findings->first; finding; finding = finding->next)
		if (finding->severity == SEVERITY_ENFORCE && !finding->evaluated)
			return true;
	return false;
}

/* Those of git's own hooks that run here have other things to say, too. */
static void tell_who_says(struct policy_run *run)
{
	if (findings_worst(&run->findings) < SEVERITY_ENFORCE || run->options.json || environment_json())
		return;
	if (!is_refused(&run->findings)) {
		findings_add(&run->findings, run->name, SEVERITY_NOTE, "not judged here; the server will");
		return;
	}
	struct finding *finding = findings_add(&run->findings, run->name, SEVERITY_NOTE,
					       "this is what the server would say, and the server decides");

	finding_fix(&run->findings, finding, "git push --no-verify asks the server");
}

static bool rehearse_push(struct policy_run *run, void *context)
{
	struct outgoing *outgoing = context;
	struct rehearsal *rehearsal = &outgoing->rehearsal;
	const char *given = outgoing->remote;
	bool ours = false;

	rehearsal->push.arena = rehearsal->known.arena = run->arena;
	if (!run_open(run, true) || !find_remote(run, outgoing, &ours))
		return false;
	bool absent = layers_absent(run->arena, run->repo);

	if (!ours && outgoing->lost && !absent)
		tell_lost(run, outgoing->lost, given);
	run->told = absent || (!ours && !outgoing->lost);
	if (!ours || absent)
		return true;
	bool judged = take_lines(run, outgoing) && (!rehearsal->push.count || rehearse_judge(run, rehearsal));

	tell_who_says(run);
	return judged;
}

/* A run without memory for its output has judged nothing to the end. */
enum policy_exit policy_rehearse_push(struct policy_run *run, const char *remote, int updates_fd)
{
	struct outgoing outgoing = {.remote = remote, .fd = updates_fd};
	enum policy_exit verdict = run_judge(run, "pre-push", rehearse_push, &outgoing);

	return verdict == POLICY_UNDECIDED && run && !run->plain && !is_refused(&run->findings) ? POLICY_ACCEPTED
												: verdict;
}
