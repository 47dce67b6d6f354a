/* landingproof: whether a commit is what landing a head gives, and which heads that need be asked of (design 4.4). */
#include "arena.h"
#include "landingbase.h"

#define PATHS_MAX 16u

static bool unreadable(struct landing_work *work, const struct oid *id)
{
	facts_unknown(
		work->facts,
		bytes_printf(work->facts->arena, "%s: %s", oid_hex(id).text, repo_problem(work->facts->repo)).data);
	return false;
}

const struct landing_commit *landing_known(const struct landing_work *work, const struct oid *id)
{
	return map_get(work->commits, (struct bytes){(const char *)id->id, sizeof(id->id)});
}

bool landing_read(struct landing_work *work, const struct oid *id, struct landing_commit *ret_commit)
{
	const struct landing_commit *known = landing_known(work, id);
	struct oid parent = *id;

	if (known) {
		*ret_commit = *known;
		return true;
	}
	struct landing_commit *commit = arena_alloc(work->facts->arena, sizeof(*commit));
	for (size_t i = 0; i < 3 && !oid_is_zero(&parent); i++) {
		if (repo_commit_tree(work->facts->repo, id, i, &commit->tree, &parent) != ANSWER_YES)
			return unreadable(work, id);
		if (i < 2)
			commit->parents[i] = parent;
		commit->parent_count = i + !oid_is_zero(&parent);
	}
	map_set(work->commits, bytes_copy(work->facts->arena, (struct bytes){(const char *)id->id, sizeof(id->id)}),
		commit);
	*ret_commit = *commit;
	return true;
}

static enum proof same(bool equal)
{
	return equal ? PROOF_SAME : PROOF_DIFFERENT;
}

static enum proof unknown(struct landing_work *work, struct landing_trial *trial)
{
	trial->problem = bytes_copy(work->facts->arena, bytes_of(history_problem(work->facts->history))).data;
	return PROOF_UNKNOWN;
}

/* Merging into what the head does not have: by their bases. */
static enum proof prove_apart(struct landing_work *work, const struct landing_step *step,
			      const struct landing_head *head, struct landing_trial *trial)
{
	struct facts *facts = work->facts;
	struct oids bases = {0};

	if (history_bases(facts->history, &step->from, &head->id, &bases) == ANSWER_UNKNOWN)
		return unknown(work, trial);
	if (bases.count == 1)
		trial->base = bases.ids[0];
	enum proof proof =
		repo_is_merge(facts->repo, &step->commit.tree, &step->from, &head->id, bases.ids, bases.count);

	if (proof == PROOF_CONFLICT || proof == PROOF_UNKNOWN)
		trial->problem = bytes_copy(facts->arena, bytes_of(repo_problem(facts->repo))).data;
	return proof;
}

/* What X reaches adds nothing to it; what reaches X is the merge itself. */
static enum proof prove(struct landing_work *work, const struct landing_step *step, struct landing_head *head,
			struct landing_trial *trial)
{
	struct history *history = work->facts->history;

	trial->landed = history_descends(history, &step->from, &head->id);
	if (trial->landed == ANSWER_YES)
		return same(oid_equal(&step->commit.tree, &step->from_tree));
	enum answer ahead =
		trial->landed == ANSWER_NO ? history_descends(history, &head->id, &step->from) : ANSWER_UNKNOWN;

	if (ahead == ANSWER_UNKNOWN)
		return unknown(work, trial);
	if (ahead == ANSWER_NO || landing_head_read(work, head) != ANSWER_YES)
		return prove_apart(work, step, head, trial);
	trial->base = step->from;
	return same(oid_equal(&step->commit.tree, &head->tree));
}

const struct landing_trial *landing_try(struct landing_work *work, const struct landing_step *step,
					struct landing_head *head)
{
	struct landing_trial *trial = head->trials;

	while (trial && trial->place != step->place)
		trial = trial->next;
	if (trial)
		return trial;
	trial = arena_alloc(work->facts->arena, sizeof(*trial));
	*trial = (struct landing_trial){.next = head->trials, .place = step->place, .problem = ""};
	trial->proof = prove(work, step, head, trial);
	head->trials = trial;
	return trial;
}

/* What differs between X and Y at one path. */
struct difference {
	struct bytes path;
	unsigned modes[2];
	struct oid ids[2];
};

struct sample {
	struct arena *arena;
	struct difference differences[PATHS_MAX];
	size_t count;
};

static bool take(void *context, const struct change *change)
{
	struct sample *sample = context;

	sample->differences[sample->count++] = (struct difference){
		.path = bytes_copy(sample->arena, change->path),
		.modes = {change->old_mode, change->new_mode},
		.ids = {change->old_id, change->new_id},
	};
	return sample->count < PATHS_MAX;
}

/* The first paths at which `commit`, whose tree is `to`, differs from `from`. */
static bool changes_of(struct landing_work *work, const struct oid *commit, const struct oid *from,
		       const struct oid *to, struct sample *sample)
{
	if (repo_changes(work->facts->repo, from, to, take, sample) != ANSWER_YES)
		return unreadable(work, commit);
	return true;
}

/* How a head compares with a step at the paths that differ. */
enum fit {
	FIT_NONE, /* somewhere it has what X has */
	FIT_SOME,
	FIT_FULL, /* everywhere it has what Y has */
	FIT_UNKNOWN,
};

