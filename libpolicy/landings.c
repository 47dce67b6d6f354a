/* landings: every way to see the steps of a branch's new commits (design 4.4). */
#include "arena.h"
#include "landingbase.h"

#define LINE_MAX 4096u
#define EDGES_MAX 65536u

/*
 * Where the line begins: at the old value of a forward move; otherwise at the nearest commit that a trunk has, or for a
 * rewrite the old value. NO when there is none.
 */
static enum answer find_beginning(struct landing_work *work, const struct update *update, struct oid *ret_begin)
{
	struct facts *facts = work->facts;
	enum answer forward = facts_forward(facts, update);
	struct oids from = {0};

	if (forward == ANSWER_UNKNOWN || (update->kind == UPDATE_MOVE && !facts_add_commit(facts, &from, &update->old)))
		return ANSWER_UNKNOWN;
	if (forward == ANSWER_NO && !facts_add_trunks(facts, work->policy, (struct demand){0}, &from))
		return ANSWER_UNKNOWN;
	enum answer answer = history_fork(facts->history, &work->new, &from, ret_begin);

	if (answer == ANSWER_UNKNOWN)
		return facts_unknown(facts, history_problem(facts->history));
	if (forward == ANSWER_NO)
		return answer;
	work->aside = answer == ANSWER_NO || !oid_equal(ret_begin, &from.ids[0]);
	*ret_begin = from.ids[0];
	return ANSWER_YES;
}

static void reverse(struct oids *ids)
{
	for (size_t i = 0, k = ids->count - 1; i < k; i++, k--) {
		struct oid id = ids->ids[i];

		ids->ids[i] = ids->ids[k];
		ids->ids[k] = id;
	}
}

static enum answer make_line(struct landing_work *work, const struct update *update)
{
	struct facts *facts = work->facts;
	struct oid begin, id = work->new;
	struct oids line = {0};
	enum answer answer = find_beginning(work, update, &begin);

	while (answer == ANSWER_YES && !work->aside && !oid_equal(&id, &begin)) {
		oids_add(facts->arena, &line, &id);
		if (history_first_parent(facts->history, &id, &id) != ANSWER_YES)
			return facts_unknown(facts, history_problem(facts->history));
	}
	if (answer != ANSWER_YES)
		return answer;
	if (work->aside)
		oids_add(facts->arena, &line, &id);
	oids_add(facts->arena, &line, &begin);
	reverse(&line);
	work->line = line.ids;
	work->length = line.count - 1;
	return ANSWER_YES;
}

/* What was worked out before about this update under this policy, or else its beginnings; NULL with the answer. */
static struct landing_work *work_of(struct facts *facts, const struct policy *policy, const struct section *section,
				    const struct update *update, enum answer *ret_answer)
{
	struct landing_work *work = facts->landings;
	struct target target;

	while (work && !(work->policy == policy && work->section == section && bytes_equal(work->ref, update->ref) &&
			 oid_equal(&work->old, &update->old) && oid_equal(&work->new, &update->new)))
		work = work->next;
	*ret_answer = ANSWER_YES;
	if (work)
		return work;
	*ret_answer = update->kind == UPDATE_DELETE ? ANSWER_NO : facts_target(facts, &update->new, &target);
	if (*ret_answer != ANSWER_YES)
		return NULL;
	work = arena_alloc(facts->arena, sizeof(*work));
	*work = (struct landing_work){.next = facts->landings,
				      .facts = facts,
				      .policy = policy,
				      .section = section,
				      .ref = update->ref,
				      .old = update->old,
				      .new = update->new};
	*ret_answer = target.peeled == OBJECT_COMMIT ? make_line(work, update) : ANSWER_NO;
	if (*ret_answer == ANSWER_YES && !landing_gather(work))
		*ret_answer = ANSWER_UNKNOWN;
	if (*ret_answer != ANSWER_YES)
		return NULL;
	facts->landings = work;
	return work;
}

struct landing *landing_add(struct landing_work *work, size_t first, size_t last, enum landing_method method,
			    const struct oid *head)
{
	struct landing *edge;

	work->edges = arena_grow(work->facts->arena, work->edges, &work->edge_room, work->edge_count + 1,
				 sizeof(*work->edges));
	edge = &work->edges[work->edge_count++];
	*edge = (struct landing){
		.first = first,
		.last = last,
		.start = work->line[0],
		.from = work->line[first],
		.to = work->line[last],
		.method = method,
		.head = *head,
	};
	return edge;
}

/* Finds out how many commits in a row up to `place` have one parent. False: facts_reason(). */
static bool count_straight(struct landing_work *work, size_t place, size_t *straight)
{
	struct landing_commit commit;

	if (!landing_read(work, &work->line[place], &commit))
		return false;
	straight[place] = commit.parent_count == 1 ? straight[place - 1] + 1 : 0;
	return true;
}

/* A head that is a straight line from X on is just what rebasing it gives and, as one commit, what squashing it gives.
 */
