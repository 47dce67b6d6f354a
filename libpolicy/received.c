/* received: what a push that has happened landed, worked out once more from how things were before it. */
#include "receive.h"

#include "arena.h"
#include "gather.h"
#include "judge.h"
#include "judgegrant.h"
#include "judgelanding.h"
#include "rules/counted.h"

void received_init(struct receiving *receiving, struct received *received, const struct push *push, struct facts *facts)
{
	const struct layers *layers = &receiving->run->layers;

	*received = (struct received){
		.arena = receiving->run->arena,
		.layers = layers,
		.push = push,
		.facts = facts,
		.unsaid = {.arena = receiving->run->arena},
	};
	facts_past(facts, push);
	for (size_t i = 0; i < layers->count; i++)
		received->plans[i] = plan_make(layers->policy[i], push, facts, &received->unsaid);
}

/* Those whose approval of the head was there, and counted. */
static void add_approvers(const struct received *received, const struct plan *plan, size_t index,
			  const struct landing *step, struct account_landing *landing)
{
	const struct rule_case c = {
		.policy = plan->policy,
		.section = plan->sections[index],
		.update = &received->push->updates[index],
		.landing = step,
		.facts = received->facts,
	};
	struct counted counted;

	if (!counted_approvers(&c, received->arena, &counted))
		return;
	landing->approvers = arena_array(received->arena, counted.count, sizeof(*landing->approvers));
	for (size_t i = 0; i < counted.count; i++)
		landing->approvers[landing->approver_count++] = counted.users[i]->name;
}

static void add_landing(const struct received *received, const struct plan *plan, size_t index,
			const struct landing *step, struct account_landing *ret_landing)
{
	*ret_landing = (struct account_landing){.method = step->method, .head = step->head};
	ret_landing->sources = arena_array(received->arena, step->source_count, sizeof(*ret_landing->sources));
	for (size_t i = 0; i < step->source_count; i++)
		ret_landing->sources[ret_landing->source_count++] = step->sources[i].ref;
	add_approvers(received, plan, index, step, ret_landing);
}

/* The repository's own layer knows its branches best; it comes last. */
static void add_landings(struct received *received, size_t index, struct account_line *line)
{
	const struct plan *plan = NULL;
	struct landing_cut cut = {0};

	for (size_t i = received->layers->count; i-- && !cut.count;) {
		plan = &received->plans[i];
		if (judge_landing(plan, index, &received->unsaid, &cut) != ANSWER_YES)
			cut = (struct landing_cut){0};
	}
	line->landings = arena_array(received->arena, cut.count, sizeof(*line->landings));
	for (size_t i = 0; i < cut.count; i++)
		add_landing(received, plan, index, cut.steps[i], &line->landings[line->landing_count++]);
}

/* A branch that was created, or put somewhere else. */
static bool is_placed(struct facts *facts, const struct update *update)
{
	return bytes_starts(update->ref, BYTES("refs/heads/")) &&
	       (update->kind == UPDATE_CREATE ||
		(update->kind == UPDATE_MOVE && facts_forward(facts, update) == ANSWER_NO));
}

static void add_trunks(struct received *received, size_t index, struct account_line *line)
{
	const struct update *update = &received->push->updates[index];
	struct facts *facts = received->facts;
	bool placed = is_placed(facts, update);
	enum answer answer = placed ? ANSWER_NO : ANSWER_UNKNOWN;
	const struct bytes *trunks;
	struct oid fork;
	size_t count = 0;

	for (size_t i = received->layers->count; i-- && answer == ANSWER_NO;) {
		const struct policy *policy = received->layers->policy[i];

		answer = facts_fork_point(facts, policy, &update->new, &fork);
		if (answer == ANSWER_YES)
			answer = facts_trunks_with(facts, policy, update->ref, &fork, &trunks, &count);
	}
	line->rewritten = placed && update->kind == UPDATE_MOVE;
	if (answer != ANSWER_YES)
		return;
	line->trunks = arena_array(received->arena, count, sizeof(*line->trunks));
	for (size_t i = 0; i < count; i++)
		line->trunks[line->trunk_count++] = trunks[i];
}

/* A grant that a move did not need was spent by it all the same, and let nothing pass. */
static void add_grant(struct received *received, size_t index, struct account_line *line)
{
	const struct update *update = &received->push->updates[index];

	for (size_t i = received->layers->count; i-- && !line->grant.user.len;) {
		const struct plan *plan = &received->plans[i];
		struct findings flow = {.arena = received->arena};
		struct account_grant used;
		struct grant grant;
		const char *why;

		if (facts_grant(received->facts, plan->sections[index], update, &grant, &why) != ANSWER_YES)
			continue;
		judge_flow(plan, index, &flow);
		used = (struct account_grant){.user = grant.user->name, .reason = grant.reason};
		judge_stops(&flow, &used.passed, &used.passed_count);
		if (used.passed_count)
			line->grant = used;
	}
}

void received_describe(struct received *received, size_t index, struct account_line *line)
{
	add_landings(received, index, line);
	add_trunks(received, index, line);
	add_grant(received, index, line);
}
