/* landingsteps: every way to see one commit of a branch: as a merge, a squash, the end of a rebase, a revert (design
 * 4.4). */
#include "arena.h"
#include "landingbase.h"
#include "quote.h"

/* "fix/x", or what stands for it when no branch brings the head. */
static const char *branch_of(struct arena *arena, const struct landing_head *head)
{
	return head->source_count ? quote_word(arena, bytes_from(head->sources[0].ref, BYTES("refs/heads/").len))
				  : "<its branch>";
}

/* A conflict has no automatic result: what a person makes of it is to be approved as a head of its own. */
static const char *merge_first(struct landing_work *work, const struct landing_head *head)
{
	struct arena *arena = work->facts->arena;
	struct bytes target = bytes_from(work->ref, BYTES("refs/heads/").len);

	return bytes_printf(arena, "git switch %s && git merge origin/%s, push it, have that head approved",
			    branch_of(arena, head), quote_word(arena, target))
		.data;
}

static void doubt_merge(struct landing_work *work, struct landing_step *step, const struct landing_head *head,
			bool conflict, const char *problem)
{
	struct arena *arena = work->facts->arena;
	struct oid_hex with = oid_abbrev(&head->id), from = oid_abbrev(&step->from);

	if (conflict)
		step->doubt = bytes_printf(arena, "merging %s into %s gives %s", with.text, from.text, problem).data;
	else
		step->doubt = bytes_printf(arena, "whether %s is what landing %s gives cannot be told: %s",
					   oid_abbrev(&step->to).text, with.text, problem)
				      .data;
	if (conflict)
		step->doubt_fix = merge_first(work, head);
}

static bool is_empty(const struct landing_step *step)
{
	return step->commit.parent_count == 1 && oid_equal(&step->commit.tree, &step->from_tree);
}

static bool add_merge(struct landing_work *work, struct landing_step *step)
{
	struct landing_head *head = landing_head(work, &step->commit.parents[1]);
	const struct landing_trial *trial = landing_try(work, step, head);
	bool conflict = trial->proof == PROOF_CONFLICT;

	if (trial->proof == PROOF_SAME) {
		landing_add(work, step->place - 1, step->place, LANDING_MERGE, &head->id);
		return true;
	}
	step->nearly = head;
	if (!conflict && trial->proof != PROOF_UNKNOWN)
		return true;
	if (!landing_trace(work, head))
		return false;
	doubt_merge(work, step, head, conflict, trial->problem);
	return true;
}

/* One commit of a head's line, and the commit of the branch it may have become. */
struct pair {
	size_t place; /* of the latter */
	struct oid theirs;
	struct landing_commit commit; /* theirs */
	size_t beyond;		      /* from theirs on down, how many our line does not reach */
};

/* What came of re-applying a commit. */
struct application {
	struct oid trees[4]; /* it makes the first of the second, as the third was made of the fourth */
	enum proof proof;
};

/* That hangs on trees alone, and many commits may have the same: those that change nothing, or that and back again. */
static enum proof prove_applied(struct landing_work *work, const struct pair *pair)
{
	const struct oid *ours = &landing_known(work, &work->line[pair->place])->tree;
	const struct oid *from = &work->line[pair->place - 1], *onto = &landing_known(work, from)->tree;
	struct landing_commit parent;

	if (!landing_read(work, &pair->commit.parents[0], &parent))
		return PROOF_UNKNOWN;
	struct application application = {.trees = {*ours, *onto, pair->commit.tree, parent.tree}};
	struct application *known =
		map_get(work->applied, (struct bytes){(const char *)application.trees, sizeof(application.trees)});

	if (known)
		return known->proof;
	application.proof = repo_is_applied(work->facts->repo, ours, &pair->theirs, from);
	if (application.proof == PROOF_UNKNOWN) {
		facts_unknown(work->facts, repo_problem(work->facts->repo));
		return PROOF_UNKNOWN;
	}
	known = arena_alloc(work->facts->arena, sizeof(*known));
	*known = application;
	map_set(work->applied, (struct bytes){(const char *)known->trees, sizeof(known->trees)}, known);
	return known->proof;
}

/*
 * Whether `pair` is a commit re-applied; *ret_whole: on what has all that the head's line goes on with. For a head of
 * one commit that is the same as merging it, which has been tried.
 */
static enum proof prove_pair(struct landing_work *work, const struct landing_step *step, struct pair *pair,
			     const struct landing_trial *trial, enum answer *ret_whole)
{
	const struct oid *from = &work->line[pair->place - 1];
	const struct oid *parent = &pair->commit.parents[0];

	if (!landing_read(work, &pair->theirs, &pair->commit))
		return PROOF_UNKNOWN;
	if (landing_known(work, &work->line[pair->place])->parent_count != 1 || pair->commit.parent_count != 1)
		return PROOF_DIFFERENT;
	if (pair->beyond > 1)
		*ret_whole = ANSWER_NO;
	else if (pair->place == step->place)
		*ret_whole = oid_equal(&trial->base, parent) ? ANSWER_YES : ANSWER_NO;
	else
		*ret_whole = facts_descends(work->facts, from, parent);
	if (*ret_whole == ANSWER_YES && pair->place == step->place)
		return trial->proof;
	return prove_applied(work, pair);
}