/*
 * A head that has at some path what X has there cannot have made Y, which has something else there: a merge gives what
 * both sides have, whatever their base was. Renames change nothing about that: a file that both sides have alike at a
 * path is no source of a rename, since nobody took it away; and were it the target of one on a single side, the other
 * side's file there makes the merge clean only if its result is that same file. A path that neither side has no merge
 * makes, short of following whole folders, which git does not do without asking. What is re-applied is merged as well.
 * The path that tells one head apart mostly tells the next: it comes first from then on.
 */
static enum fit compare(struct landing_work *work, struct sample *sample, const struct oid *commit,
			const struct oid *tree)
{
	enum fit fit = FIT_FULL;

	for (size_t i = 0; i < sample->count; i++) {
		const struct difference difference = sample->differences[i];
		unsigned mode;
		struct oid id;
		enum answer answer = repo_entry(work->facts->repo, tree, difference.path, &mode, &id);

		if (answer == ANSWER_UNKNOWN) {
			unreadable(work, commit);
			return FIT_UNKNOWN;
		}
		if (answer == ANSWER_NO) {
			mode = 0;
			id = (struct oid){{0}};
		}
		if (mode == difference.modes[0] && oid_equal(&id, &difference.ids[0])) {
			sample->differences[i] = sample->differences[0];
			sample->differences[0] = difference;
			return FIT_NONE;
		}
		if (mode != difference.modes[1] || !oid_equal(&id, &difference.ids[1]))
			fit = FIT_SOME;
	}
	return fit;
}

/*
 * Whether re-applying the head's last commit on X could leave X as it is: it could not if X had, at some path that the
 * commit changes, what the commit found there.
 */
static enum fit compare_empty(struct landing_work *work, const struct landing_step *step,
			      const struct landing_head *head)
{
	struct sample sample = {.arena = work->facts->arena};
	struct landing_commit commit, parent;

	if (!landing_read(work, &head->id, &commit))
		return FIT_UNKNOWN;
	if (commit.parent_count != 1)
		return FIT_NONE;
	if (!landing_read(work, &commit.parents[0], &parent) ||
	    !changes_of(work, &head->id, &parent.tree, &commit.tree, &sample))
		return FIT_UNKNOWN;
	return compare(work, &sample, &step->from, &step->from_tree);
}

/* The heads that a step could come of, by how likely that is. */
#define RANKS 4

struct ranking {
	struct landing_head *heads[RANKS][LANDING_TRIED_MAX];
	size_t counts[RANKS];
};

/*
 * Approved heads come first, so that nobody hides one among copies of it; then those that have all of Y's changes as
 * they are.
 */
static void rank(struct ranking *ranking, struct landing_head *head, enum fit fit)
{
	unsigned place = (head->opined ? 0u : 2u) + (fit != FIT_FULL);

	if (ranking->counts[place]++ < LANDING_TRIED_MAX)
		ranking->heads[place][ranking->counts[place] - 1] = head;
}

static void take_ranked(struct landing_work *work, const struct ranking *ranking, size_t *ret_count)
{
	size_t taken = 0;

	for (size_t place = 0; place < RANKS; place++) {
		*ret_count += ranking->counts[place];
		for (size_t i = 0; i < ranking->counts[place] && taken < LANDING_TRIED_MAX; i++)
			work->sifted[taken++] = ranking->heads[place][i];
	}
}

/*
 * Of what is on the line itself, X reaches what comes before it, so that nothing of that lands; and what comes after Y
 * has X: merging it gives its own tree, and re-applying it never ends on what lacks it. Who approved it is told so.
 */
static bool is_passed(const struct landing_step *step, const struct landing_head *head)
{
	return head->place && !head->opined &&
	       (head->place < step->place || !oid_equal(&head->tree, &step->commit.tree));
}

/* Whether and how the head could have made the step. */
static enum fit fit_of(struct landing_work *work, const struct landing_step *step, struct sample *sample,
		       struct landing_head *head)
{
	enum answer exists = ANSWER_NO;

	if (!oid_equal(&head->id, &step->to))
		exists = landing_head_read(work, head);
	if (exists != ANSWER_YES)
		return exists == ANSWER_NO ? FIT_NONE : FIT_UNKNOWN;
	if (is_passed(step, head))
		return FIT_NONE;
	return sample->count ? compare(work, sample, &head->id, &head->tree) : compare_empty(work, step, head);
}

static bool sift(struct landing_work *work, const struct landing_step *step, struct sample *sample,
		 struct ranking *ranking)
{
	for (size_t i = 0; i < work->candidate_count; i++) {
		enum fit fit = fit_of(work, step, sample, work->candidates[i]);

		if (fit == FIT_UNKNOWN)
			return false;
		if (fit != FIT_NONE)
			rank(ranking, work->candidates[i], fit);
	}
	return true;
}

bool landing_sift(struct landing_work *work, const struct landing_step *step, size_t *ret_count)
{
	struct sample sample = {.arena = work->facts->arena};
	struct ranking ranking = {.counts = {0}};

	*ret_count = 0;
	if (!changes_of(work, &step->to, &step->from_tree, &step->commit.tree, &sample) ||
	    !sift(work, step, &sample, &ranking))
		return false;
	take_ranked(work, &ranking, ret_count);
	return true;
}