static void add_forward(struct landing_work *work, size_t first, size_t place, const struct oid *head, size_t straight)
{
	landing_add(work, first, place, LANDING_FORWARD, head);
	if (!work->aside && place - first <= straight)
		landing_add(work, first, place, LANDING_REBASE, head);
	if (!work->aside && place - first == 1 && straight)
		landing_add(work, first, place, LANDING_SQUASH, head);
}

/*
 * The fast-forwards that end at `place`, from wherever another step than a direct commit ends. Past tips that nobody
 * has spoken of are looked at from the beginning only: a trunk may have one on every commit.
 */
static void add_forwards(struct landing_work *work, size_t place, bool *ends, size_t straight)
{
	const struct landing_head *head = landing_head(work, &work->line[place]);
	bool likely = head->tip || head->opined;

	if (!head->candidate)
		return;
	for (size_t i = 0; i < place && work->edge_count <= EDGES_MAX; i++)
		if (!i || ((likely || place == work->length) && ends[i]))
			add_forward(work, i, place, &head->id, straight);
	ends[place] = likely;
}

/* The one fast-forward from the beginning to the end: to a head that some branch has or had, or that approvals speak
 * of. */
static bool add_whole(struct landing_work *work)
{
	bool candidate = landing_head(work, &work->new)->candidate;
	const struct opinion *opinions;
	size_t count = 0;

	if (!candidate && facts_opinions(work->facts, work->ref, &work->new, &opinions, &count) != ANSWER_YES)
		return false;
	if (candidate || count)
		landing_add(work, 0, work->length, LANDING_FORWARD, &work->new);
	return true;
}

static bool add_steps(struct landing_work *work)
{
	bool *ends = arena_array(work->facts->arena, work->length + 1, sizeof(*ends));
	size_t *straight = arena_array(work->facts->arena, work->length + 1, sizeof(*straight));

	for (size_t place = 1; place <= work->length; place++) {
		if (!count_straight(work, place, straight))
			return false;
		add_forwards(work, place, ends, straight[place]);
		size_t before = work->edge_count;

		if (work->aside)
			landing_add(work, 0, place, LANDING_DIRECT, &work->new);
		else if (!landing_add_step(work, place))
			return false;
		for (size_t i = before; i < work->edge_count; i++)
			ends[place] |= work->edges[i].method != LANDING_DIRECT || work->edges[i].nothing;
		if (work->edge_count <= EDGES_MAX)
			continue;
		facts_unknown(work->facts, "there are too many ways to see what lands: push fewer commits at a time");
		return false;
	}
	return true;
}

/* The branches that bring what was found to land, and what was approved in its stead. */
static bool complete(struct landing_work *work)
{
	for (size_t i = 0; i < work->edge_count; i++) {
		struct landing *edge = &work->edges[i];
		struct landing_head *head = landing_head(work, &edge->head);

		if (edge->method == LANDING_DIRECT || edge->method == LANDING_REVERT)
			continue;
		if (!landing_trace(work, head) || !landing_replaced(work, head, &edge->nearly))
			return false;
		edge->sources = head->sources;
		edge->source_count = head->source_count;
		if (!head->landed || edge->last < head->landed)
			head->landed = edge->last;
	}
	for (size_t i = 0; i < work->edge_count; i++) {
		const struct landing_head *head = landing_head(work, &work->edges[i].head);

		work->edges[i].again = head->landed && head->landed <= work->edges[i].first;
	}
	return true;
}

static bool look_again(struct landing_work *work, enum landing_look look)
{
	work->edges = NULL;
	work->edge_count = work->edge_room = 0;
	work->look = look;
	if (look == LOOK_WHOLE)
		return (!work->length || add_whole(work)) && complete(work);
	if (work->length > LINE_MAX) {
		facts_unknown(work->facts, bytes_printf(work->facts->arena,
							"what lands in more than %u commits at once is not worked out: "
							"push fewer at a time",
							LINE_MAX)
						   .data);
		return false;
	}
	return (look < LOOK_ALL || landing_gather_opined(work)) && add_steps(work) && complete(work);
}

enum answer facts_landings(struct facts *facts, const struct policy *policy, const struct section *section,
			   const struct update *update, enum landing_look look, const struct landing **ret_landings,
			   size_t *ret_count, size_t *ret_length)
{
	enum answer answer;

	*ret_count = *ret_length = 1;
	if (section->kind == SECTION_DEPLOY)
		return landing_deploy(facts, update, ret_landings);
	struct landing_work *work = work_of(facts, policy, section, update, &answer);

	if (!work)
		return answer;
	if (!work->looked || look > work->look) {
		work->looked = look_again(work, look);
		if (!work->looked)
			return ANSWER_UNKNOWN;
	}
	*ret_landings = work->edges;
	*ret_count = work->edge_count;
	*ret_length = work->length;
	return ANSWER_YES;
}
