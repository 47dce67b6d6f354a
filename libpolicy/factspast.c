/* factspast: the facts as they were before a push that has happened already, and the refs as the push found them. */
#include "arena.h"
#include "factsbase.h"

void facts_past(struct facts *facts, const struct push *push)
{
	facts->past = push;
	facts->moved = map_new(facts->arena);
	for (size_t i = 0; i < push->count; i++)
		map_set(facts->moved, push->updates[i].ref, &push->updates[i]);
}

void facts_clock(struct facts *facts, int64_t now)
{
	facts->now = now;
}

struct listing {
	const struct facts *facts;
	bool (*each)(void *context, struct bytes ref, const struct oid *id);
	void *context;
	bool stopped;
};

static bool list_ref(void *context, struct bytes ref, const struct oid *id)
{
	struct listing *listing = context;

	if (listing->facts->past && map_get(listing->facts->moved, ref))
		return true;
	listing->stopped = !listing->each(listing->context, ref, id);
	return !listing->stopped;
}

/* A symbolic ref is not listed: what it comes to is. */
static void list_moved(struct listing *listing, const struct push *past, struct bytes prefix)
{
	const struct map *symbolic = facts_symbolic(listing->facts, past);

	for (size_t i = 0; !listing->stopped && i < past->count; i++) {
		const struct update *update = &past->updates[i];

		if (!oid_is_zero(&update->old) && bytes_starts(update->ref, prefix) && !map_get(symbolic, update->ref))
			listing->stopped = !listing->each(listing->context, update->ref, &update->old);
	}
}

enum answer facts_list(struct facts *facts, struct bytes prefix,
		       bool (*each)(void *context, struct bytes ref, const struct oid *id), void *context)
{
	struct listing listing = {facts, each, context, false};
	enum answer answer = prefix.len ? repo_refs_below(facts->repo, prefix, list_ref, &listing)
					: repo_refs(facts->repo, list_ref, &listing);

	if (answer == ANSWER_UNKNOWN)
		return facts_unknown(facts, repo_problem(facts->repo));
	if (facts->past && !listing.stopped)
		list_moved(&listing, facts->past, prefix);
	return ANSWER_YES;
}