/*
 * Adds the rebases of the head that end with the step: back from both, commit by commit, as long as one is the other
 * re-applied, from each place that has what the head's line goes on with. A branch that was partly rebased has several.
 * There is none where more is to be re-applied than ours has since then.
 */
static enum proof add_rebases(struct landing_work *work, const struct landing_step *step, struct landing_head *head,
			      const struct landing_trial *trial)
{
	if (!landing_measure(work, head))
		return PROOF_UNKNOWN;
	if (head->fork + head->beyond > step->place)
		return PROOF_DIFFERENT;
	struct pair pair = {.place = step->place, .theirs = head->id, .beyond = head->beyond};
	enum answer whole = ANSWER_NO;
	enum proof found = PROOF_DIFFERENT;

	for (; pair.place; pair.place--) {
		const size_t first = pair.place - 1;

		if (whole == ANSWER_YES)
			whole = facts_descends(work->facts, &work->line[first], &pair.theirs);
		enum proof proof = whole == ANSWER_NO ? prove_pair(work, step, &pair, trial, &whole) : PROOF_DIFFERENT;

		if (whole == ANSWER_UNKNOWN || proof == PROOF_UNKNOWN)
			return PROOF_UNKNOWN;
		if (proof != PROOF_SAME)
			break;
		pair.theirs = pair.commit.parents[0];
		pair.beyond -= pair.beyond > 0;
		if (whole == ANSWER_NO || (is_empty(step) && first + 1 == step->place))
			continue;
		landing_add(work, first, step->place, LANDING_REBASE, &head->id);
		found = PROOF_SAME;
	}
	return found;
}

/* The first head that the step did not become is worth telling when approvals speak of it, as they do of those that are
 * tried first, or when a conflict is why. */
static void keep_nearly(struct landing_work *work, struct landing_step *step, const struct landing_head *head,
			enum proof proof)
{
	if (step->nearly || !(head->opined || proof == PROOF_CONFLICT))
		return;
	step->nearly = head;
	step->doubt_fix = proof == PROOF_CONFLICT ? merge_first(work, head) : NULL;
}

static void try_head(struct landing_work *work, struct landing_step *step, struct landing_head *head)
{
	const struct landing_trial *trial = landing_try(work, step, head);

	if (trial->landed == ANSWER_YES)
		return;
	if (trial->proof == PROOF_SAME && !is_empty(step))
		landing_add(work, step->place - 1, step->place, LANDING_SQUASH, &head->id);
	enum proof rebase = add_rebases(work, step, head, trial);

	if (trial->proof != PROOF_SAME && rebase != PROOF_SAME)
		keep_nearly(work, step, head, trial->proof);
	if (trial->proof == PROOF_UNKNOWN)
		doubt_merge(work, step, head, false, trial->problem);
	else if (rebase == PROOF_UNKNOWN)
		doubt_merge(work, step, head, false, facts_reason(work->facts));
}

static bool add_heads(struct landing_work *work, struct landing_step *step)
{
	size_t count, tried = 0;

	if (!landing_sift(work, step, &count))
		return false;
	for (size_t i = 0; i < count && tried < LANDING_TRIED_MAX; i++, tried++)
		try_head(work, step, work->sifted[i]);
	if (tried < count)
		step->doubt = bytes_printf(work->facts->arena, "%s may come of %zu heads, of which %u were compared",
					   oid_abbrev(&step->to).text, count, LANDING_TRIED_MAX)
				      .data;
	return true;
}

static void add_revert(struct landing_work *work, struct landing_step *step)
{
	const struct commit *commit;
	struct oid reverted;
	enum answer answer = facts_commit(work->facts, &step->to, &commit);

	if (answer == ANSWER_YES)
		answer = facts_reverts(work->facts, commit, &reverted);
	if (answer == ANSWER_YES)
		answer = facts_descends(work->facts, &work->line[0], &reverted);
	if (answer == ANSWER_YES)
		landing_add(work, step->place - 1, step->place, LANDING_REVERT, &step->to)->reverted = reverted;
	if (answer == ANSWER_UNKNOWN)
		step->doubt = facts_reason(work->facts);
}

static void add_direct(struct landing_work *work, const struct landing_step *step)
{
	struct landing *edge = landing_add(work, step->place - 1, step->place, LANDING_DIRECT, &step->to);

	edge->doubt = step->doubt;
	edge->doubt_fix = step->doubt_fix;
	if (step->nearly)
		edge->nearly = step->nearly->id;
	edge->nothing = is_empty(step);
}

bool landing_add_step(struct landing_work *work, size_t place)
{
	struct landing_step step = {
		.place = place,
		.from = work->line[place - 1],
		.to = work->line[place],
		.commit = *landing_known(work, &work->line[place]),
	};
	struct landing_commit from;
	bool known = landing_read(work, &step.from, &from);

	step.from_tree = from.tree;
	if (known && step.commit.parent_count == 2)
		known = add_merge(work, &step);
	if (known && step.commit.parent_count == 1)
		known = add_heads(work, &step);
	if (known && step.commit.parent_count == 1)
		add_revert(work, &step);
	if (known)
		add_direct(work, &step);
	return known;
}
