/* landingheads: the branches that may land on another, and the heads that may have landed (design 4.4). */
#include "accept.h"
#include "account.h"
#include "arena.h"
#include "landingbase.h"
#include "pattern.h"

#define TIPS_MAX 10000u

static struct bytes key_of(const struct oid *id)
{
	return (struct bytes){(const char *)id->id, sizeof(id->id)};
}

struct landing_head *landing_head(struct landing_work *work, const struct oid *id)
{
	struct landing_head *head = map_get(work->heads, key_of(id));

	if (head)
		return head;
	head = arena_alloc(work->facts->arena, sizeof(*head));
	head->id = *id;
	map_set(work->heads, key_of(&head->id), head);
	return head;
}

static void add_candidate(struct landing_work *work, struct landing_head *head)
{
	if (head->candidate)
		return;
	head->candidate = true;
	work->candidates = arena_grow(work->facts->arena, work->candidates, &work->candidate_room,
				      work->candidate_count + 1, sizeof(struct landing_head *));
	work->candidates[work->candidate_count++] = head;
}

static void add_branch(struct landing_work *work, struct bytes ref, const struct oid *tip)
{
	struct arena *arena = work->facts->arena;
	struct landing_branch *branch;

	if (bytes_equal(ref, work->ref) || map_get(work->by_ref, ref))
		return;
	branch = arena_alloc(arena, sizeof(*branch));
	*branch = (struct landing_branch){.ref = bytes_copy(arena, ref), .tip = *tip};
	map_set(work->by_ref, branch->ref, branch);
	work->branches = arena_grow(arena, work->branches, &work->branch_room, work->branch_count + 1,
				    sizeof(struct landing_branch *));
	work->branches[work->branch_count++] = branch;
	struct landing_head *head = landing_head(work, tip);

	head->tip = true;
	add_candidate(work, head);
	landing_add_source(work, head, branch, false);
}

/* Listing the branches that one pattern accepts; NULL: every branch. */
struct listing {
	struct landing_work *work;
	const struct pattern *pattern;
};

static bool list_branch(void *context, struct bytes ref, const struct oid *id)
{
	struct listing *listing = context;
	struct bytes name = bytes_from(ref, BYTES("refs/heads/").len);

	if (!listing->pattern || pattern_match(listing->pattern, name, (struct bytes){0}))
		add_branch(listing->work, ref, id);
	return true;
}

static bool add_literal(struct landing_work *work, struct bytes name)
{
	struct bytes ref = bytes_printf(work->facts->arena, "refs/heads/%.*s", BYTES_ARG(name));
	struct oid id;
	enum answer answer = facts_ref(work->facts, ref, &id);

	if (answer == ANSWER_YES)
		add_branch(work, ref, &id);
	return answer != ANSWER_UNKNOWN;
}

/* Only the folder that every match lies in is listed. */
static bool add_matching(struct landing_work *work, const struct pattern *pattern)
{
	struct listing listing = {work, pattern};
	struct bytes prefix = pattern ? pattern_prefix(pattern) : (struct bytes){0};

	if (pattern && pattern_literal(pattern))
		return add_literal(work, pattern_text(pattern));
	while (prefix.len && prefix.data[prefix.len - 1] != '/')
		prefix.len--;
	prefix = bytes_printf(work->facts->arena, "refs/heads/%.*s", BYTES_ARG(prefix));
	return facts_refs_below(work->facts, prefix, list_branch, &listing) != ANSWER_UNKNOWN;
}

static bool add_branches(struct landing_work *work)
{
	const struct setting *setting = section_setting(work->section, "accept");
	const struct accept *accept = setting ? setting->parsed : NULL;
	bool known = accept || add_matching(work, NULL);

	for (size_t i = 0; accept && i < accept->count; i++)
		for (size_t k = 0; known && k < accept->clauses[i].pattern_count; k++)
			known = add_matching(work, accept->clauses[i].patterns[k]);
	return known;
}

bool landing_gather_opined(struct landing_work *work)
{
	const struct oid *ids;
	size_t count = 0;
	enum answer answer = facts_opined(work->facts, work->ref, &ids, &count);

	for (size_t i = 0; answer == ANSWER_YES && i < count; i++) {
		struct landing_head *head = landing_head(work, &ids[i]);

		head->opined = true;
		add_candidate(work, head);
	}
	work->opined = count;
	return answer != ANSWER_UNKNOWN;
}

