/* receivewrite: a line of the account for every update, those that were missed before it first. */
#include "receive.h"

#include "arena.h"
#include "arrival.h"
#include "clock.h"
#include "gather.h"

/* Of a ref that has long gone untold, so much is worked out. */
#define DESCRIBED_MAX 100u
/* A longer name is nobody's. */
#define USER_BYTES_MAX 256u

/* One ref's lines being written. */
struct writing {
	struct receiving *receiving;
	struct account_line *own; /* gets what landed in those that were missed */
	bool put;		  /* it is in the spool already */
	size_t described;
	struct bytes *names; /* of those that wait in the spool */
	size_t count;
	size_t room;
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
	const struct arrival arrival = {line->time, line->user, ref};
	struct repo *repo = receiving->run->repo;
	struct oids commits;
	const char *problem;

	if (refname_reserved(ref))
		return true;
	if (facts_brought(facts, &line->old, &line->new, &commits) != ANSWER_YES)
		return receive_fail(receiving, facts_reason(facts));
	if (arrivals_write(receiving->scratch, repo_git_dir(repo), &commits, &arrival, &problem))
		return true;
	return receive_fail(receiving, bytes_printf(receiving->run->arena, "%s", problem).data);
}

/* The facts from before an update that happened a while ago, told by nobody. */
static struct facts *look_back(struct receiving *receiving, struct bytes ref, const struct account_line *line,
			       struct received *ret_then)
{
	struct policy_run *run = receiving->run;
	struct push *push = arena_alloc(run->arena, sizeof(*push));

	push->arena = run->arena;
	push_add(push, ref, &line->old, &line->new)->old = line->old;
	struct facts *facts = facts_new(run->arena, run->repo, &run->layers, NULL, (struct bytes){0});

	facts_clock(facts, line->time);
	received_init(receiving, ret_then, push, facts);
	return facts;
}

/* By the clock of then, and by nobody: who pushed it is not known. */
static struct facts *describe(struct writing *writing, struct bytes ref, struct account_line *missed)
{
	struct policy_run *run = writing->receiving->run;
	struct received *then = arena_alloc(run->arena, sizeof(*then));

	if (writing->described++ >= DESCRIBED_MAX)
		return writing->receiving->now.facts;
	struct facts *facts = look_back(writing->receiving, ref, missed, then);

	write_arrivals(writing->receiving, facts, ref, missed);
	received_describe(then, 0, missed);
	add_landings(run->arena, writing->own, missed);
	leave_out(run->arena, missed);
	return facts;
}

static bool foretell(struct receiving *receiving, struct bytes ref, const struct account_line *line)
{
	findings_add(&receiving->run->findings, receiving->run->name, SEVERITY_NOTE,
		     "%.*s: the account misses its move from %s to %s, %s", BYTES_ARG(ref), oid_abbrev(&line->old).text,
		     oid_abbrev(&line->new).text, clock_format(line->time).text);
	return false;
}

/* Of what was missed nothing is told that happened before the policy was installed. What is told late was put into the
 * spool by the run that told it first. */
static bool prepare(void *context, struct bytes ref, struct account_line *line)
{
	struct writing *writing = context;
	struct receiving *receiving = writing->receiving;
	struct facts *facts = receiving->now.facts;
	struct bytes name;

	if (receiving->dry_run)
		return foretell(receiving, ref, line);
	if (line->event.len ? line->late || writing->put : line->time < receiving->installed)
		return true;
	if (!line->event.len)
		facts = describe(writing, ref, line);
	if (!receive_put(receiving, facts, ref, line, &name))
		return false;
	if (!name.len)
		return true;
	writing->names = arena_grow(receiving->run->arena, writing->names, &writing->room, writing->count + 1,
				    sizeof(*writing->names));
	writing->names[writing->count++] = name;
	return true;
}

static bool write_lines(struct writing *writing, struct bytes ref, const struct account_line *line)
{
	struct receiving *receiving = writing->receiving;
	struct policy_run *run = receiving->run;
	const char *problem;
	bool good = true;

	if (!account_write(receiving->scratch, repo_git_dir(run->repo), ref, line, prepare, writing, &problem))
		return problem ? receive_fail(receiving, bytes_printf(run->arena, "%s", problem).data)
			       : receiving->dry_run;
	for (size_t i = 0; i < writing->count; i++)
		good &= receive_hand(receiving, ref, writing->names[i]);
	return good;
}

bool receive_write(struct receiving *receiving, struct bytes ref, struct account_line *line)
{
	struct writing writing = {.receiving = receiving, .own = line};
	struct account_line own = *line;

	own.time = facts_now(receiving->now.facts);
	own.event = receiving->event;
	if (receiving->user.len <= USER_BYTES_MAX)
		own.user = receiving->user;
	arena_reset(receiving->scratch);
	bool arrived = write_arrivals(receiving, receiving->now.facts, ref, &own);

	leave_out(receiving->scratch, &own);
	return write_lines(&writing, ref, &own) && arrived;
}

bool receive_missed(struct receiving *receiving, struct bytes ref, const struct account_line *line)
{
	struct account_line landed = {0};
	struct writing writing = {.receiving = receiving, .own = &landed};

	arena_reset(receiving->scratch);
	return write_lines(&writing, ref, line) && (!landed.landing_count || receive_retire(receiving, ref, &landed));
}

bool receive_again(struct receiving *receiving, struct bytes ref, struct account_line *line, struct bytes name)
{
	struct writing writing = {.receiving = receiving, .own = line, .put = true};
	struct received *then = arena_alloc(receiving->run->arena, sizeof(*then));
	struct account_line own = *line;

	arena_reset(receiving->scratch);
	return write_arrivals(receiving, look_back(receiving, ref, line, then), ref, line) &&
	       write_lines(&writing, ref, &own) && receive_hand(receiving, ref, name) &&
	       receive_retire(receiving, ref, line);
}
