/* landingsources: which branches bring a head, and which approved head it replaces (design 4.4). */
#include "account.h"
#include "arena.h"
#include "landingbase.h"

#define REPLACED_MAX 256u

void landing_add_source(struct landing_work *work, struct landing_head *head, const struct landing_branch *branch,
			bool past)
{
	for (size_t i = 0; i < head->source_count; i++)
		if (bytes_equal(head->sources[i].ref, branch->ref))
			return;
	head->sources = arena_grow(work->facts->arena, head->sources, &head->source_room, head->source_count + 1,
				   sizeof(*head->sources));
	head->sources[head->source_count++] =
		(struct landing_source){.ref = branch->ref, .tip = branch->tip, .past = past};
}

static bool unknown(struct landing_work *work)
{
	facts_unknown(work->facts, history_problem(work->facts->history));
	return false;
}

/* What the line has further down has landed already. */
bool landing_walk(struct landing_work *work, struct landing_branch *branch)
{
	struct history *history = work->facts->history;
	struct oids begin = {.ids = &work->line[0], .count = 1};
	struct oid end = {{0}}, id = branch->tip;
	enum answer more = ANSWER_YES;

	if (branch->walked)
		return true;
	branch->walked = true;
	if (history_fork(history, &branch->tip, &begin, &end) == ANSWER_UNKNOWN)
		return unknown(work);
	while (more == ANSWER_YES && !oid_equal(&id, &end)) {
		landing_add_source(work, landing_head(work, &id), branch, false);
		more = history_first_parent(history, &id, &id);
	}
	if (more == ANSWER_UNKNOWN)
		return unknown(work);
	return true;
}

/* What came with the push no branch had before it. */
bool landing_trace(struct landing_work *work, const struct landing_head *head)
{
	struct repo *repo = work->facts->repo;

	if (repo_quarantined(repo) && repo_stored(repo, &head->id) == ANSWER_NO)
		return true;
	for (size_t i = 0; i < work->branch_count; i++)
		if (!landing_walk(work, work->branches[i]))
			return false;
	return true;
}

/* Looking for the approved heads among the earlier tips of a branch. */
struct recall {
	struct landing_work *work;
	struct landing_branch *branch;
	size_t count;
};

static bool recall_tip(void *context, const struct account_line *line)
{
	struct recall *recall = context;
	struct landing_head **approved = recall->branch->approved, *earlier = landing_head(recall->work, &line->new);

	if (earlier->opined && earlier != approved[0])
		approved[approved[0] ? 1 : 0] = earlier;
	return !approved[1] && ++recall->count < REPLACED_MAX;
}

/* Of two, one is another than the head: so each account is read once, however many heads its branch brings. */
static bool search_branch(struct landing_work *work, const struct landing_head *head, struct bytes ref,
			  struct landing_head **ret_found)
{
	struct landing_branch *branch = map_get(work->by_ref, ref);
	struct recall recall = {.work = work, .branch = branch};

	if (!branch->recalled) {
		branch->approved[0] = branch->approved[1] = NULL;
		branch->recalled = facts_account(work->facts, ref, recall_tip, &recall) != ANSWER_UNKNOWN;
	}
	*ret_found = branch->approved[branch->approved[0] == head ? 1 : 0];
	return branch->recalled;
}

/* The approved head nearest to this one on its own line, before that meets what has landed. */
static bool search_line(struct landing_work *work, const struct landing_head *head, struct landing_head **ret_found)
{
	struct oid id = head->id;
	enum answer more = ANSWER_YES;

	for (size_t i = 0; i < REPLACED_MAX && !*ret_found; i++) {
		more = history_first_parent(work->facts->history, &id, &id);
		if (more != ANSWER_YES || oid_equal(&id, &work->line[0]))
			break;
		if (landing_head(work, &id)->opined)
			*ret_found = landing_head(work, &id);
	}
	if (more == ANSWER_UNKNOWN)
		return unknown(work);
	return true;
}

static bool has_landed(struct landing_work *work, const struct landing_head *found, bool *ret_landed)
{
	enum answer answer = found ? facts_descends(work->facts, &work->line[0], &found->id) : ANSWER_NO;

	*ret_landed = answer == ANSWER_YES;
	return answer != ANSWER_UNKNOWN;
}

bool landing_replaced(struct landing_work *work, struct landing_head *head, struct oid *ret_replaced)
{
	struct landing_head *found = NULL;
	bool known = true, landed = false;

	if (work->opined && !head->replaced_known) {
		known = search_line(work, head, &found);
		for (size_t i = 0; known && !found && i < head->source_count; i++)
			known = search_branch(work, head, head->sources[i].ref, &found);
		known = known && has_landed(work, found, &landed);
		if (known && found && !landed)
			head->replaced = found->id;
		head->replaced_known = known;
	}
	*ret_replaced = head->replaced;
	return known;
}
