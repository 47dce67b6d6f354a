/* receivewrite: a line of the account for every update, those that were missed before it first. */
#include "receive.h"

#include "arena.h"
#include "arrival.h"
#include "gather.h"

/* Of a ref that has long gone untold, so much is worked out. */
#define DESCRIBED_MAX 100u
/* A longer name is nobody's. */
#define USER_BYTES_MAX 256u

/* One ref's lines being written. */
struct writing {
	struct receiving *receiving;
	struct account_line *own;
	size_t described;
};

/* A direct commit that nobody approved is told by the values already; there may be very many. */
static void leave_out(struct arena *arena, struct account_line *line)
{
	const struct account_landing *landings = line->landings;
	size_t count = line->landing_count;

	line->landings = arena_array(arena, count, sizeof(*line->landings));
	line->landing_count = 0;
	for (size_t i = 0; i < count; i++)
		if (landings[i].method != LANDING_DIRECT || landings[i].approver_count)
			line->landings[line->landing_count++] = landings[i];
}

/* What landed in an update that was missed has landed by now, like what landed in this one. */
static void add_landings(struct arena *arena, struct account_line *line, const struct account_line *missed)
{
	size_t count = line->landing_count + missed->landing_count;
	struct account_landing *landings = arena_array(arena, count, sizeof(*landings));

	for (size_t i = 0; i < count; i++)
		landings[i] = i < line->landing_count ? line->landings[i] : missed->landings[i - line->landing_count];
	line->landings = landings;
	line->landing_count = count;
}

/* Tells of the commits that an update brought; a record's commit was there before it, and what we publish is ours. */
static bool write_arrivals(struct receiving *receiving, struct facts *facts, struct bytes ref,
			   const struct account_line *line)
{
	const struct arrival arrival = {line->time, line->user};
	struct repo *repo = receiving->run->repo;
	struct oids commits;
	const char *problem;

	if (refname_reserved(ref))
		return true;
	if (facts_brought(facts, &line->old, &line->new, &commits) != ANSWER_YES)
		return receive_fail(receiving, facts_reason(facts));
	if (arrivals_write(receiving->scratch, repo_git_dir(repo), &commits, &arrival, ref, &problem))
		return true;
	return receive_fail(receiving, bytes_printf(receiving->run->arena, "%s", problem).data);
}

/* By the clock of then, and by nobody: who pushed it is not known. */
static void describe(void *context, struct bytes ref, struct account_line *missed)
{
	struct writing *writing = context;
	struct policy_run *run = writing->receiving->run;
	struct push *push = arena_alloc(run->arena, sizeof(*push));
	struct received *then = arena_alloc(run->arena, sizeof(*then));

	if (missed->time < writing->receiving->installed || writing->described++ >= DESCRIBED_MAX)
		return;
	push->arena = run->arena;
	push_add(push, ref, &missed->old, &missed->new)->old = missed->old;
	struct facts *facts = facts_new(run->arena, run->repo, &run->layers, NULL, (struct bytes){0});

	facts_clock(facts, missed->time);
	received_init(writing->receiving, then, push, facts);
	write_arrivals(writing->receiving, facts, ref, missed);
	received_describe(then, 0, missed);
	add_landings(run->arena, writing->own, missed);
	leave_out(run->arena, missed);
}

bool receive_write(struct receiving *receiving, struct bytes ref, struct account_line *line)
{
	struct writing writing = {receiving, line, 0};
	struct account_line own = *line;
	const char *problem;

	own.time = facts_now(receiving->now.facts);
	own.event = receiving->event;
	if (receiving->user.len <= USER_BYTES_MAX)
		own.user = receiving->user;
	arena_reset(receiving->scratch);
	bool arrived = write_arrivals(receiving, receiving->now.facts, ref, &own);

	leave_out(receiving->scratch, &own);
	if (account_write(receiving->scratch, repo_git_dir(receiving->run->repo), ref, &own, describe, &writing,
			  &problem))
		return arrived;
	return receive_fail(receiving, bytes_printf(receiving->run->arena, "%s", problem).data);
}
