/* opinions: what people have recorded about landing a head. */
#include "account.h"
#include "arena.h"
#include "clock.h"
#include "factsbase.h"
#include "people.h"

/* An account longer than that is not searched to its end for what used up an approval. */
#define USED_LINES_MAX 10000u

struct known_opinions {
	struct opinion *list;
	size_t count;
	size_t room;
};

/* A listing of the refs in a folder of approvals; what they hold is read afterwards. */
struct listing {
	struct facts *facts;
	struct bytes target;
	const struct oid *head; /* NULL: whichever */
	struct known_opinions opinions;
	struct oids ids; /* the value of each */
	struct oids heads;
	struct map *seen; /* heads */
};

/* "refs/approvals/heads/main/" */
static struct bytes folder_of(struct facts *facts, struct bytes target)
{
	return bytes_printf(facts->arena, "refs/approvals/%.*s/", BYTES_ARG(bytes_from(target, BYTES("refs/").len)));
}

/* A name below the folder may also be that of a record for another target: "heads/main/<head>" is one. */
static bool is_other(const struct listing *listing, const struct record *record)
{
	return !bytes_equal(record->target, listing->target) ||
	       (listing->head && !oid_equal(&record->commit, listing->head));
}

static bool list_opinion(void *context, struct bytes ref, const struct oid *id)
{
	struct listing *listing = context;
	struct known_opinions *opinions = &listing->opinions;
	struct arena *arena = listing->facts->arena;
	struct record record = {0};
	const char *problem = record_parse(arena, ref, &record);

	if (!problem && is_other(listing, &record))
		return true;
	opinions->list =
		arena_grow(arena, opinions->list, &opinions->room, opinions->count + 1, sizeof(*opinions->list));
	struct opinion *opinion = &opinions->list[opinions->count++];

	*opinion = (struct opinion){.ref = bytes_copy(arena, ref), .name = record.name, .malformed = problem};
	oids_add(arena, &listing->ids, id);
	if (problem)
		opinion->name = bytes_from(opinion->ref, folder_of(listing->facts, listing->target).len);
	else
		opinion->user = people_user(listing->facts->layers->people, record.name);
	return true;
}

static enum answer read_opinion(const struct listing *listing, size_t index)
{
	struct opinion *opinion = &listing->opinions.list[index];
	const struct record record = {
		.kind = RECORD_APPROVAL,
		.target = listing->target,
		.commit = *listing->head,
		.name = opinion->name,
	};
	enum answer answer = ANSWER_YES;

	if (!opinion->malformed)
		answer = facts_record(listing->facts, &record, &listing->ids.ids[index], &opinion->value,
				      &opinion->malformed);
	if (opinion->value) {
		opinion->rejects = opinion->value->rejects;
		opinion->reason = opinion->value->reason;
	}
	return answer;
}

static void consult(const struct listing *listing, size_t index)
{
	const struct opinion *opinion = &listing->opinions.list[index];
	const struct record record = {
		.kind = RECORD_APPROVAL,
		.target = listing->target,
		.commit = *listing->head,
		.name = opinion->name,
	};

	facts_consult(listing->facts, &record, opinion->ref, &listing->ids.ids[index], opinion->value,
		      opinion->malformed);
}

/* Looking for the newest landing of a head, as far back as it could have used up an approval. */
struct use {
	const struct oid *head;
	int64_t recorded; /* the approval was */
	int64_t time;	  /* the landing was */
	bool found;
	size_t lines;
};

static bool is_use(void *context, const struct account_line *line)
{
	struct use *use = context;

	for (size_t i = 0; i < line->landing_count && !use->found; i++)
		use->found = oid_equal(&line->landings[i].head, use->head);
	use->time = line->time;
	return !use->found && line->time >= use->recorded && ++use->lines < USED_LINES_MAX;
}

/* An approval is for one landing: what landed at or after its second has used it up. */
static bool find_use(const struct listing *listing, size_t index)
{
	struct opinion *opinion = &listing->opinions.list[index];
	struct facts *facts = listing->facts;
	struct use use = {.head = listing->head};

	if (opinion->rejects || opinion->malformed)
		return true;
	if (facts_recorded(facts, opinion->ref, &listing->ids.ids[index], &use.recorded) != ANSWER_YES ||
	    facts_account(facts, listing->target, is_use, &use) == ANSWER_UNKNOWN)
		return false;
	if (use.lines == USED_LINES_MAX)
		return facts_unknown(facts, "the account is longer than 10000 lines, of which the newest do not say");
	if (use.found && use.time >= use.recorded)
		opinion->malformed = bytes_printf(facts->arena, "it was used when %s landed at %s",
						  oid_abbrev(use.head).text, clock_format(use.time).text)
					     .data;
	return true;
}

static enum answer read_opinions(struct listing *listing, struct bytes folder)
{
	if (facts_refs_below(listing->facts, folder, list_opinion, listing) == ANSWER_UNKNOWN)
		return ANSWER_UNKNOWN;
	for (size_t i = 0; i < listing->opinions.count; i++)
		if (read_opinion(listing, i) != ANSWER_YES || !find_use(listing, i))
			return ANSWER_UNKNOWN;
	for (size_t i = 0; i < listing->opinions.count; i++)
		consult(listing, i);
	return ANSWER_YES;
}

enum answer facts_opinions(struct facts *facts, struct bytes target, const struct oid *head,
			   const struct opinion **ret_opinions, size_t *ret_count)
{
	struct bytes folder =
		bytes_printf(facts->arena, "%.*s%s/", BYTES_ARG(folder_of(facts, target)), oid_hex(head).text);
	struct known_opinions *known = map_get(facts->opinions, folder);

	if (!known) {
		struct listing listing = {.facts = facts, .target = target, .head = head};

		if (read_opinions(&listing, folder) != ANSWER_YES)
			return ANSWER_UNKNOWN;
		known = arena_alloc(facts->arena, sizeof(*known));
		*known = listing.opinions;
		map_set(facts->opinions, folder, known);
	}
	*ret_opinions = known->list;
	*ret_count = known->count;
	return ANSWER_YES;
}

static bool list_head(void *context, struct bytes ref, const struct oid *id)
{
	struct listing *listing = context;
	struct arena *arena = listing->facts->arena;
	struct record record;

	(void)id;
	if (record_parse(arena, ref, &record) || is_other(listing, &record))
		return true;
	struct bytes key = {(const char *)record.commit.id, sizeof(record.commit.id)};

	if (map_get(listing->seen, key))
		return true;
	map_set(listing->seen, bytes_copy(arena, key), listing);
	oids_add(arena, &listing->heads, &record.commit);
	return true;
}

enum answer facts_opined(struct facts *facts, struct bytes target, const struct oid **ret_heads, size_t *ret_count)
{
	struct bytes folder = folder_of(facts, target);
	struct oids *known = map_get(facts->opined, folder);

	if (!known) {
		struct listing listing = {.facts = facts, .target = target, .seen = map_new(facts->arena)};

		if (facts_refs_below(facts, folder, list_head, &listing) == ANSWER_UNKNOWN)
			return ANSWER_UNKNOWN;
		known = arena_alloc(facts->arena, sizeof(*known));
		*known = listing.heads;
		map_set(facts->opined, folder, known);
	}
	*ret_heads = known->ids;
	*ret_count = known->count;
	return ANSWER_YES;
}
