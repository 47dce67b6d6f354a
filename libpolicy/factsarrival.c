/* factsarrival: which commits an update brought, and who brought a commit first. */
#include "arrival.h"

#include <string.h>

#include "arena.h"
#include "factsbase.h"

/* Of what one update brings, so many are told of: the newest. */
#define BROUGHT_MAX 10000u

enum answer facts_arrived(struct facts *facts, const struct oid *commit, struct arrival *ret_arrival)
{
	const char *problem;

	if (facts_cloned(facts))
		return ANSWER_NO;
	if (!facts->arrivals)
		facts->arrivals = arrivals_new(facts->arena, repo_git_dir(facts->repo));
	enum answer answer = arrivals_find(facts->arrivals, commit, ret_arrival, &problem);

	return answer == ANSWER_UNKNOWN ? facts_unknown(facts, problem) : answer;
}

enum answer facts_arrival(struct facts *facts, const struct oid *commit, int64_t *ret_time, struct bytes *ret_user)
{
	struct arrival arrival;
	enum answer answer = facts_arrived(facts, commit, &arrival);

	if (answer == ANSWER_YES) {
		*ret_time = arrival.time;
		*ret_user = arrival.user;
	}
	return answer;
}

bool facts_exists(struct facts *facts, const struct oid *id)
{
	enum object_type type;
	size_t size;

	return !oid_is_zero(id) && repo_header(facts->repo, id, &type, &size) == ANSWER_YES;
}

/* What was there before: the old value, the trunks, and what the policy found when it was installed. */
static bool add_before(struct facts *facts, const struct oid *old, struct oids *hidden)
{
	bool known = facts_add_baseline(facts, hidden);

	if (known && facts_exists(facts, old))
		known = facts_add_commit(facts, hidden, old);
	for (size_t i = 0; i < facts->layers->count && known; i++)
		known = facts_add_trunks(facts, facts->layers->policy[i], (struct demand){0}, hidden);
	return known;
}

enum answer facts_brought(struct facts *facts, const struct oid *old, const struct oid *new, struct oids *ret_commits)
{
	struct oids hidden = {0}, tip = {0};
	const struct oid *ids;
	size_t count;

	*ret_commits = (struct oids){0};
	if (!facts_exists(facts, new))
		return ANSWER_YES;
	if (!facts_add_commit(facts, &tip, new) || !add_before(facts, old, &hidden))
		return ANSWER_UNKNOWN;
	if (!tip.count)
		return ANSWER_YES;
	enum answer answer = facts_outside(facts, &tip.ids[0], &hidden, &ids, &count);

	for (size_t i = answer == ANSWER_YES ? count : 0; i--;)
		if (i < BROUGHT_MAX)
			oids_add(facts->arena, ret_commits, &ids[i]);
	return answer;
}

/* What moves of refs brought, as long as the same is hidden: an old and a new value -> struct oids. */
struct moves {
	struct oids hidden;
	struct map *known;
};

static struct map *moves_of(struct facts *facts, const struct oids *hidden)
{
	struct moves *moves = facts->moves;
	size_t size = hidden->count * sizeof(*hidden->ids);

	if (moves && moves->hidden.count == hidden->count && (!size || !memcmp(moves->hidden.ids, hidden->ids, size)))
		return moves->known;
	moves = facts->moves = arena_alloc(facts->arena, sizeof(*moves));
	moves->known = map_new(facts->arena);
	for (size_t i = 0; i < hidden->count; i++)
		oids_add(facts->arena, &moves->hidden, &hidden->ids[i]);
	return moves->known;
}

static enum answer moved(struct facts *facts, const struct oid *old, const struct oid *new, const struct oids *hidden,
			 struct oids *ret_commits)
{
	struct oids all = {0};
	const struct oid *ids;
	size_t count;

	if (!facts_exists(facts, new))
		return ANSWER_YES;
	for (size_t i = 0; i < hidden->count; i++)
		oids_add(facts->arena, &all, &hidden->ids[i]);
	if (facts_exists(facts, old))
		oids_add(facts->arena, &all, old);
	if (facts_outside(facts, new, &all, &ids, &count) != ANSWER_YES)
		return ANSWER_UNKNOWN;
	for (size_t i = 0; i < count; i++)
		oids_add(facts->arena, ret_commits, &ids[i]);
	return ANSWER_YES;
}

enum answer facts_move_brought(struct facts *facts, const struct oid *old, const struct oid *new,
			       const struct oids *hidden, const struct oids **ret_commits)
{
	struct map *known = moves_of(facts, hidden);
	const struct oid move[2] = {*old, *new};
	struct bytes key = {(const char *)move, sizeof(move)};
	struct oids *commits = map_get(known, key);

	if (!commits) {
		commits = arena_alloc(facts->arena, sizeof(*commits));
		if (moved(facts, old, new, hidden, commits) != ANSWER_YES)
			return ANSWER_UNKNOWN;
		map_set(known, bytes_copy(facts->arena, key), commits);
	}
	*ret_commits = commits;
	return ANSWER_YES;
}
