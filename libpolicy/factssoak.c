/* factssoak: since when commits have been on a branch, by the account. */
#include "account.h"
#include "arena.h"
#include "factsbase.h"

/* An account longer than that is not searched to its end for an earlier stay. */
#define LINES_MAX 10000u

/* How far the search for a commit's stay has come. */
enum phase {
	UNSEEN, /* it was on none of the values so far */
	STAYS,	/* it was on the last of them, and may have been before */
	TOLD,
};

/* Going back from value to value of one branch. */
struct search {
	struct facts *facts;
	const struct oid *commits;
	size_t count;
	int64_t enough;
	struct stay *stays;
	enum phase *phases;
	bool *missing;	    /* of each commit: the value in hand does not reach it */
	struct map *places; /* commit -> its `missing` */
	struct oids tips;   /* the commits that are asked about */
	struct oid newer;   /* the value after the one in hand; zero: none */
	struct oid value;   /* the next one to look at; zero: none */
	int64_t until;	    /* when it was replaced; INT64_MAX: never */
	size_t lines;
	bool failed;
};

static struct bytes key_of(const struct oid *id)
{
	return (struct bytes){(const char *)id->id, sizeof(id->id)};
}

static size_t count_of(const struct search *search, enum phase phase)
{
	size_t count = 0;

	for (size_t i = 0; i < search->count; i++)
		count += search->phases[i] == phase;
	return count;
}

/* Whether what was on no newer value is on this one neither: the branch only went forward since. */
static enum answer went_forward(const struct search *search)
{
	if (oid_is_zero(&search->newer))
		return ANSWER_NO;
	return oid_is_zero(&search->value) ? ANSWER_YES : facts_descends(search->facts, &search->newer, &search->value);
}

/* Finds out which of the commits that are looked for the value does not reach. */
static bool find_missing(struct search *search, bool unseen)
{
	struct facts *facts = search->facts;
	struct oids hidden = {.ids = &search->value, .count = !oid_is_zero(&search->value)};
	struct introduced *outside;
	size_t count;

	search->tips.count = 0;
	for (size_t i = 0; i < search->count; i++) {
		search->missing[i] = !hidden.count || (search->phases[i] == UNSEEN && !unseen);
		if (!search->missing[i] && search->phases[i] != TOLD)
			oids_add(facts->arena, &search->tips, &search->commits[i]);
	}
	if (!search->tips.count)
		return true;
	if (history_without(facts->history, &search->tips, &hidden, &outside, &count) != ANSWER_YES) {
		facts_unknown(facts, history_problem(facts->history));
		return false;
	}
	for (size_t i = 0; i < count; i++) {
		bool *missing = map_get(search->places, key_of(outside[i].id));

		if (missing)
			*missing = true;
	}
	return true;
}

/* Whether a stay that goes back to `since` is as long as anybody asks. */
static bool is_enough(const struct search *search, const struct stay *stay)
{
	int64_t now = facts_now(search->facts), until = stay->until < now ? stay->until : now;

	return until > stay->since && until - stay->since > search->enough;
}

/* Takes note that the branch had the value in hand from `since` on. */
static bool take_value(struct search *search, int64_t since)
{
	enum answer forward = count_of(search, UNSEEN) ? went_forward(search) : ANSWER_YES;

	if (forward == ANSWER_UNKNOWN || !find_missing(search, forward == ANSWER_NO))
		return false;
	for (size_t i = 0; i < search->count; i++) {
		struct stay *stay = &search->stays[i];

		if (search->phases[i] == TOLD || search->missing[i]) {
			if (search->phases[i] == STAYS)
				search->phases[i] = TOLD;
			continue;
		}
		if (search->phases[i] == UNSEEN)
			stay->until = search->until;
		stay->since = since;
		search->phases[i] = is_enough(search, stay) ? TOLD : STAYS;
	}
	return true;
}