/* Reading where a trunk was, as far back as the line of the update begins. */
struct past {
	struct landing_work *work;
	const struct landing_branch *branch;
	size_t count;
	bool known;
};

static bool add_past(void *context, const struct account_line *line)
{
	struct past *past = context;
	struct landing_work *work = past->work;
	struct landing_head *head = landing_head(work, &line->new);
	enum answer reached = ANSWER_NO;

	if (++past->count > TIPS_MAX)
		return false;
	enum answer exists = oid_is_zero(&line->new) ? ANSWER_NO : landing_head_read(work, head);

	past->known = exists != ANSWER_UNKNOWN;
	if (exists != ANSWER_YES)
		return past->known;
	if (!head->source_count)
		reached = facts_descends(work->facts, &work->line[0], &line->new);
	past->known = reached != ANSWER_UNKNOWN;
	if (reached != ANSWER_NO)
		return false;
	add_candidate(work, head);
	landing_add_source(work, head, past->branch, true);
	return true;
}

static bool add_past_tips(struct landing_work *work)
{
	for (size_t i = 0; i < work->branch_count; i++) {
		struct landing_branch *branch = work->branches[i];
		const struct section *section = section_find(work->policy, branch->ref);
		struct past past = {work, branch, 0, true};

		if (!section || !section->literal)
			continue;
		if (!landing_walk(work, branch) ||
		    facts_account(work->facts, branch->ref, add_past, &past) == ANSWER_UNKNOWN || !past.known)
			return false;
	}
	return true;
}

/* A trunk that lands by fast-forward has its past tips there. */
static void place_heads(struct landing_work *work)
{
	for (size_t i = 1; i <= work->length; i++) {
		struct landing_head *head = map_get(work->heads, key_of(&work->line[i]));

		if (head)
			head->place = i;
	}
}

bool landing_gather(struct landing_work *work)
{
	work->heads = map_new(work->facts->arena);
	work->by_ref = map_new(work->facts->arena);
	work->commits = map_new(work->facts->arena);
	work->applied = map_new(work->facts->arena);
	if (!add_branches(work) || !add_past_tips(work))
		return false;
	place_heads(work);
	return true;
}

/* A record's name may speak of anything, and what was thrown away since cannot land. */
static enum answer look_up(struct repo *repo, struct landing_head *head)
{
	enum object_type type;
	struct oid parent;
	size_t size;

	if (repo_commit_tree(repo, &head->id, 0, &head->tree, &parent) == ANSWER_YES)
		return ANSWER_YES;
	enum answer answer = repo_header(repo, &head->id, &type, &size);

	return answer == ANSWER_NO || (answer == ANSWER_YES && type != OBJECT_COMMIT) ? ANSWER_NO : ANSWER_UNKNOWN;
}

enum answer landing_head_read(struct landing_work *work, struct landing_head *head)
{
	if (!head->looked_up)
		head->exists = look_up(work->facts->repo, head);
	if (head->exists == ANSWER_UNKNOWN)
		return facts_unknown(
			work->facts,
			bytes_printf(work->facts->arena, "%s cannot be read", oid_hex(&head->id).text).data);
	head->looked_up = true;
	return head->exists;
}

static size_t place_of(const struct landing_work *work, const struct oid *id)
{
	size_t place = work->length;

	while (place && !oid_equal(&work->line[place], id))
		place--;
	return place;
}

bool landing_measure(struct landing_work *work, struct landing_head *head)
{
	struct history *history = work->facts->history;
	const struct oids ours = {.ids = &work->new, .count = 1};
	struct oid end = {{0}}, id = head->id;
	size_t beyond = 0;

	if (head->measured)
		return true;
	enum answer more = history_fork(history, &id, &ours, &end);

	for (; more == ANSWER_YES && beyond <= work->length && !oid_equal(&id, &end); beyond++)
		more = history_first_parent(history, &id, &id);
	if (more == ANSWER_UNKNOWN) {
		facts_unknown(work->facts, history_problem(history));
		return false;
	}
	head->beyond = more == ANSWER_YES ? beyond : work->length + 1;
	head->fork = place_of(work, &end);
	head->measured = true;
	return true;
}
