/* examinepublished: whether clients go by the policy that is in force. */
#include "examine.h"

#include "arena.h"
#include "clock.h"
#include "layers.h"
#include "receive.h"

static bool keep_time(void *context, const struct account_line *line)
{
	*(int64_t *)context = line->time;
	return false;
}

/* "of 2026-01-31T12:00:00Z", as the account has it. */
static struct bytes age_of(struct policy_run *run)
{
	const char *problem;
	int64_t time;

	if (account_read(run->arena, repo_git_dir(run->repo), BYTES(LAYERS_FETCHED), keep_time, &time, &problem) !=
	    ANSWER_YES)
		return BYTES("from before");
	return bytes_printf(run->arena, "of %s", clock_format(time).text);
}

static void tell_stale(struct policy_run *run)
{
	struct oid id;
	enum answer any = repo_ref(run->repo, BYTES(LAYERS_FETCHED), &id);
	struct bytes age = any == ANSWER_YES ? age_of(run) : (struct bytes){0};
	struct finding *finding =
		any == ANSWER_YES
			? examine_add(run, SEVERITY_WARN, "clients still go by the policy %.*s", BYTES_ARG(age))
			: examine_add(run, SEVERITY_WARN, "no policy is published: clients have none to go by");

	finding_fix(&run->findings, finding, "git policy triggers -C %s", examine_place(run));
}

void examine_published(struct policy_run *run)
{
	struct receiving receiving = {.run = run};

	receiving.now.facts = facts_new(run->arena, run->repo, &run->layers, NULL, (struct bytes){0});
	if (receive_published(&receiving) == ANSWER_NO)
		tell_stale(run);
}