static bool take_line(void *context, const struct account_line *line)
{
	struct search *search = context;

	/* a move that nobody told of: what came by it came just now */
	if (!oid_equal(&search->value, &line->new)) {
		search->failed =
			!take_value(search, search->until < INT64_MAX ? search->until : facts_now(search->facts));
		search->newer = search->value;
		search->value = line->new;
		search->until = line->time;
	}
	search->failed = search->failed || !take_value(search, line->time);
	search->newer = line->new;
	search->value = line->old;
	search->until = line->time;
	return !search->failed && count_of(search, TOLD) < search->count && ++search->lines < LINES_MAX;
}

/* What was there as the account began came then. */
static bool take_beginning(struct search *search)
{
	struct facts *facts = search->facts;
	struct bytes repository;
	int64_t since;
	enum answer answer = account_installed(facts->arena, repo_git_dir(facts->repo), &since, &repository);

	if (answer == ANSWER_UNKNOWN) {
		facts_unknown(facts, ACCOUNT_UNINSTALLED);
		return false;
	}
	if (answer == ANSWER_NO)
		since = facts_now(facts);
	return take_value(search, since < search->until ? since : search->until);
}

static enum answer search_account(struct search *search, struct bytes ref)
{
	struct facts *facts = search->facts;
	enum answer answer = facts_ref(facts, ref, &search->value);

	if (answer != ANSWER_UNKNOWN)
		answer = facts_account(facts, ref, take_line, search);
	if (answer == ANSWER_UNKNOWN || search->failed)
		return ANSWER_UNKNOWN;
	if (search->lines >= LINES_MAX && count_of(search, TOLD) < search->count)
		return facts_unknown(facts, "the account is longer than 10000 lines, of which the newest do not say");
	if (count_of(search, TOLD) < search->count && !take_beginning(search))
		return ANSWER_UNKNOWN;
	return ANSWER_YES;
}

/* Looks for the stays of `commits`, and keeps them. */
static enum answer find_stays(struct facts *facts, struct bytes ref, const struct oids *commits, int64_t enough,
			      struct map *known)
{
	struct arena *arena = facts->arena;
	struct search search = {
		.facts = facts,
		.commits = commits->ids,
		.count = commits->count,
		.enough = enough,
		.stays = arena_array(arena, commits->count, sizeof(*search.stays)),
		.phases = arena_array(arena, commits->count, sizeof(*search.phases)),
		.missing = arena_array(arena, commits->count, sizeof(*search.missing)),
		.places = map_new(arena),
		.until = INT64_MAX,
	};

	for (size_t i = 0; i < search.count; i++) {
		search.stays[i] = (struct stay){INT64_MAX, INT64_MAX};
		map_set(search.places, key_of(&search.commits[i]), &search.missing[i]);
	}
	enum answer answer = search_account(&search, ref);

	for (size_t i = 0; answer == ANSWER_YES && i < search.count; i++)
		map_set(known, key_of(&search.commits[i]), &search.stays[i]);
	return answer;
}

/* What has been found out about stays on a branch. */
static struct map *known_of(struct facts *facts, struct bytes ref, int64_t enough)
{
	struct bytes key = bytes_printf(facts->arena, "%.*s %lld", BYTES_ARG(ref), (long long)enough);

	if (!facts->stays)
		facts->stays = map_new(facts->arena);
	struct map *known = map_get(facts->stays, key);

	if (!known) {
		known = map_new(facts->arena);
		map_set(facts->stays, key, known);
	}
	return known;
}

enum answer facts_stays(struct facts *facts, struct bytes ref, const struct oid *commits, size_t count, int64_t enough,
			const struct stay **ret_stays)
{
	struct stay *stays = arena_array(facts->arena, count, sizeof(*stays));
	struct map *known = known_of(facts, ref, enough);
	struct oids others = {0};

	if (facts_cloned(facts))
		return ANSWER_NO;
	for (size_t i = 0; i < count; i++)
		if (!map_get(known, key_of(&commits[i])))
			oids_add(facts->arena, &others, &commits[i]);
	if (others.count && find_stays(facts, ref, &others, enough, known) != ANSWER_YES)
		return ANSWER_UNKNOWN;
	for (size_t i = 0; i < count; i++)
		stays[i] = *(const struct stay *)map_get(known, key_of(&commits[i]));
	*ret_stays = stays;
	return ANSWER_YES;
}
