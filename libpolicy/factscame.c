/* factscame: the branches that a commit came by. */
#include "account.h"
#include "arena.h"
#include "arrival.h"
#include "factsbase.h"

/* Looking for the update that brought a commit. */
struct search {
	struct facts *facts;
	const struct oid *commit;
	int64_t time; /* when it came */
	struct account_line line;
	bool found;
	bool failed;
};

/* What the line says of landings, kept. */
static void keep_line(struct search *search, const struct account_line *line)
{
	struct arena *arena = search->facts->arena;
	struct account_landing *landings = arena_array(arena, line->landing_count, sizeof(*landings));

	for (size_t i = 0; i < line->landing_count; i++) {
		const struct account_landing *landing = &line->landings[i];

		landings[i] = (struct account_landing){
			.method = landing->method,
			.head = landing->head,
			.sources = arena_array(arena, landing->source_count, sizeof(struct bytes)),
			.source_count = landing->source_count,
		};
		for (size_t k = 0; k < landing->source_count; k++)
			landings[i].sources[k] = bytes_copy(arena, landing->sources[k]);
	}
	search->line = (struct account_line){
		.old = line->old, .new = line->new, .landings = landings, .landing_count = line->landing_count};
	search->found = true;
}

/* An account goes back in time: no line that is older can have brought it. */
static bool find_line(void *context, const struct account_line *line)
{
	struct search *search = context;
	enum answer had = ANSWER_NO, has;

	if (line->time != search->time || !line->landing_count || oid_is_zero(&line->old))
		return line->time >= search->time;
	has = facts_descends(search->facts, &line->new, search->commit);
	if (has == ANSWER_YES)
		had = facts_descends(search->facts, &line->old, search->commit);
	search->failed = has == ANSWER_UNKNOWN || had == ANSWER_UNKNOWN;
	if (has == ANSWER_YES && had == ANSWER_NO)
		keep_line(search, line);
	return !search->failed && !search->found;
}

static enum answer count_outside(struct facts *facts, const struct oid *tip, const struct oids *hidden,
				 size_t *ret_count)
{
	const struct oid *ids;

	return facts_outside(facts, tip, hidden, &ids, ret_count);
}

/* How many commits landing a head makes at most: where more came, somebody made one on the branch itself. */
static enum answer count_made(struct facts *facts, const struct account_line *line,
			      const struct account_landing *landing, size_t *ret_count)
{
	struct oid old = line->old;
	struct oids hidden = {.ids = &old, .count = 1};

	*ret_count = landing->method == LANDING_MERGE || landing->method == LANDING_SQUASH;
	return landing->method == LANDING_REBASE ? count_outside(facts, &landing->head, &hidden, ret_count)
						 : ANSWER_YES;
}

/* Whether the landings that the line tells of are all that the update did. */
static enum answer only_lands(struct facts *facts, const struct account_line *line)
{
	struct oids hidden = {0};
	size_t made = 0, came, count;
	enum answer answer = ANSWER_YES;

	oids_add(facts->arena, &hidden, &line->old);
	for (size_t i = 0; i < line->landing_count && answer == ANSWER_YES; i++) {
		oids_add(facts->arena, &hidden, &line->landings[i].head);
		answer = count_made(facts, line, &line->landings[i], &count);
		made += answer == ANSWER_YES ? count : 0;
	}
	if (answer == ANSWER_YES)
		answer = count_outside(facts, &line->new, &hidden, &came);
	if (answer != ANSWER_YES)
		return answer;
	return came == made ? ANSWER_YES : ANSWER_NO;
}

/* The branches of all that landed; the ref itself, where nothing did or no branch brought a head. */
static void list_sources(struct facts *facts, struct bytes ref, const struct account_line *line,
			 const struct bytes **ret_refs, size_t *ret_count)
{
	struct bytes *refs = arena_alloc(facts->arena, sizeof(*refs));
	size_t room = 1, count = 0;

	for (size_t i = 0; line && i < line->landing_count; i++) {
		const struct account_landing *landing = &line->landings[i];

		refs = arena_grow(facts->arena, refs, &room, count + landing->source_count + 1, sizeof(*refs));
		for (size_t k = 0; k < landing->source_count; k++)
			refs[count++] = landing->sources[k];
		if (!landing->source_count)
			refs[count++] = ref;
	}
	if (!line)
		refs[count++] = ref;
	*ret_refs = refs;
	*ret_count = count;
}

enum answer facts_came_by(struct facts *facts, const struct oid *commit, const struct bytes **ret_refs,
			  size_t *ret_count)
{
	struct arrival arrival = {0};
	enum answer answer = facts_arrived(facts, commit, &arrival), landed;
	struct search search = {.facts = facts, .commit = commit, .time = arrival.time};

	if (answer != ANSWER_YES)
		return answer;
	landed = facts_account(facts, arrival.ref, find_line, &search);
	if (landed != ANSWER_UNKNOWN && search.found)
		landed = only_lands(facts, &search.line);
	if (landed == ANSWER_UNKNOWN || search.failed)
		return ANSWER_UNKNOWN;
	list_sources(facts, arrival.ref, search.found && landed == ANSWER_YES ? &search.line : NULL, ret_refs,
		     ret_count);
	return ANSWER_YES;
}
