/* factsaccount: what the account says, as facts. */
#include "account.h"

#include "arena.h"
#include "clock.h"
#include "factsbase.h"

/* An account longer than that is not searched to its end for what landed. */
#define LANDED_LINES_MAX 10000u

int64_t facts_now(struct facts *facts)
{
	if (!facts->now)
		facts->now = clock_now();
	return facts->now;
}

/* Reading from where the account was before a push that has happened: what is newer was not there then. */
struct reading {
	bool (*each)(void *context, const struct account_line *line);
	void *context;
	const struct update *moved; /* NULL: nothing is newer, or no more */
};

static bool read_past(void *context, const struct account_line *line)
{
	struct reading *reading = context;

	if (reading->moved && line->missed && !oid_equal(&line->new, &reading->moved->old))
		return true;
	reading->moved = NULL;
	return reading->each(reading->context, line);
}

enum answer facts_account_within(struct facts *facts, struct arena *arena, struct bytes ref,
				 bool (*each)(void *context, const struct account_line *line), void *context)
{
	struct reading reading = {each, context, facts->past ? map_get(facts->moved, ref) : NULL};
	const char *problem;

	if (facts_cloned(facts))
		return ANSWER_NO;
	enum answer answer = account_read(arena, repo_git_dir(facts->repo), ref, read_past, &reading, &problem);

	return answer == ANSWER_UNKNOWN ? facts_unknown(facts, bytes_printf(facts->arena, "%s", problem).data) : answer;
}

enum answer facts_account(struct facts *facts, struct bytes ref,
			  bool (*each)(void *context, const struct account_line *line), void *context)
{
	return facts_account_within(facts, facts->arena, ref, each, context);
}

/* The heads that landed on one ref, by its account. */
struct landed_heads {
	struct facts *facts;
	struct map *heads; /* id -> itself */
	size_t lines;
	bool whole; /* the account was read to its beginning */
};

static struct bytes key_of(const struct oid *id)
{
	return (struct bytes){(const char *)id->id, sizeof(id->id)};
}

static bool add_landings(void *context, const struct account_line *line)
{
	struct landed_heads *landed = context;

	for (size_t i = 0; i < line->landing_count; i++) {
		struct bytes head = bytes_copy(landed->facts->arena, key_of(&line->landings[i].head));

		map_set(landed->heads, head, landed);
	}
	landed->whole = ++landed->lines < LANDED_LINES_MAX;
	return landed->whole;
}

static const struct landed_heads *landed_on(struct facts *facts, struct bytes ref)
{
	struct landed_heads *landed;

	if (!facts->landed)
		facts->landed = map_new(facts->arena);
	landed = map_get(facts->landed, ref);
	if (landed)
		return landed;
	landed = arena_alloc(facts->arena, sizeof(*landed));
	*landed = (struct landed_heads){.facts = facts, .heads = map_new(facts->arena), .whole = true};
	if (facts_account(facts, ref, add_landings, landed) == ANSWER_UNKNOWN)
		return NULL;
	map_set(facts->landed, bytes_copy(facts->arena, ref), landed);
	return landed;
}

enum answer facts_landed(struct facts *facts, struct bytes ref, const struct oid *head)
{
	struct oid tip;
	enum answer answer = facts_ref(facts, ref, &tip);

	if (answer == ANSWER_YES)
		answer = facts_descends(facts, &tip, head);
	if (answer != ANSWER_NO)
		return answer;
	const struct landed_heads *landed = landed_on(facts, ref);

	if (!landed)
		return ANSWER_UNKNOWN;
	if (map_get(landed->heads, key_of(head)))
		return ANSWER_YES;
	if (landed->whole)
		return ANSWER_NO;
	return facts_unknown(facts, "the account is longer than 10000 lines, of which the newest do not say");
}

/* Looking for the trunks that a branch was created from, or that it was put on by its last rewrite: none, too. */
struct origin_search {
	struct facts *facts;
	struct bytes *trunks;
	size_t count;
};

static bool find_trunks(void *context, const struct account_line *line)
{
	struct origin_search *search = context;
	struct arena *arena = search->facts->arena;

	search->trunks = arena_array(arena, line->trunk_count, sizeof(*search->trunks));
	for (size_t i = 0; i < line->trunk_count; i++)
		search->trunks[i] = bytes_copy(arena, line->trunks[i]);
	search->count = line->trunk_count;
	return !search->count && !line->rewritten && !oid_is_zero(&line->old);
}

enum answer facts_trunks_with(struct facts *facts, const struct policy *policy, struct bytes ref,
			      const struct oid *commit, const struct bytes **ret_trunks, size_t *ret_count)
{
	struct bytes *trunks = arena_array(facts->arena, policy->section_count, sizeof(*trunks));
	struct target target;
	struct oid tip;

	*ret_trunks = trunks;
	*ret_count = 0;
	for (size_t i = 0; i < policy->section_count; i++) {
		const struct section *section = policy->sections[i];

		if (section->kind != SECTION_BRANCH || !section->literal || bytes_equal(section->ref, ref))
			continue;
		enum answer answer = facts_ref(facts, section->ref, &tip);

		if (answer == ANSWER_YES)
			answer = facts_target(facts, &tip, &target);
		if (answer == ANSWER_YES && target.peeled == OBJECT_COMMIT)
			answer = facts_descends(facts, &target.commit, commit);
		if (answer == ANSWER_UNKNOWN)
			return answer;
		if (answer == ANSWER_YES)
			trunks[(*ret_count)++] = section->ref;
	}
	return *ret_count ? ANSWER_YES : ANSWER_NO;
}

enum answer facts_created_from(struct facts *facts, const struct policy *policy, struct bytes ref,
			       const struct oid *tip, const struct bytes **ret_trunks, size_t *ret_count)
{
	struct origin_search search = {.facts = facts};
	struct oid fork;

	if (facts_account(facts, ref, find_trunks, &search) == ANSWER_UNKNOWN)
		return ANSWER_UNKNOWN;
	*ret_trunks = search.trunks;
	*ret_count = search.count;
	if (search.count)
		return ANSWER_YES;
	enum answer answer = facts_fork_point(facts, policy, tip, &fork);

	return answer == ANSWER_YES ? facts_trunks_with(facts, policy, ref, &fork, ret_trunks, ret_count) : answer;
}
