/* contributors: who made and who pushed what lands. */
#include "account.h"
#include "arena.h"
#include "factsbase.h"
#include "pattern.h"
#include "people.h"
#include "section.h"

/* More branches than this that take nothing unapproved are not looked at: too many people are left out then, not too
 * few. */
#define REVIEWED_MAX 1000u

struct known_makers {
	struct contributor *list;
	size_t count;
	size_t room;
	bool unknown; /* who pushed some */
};

/* One commit that lands. */
struct landed {
	struct oid id;
	bool pushed; /* it is known by whom */
};

struct making {
	struct facts *facts;
	const struct landing *landing;
	struct oids hidden; /* what was reviewed before the push, and what the branch had */
	struct landed *commits;
	size_t count;
	size_t unpushed;
	struct map *by_id; /* -> struct landed */
	struct known_makers makers;
	bool failed;
};

static struct bytes key_of(const struct oid *id)
{
	return (struct bytes){(const char *)id->id, sizeof(id->id)};
}

static void add_maker(struct making *making, const struct user *user, const char *role, const struct oid *id)
{
	struct known_makers *makers = &making->makers;
	struct arena *arena = making->facts->arena;

	for (size_t i = 0; i < makers->count; i++)
		if (makers->list[i].user == user)
			return;
	if (!user)
		return;
	makers->list = arena_grow(arena, makers->list, &makers->room, makers->count + 1, sizeof(*makers->list));
	makers->list[makers->count++] = (struct contributor){
		.user = user,
		.role = bytes_printf(arena, "%s %s", role, oid_abbrev(id).text).data,
	};
}

/* Gathering the values of branches that take nothing unapproved. */
struct reviewing {
	struct facts *facts;
	const struct policy *policy;
	const struct section *section;
	struct oids *reviewed;
};

static bool add_branch(void *context, struct bytes ref, const struct oid *id)
{
	struct reviewing *reviewing = context;

	if (section_find(reviewing->policy, ref) == reviewing->section)
		oids_add(reviewing->facts->arena, reviewing->reviewed, id);
	return reviewing->reviewed->count < REVIEWED_MAX;
}

/* A symbolic ref is what its branch is, by that branch's own section. */
static enum answer add_literal(struct reviewing *reviewing)
{
	struct facts *facts = reviewing->facts;
	struct bytes ref = reviewing->section->ref, real;
	struct oid id;
	enum answer answer = repo_symbolic(facts->repo, ref, &real, facts->arena);

	if (answer == ANSWER_UNKNOWN)
		return facts_unknown(facts, repo_problem(facts->repo));
	if (answer == ANSWER_NO)
		answer = facts_ref(facts, ref, &id);
	else
		answer = ANSWER_NO;
	if (answer == ANSWER_YES)
		oids_add(facts->arena, reviewing->reviewed, &id);
	return answer;
}

/* The folder that holds all branches of a pattern: "refs/heads/release/". */
static struct bytes folder_of(struct arena *arena, const struct section *section)
{
	struct bytes prefix = pattern_prefix(section->pattern);

	while (prefix.len && prefix.data[prefix.len - 1] != '/')
		prefix.len--;
	return bytes_printf(arena, "refs/heads/%.*s", BYTES_ARG(prefix));
}

static const struct oids *reviewed_of(struct facts *facts, const struct policy *policy)
{
	struct reviewing reviewing = {.facts = facts, .policy = policy};

	if (facts->reviewed_by == policy)
		return facts->reviewed;
	reviewing.reviewed = arena_alloc(facts->arena, sizeof(*reviewing.reviewed));
	for (size_t i = 0; i < policy->section_count; i++) {
		const struct section *section = policy->sections[i];

		if (section->kind != SECTION_BRANCH || !section_setting(section, "approvals"))
			continue;
		reviewing.section = section;
		enum answer answer = section->literal ? add_literal(&reviewing)
						      : facts_refs_below(facts, folder_of(facts->arena, section),
									 add_branch, &reviewing);

		if (answer == ANSWER_UNKNOWN)
			return NULL;
	}
	facts->reviewed = reviewing.reviewed;
	facts->reviewed_by = policy;
	return facts->reviewed;
}

static bool list_commits(struct making *making, const struct policy *policy)
{
	struct facts *facts = making->facts;
	const struct oids *reviewed = reviewed_of(facts, policy);
	const struct oid *ids;

	for (size_t i = 0; reviewed && i < reviewed->count; i++)
		oids_add(facts->arena, &making->hidden, &reviewed->ids[i]);
	if (!oid_is_zero(&making->landing->start))
		oids_add(facts->arena, &making->hidden, &making->landing->start);
	if (!reviewed ||
	    facts_outside(facts, &making->landing->head, &making->hidden, &ids, &making->count) != ANSWER_YES)
		return false;
	making->commits = arena_array(facts->arena, making->count, sizeof(*making->commits));
	making->by_id = map_new(facts->arena);
	making->unpushed = making->count;
	for (size_t i = 0; i < making->count; i++) {
		making->commits[i].id = ids[i];
		map_set(making->by_id, key_of(&making->commits[i].id), &making->commits[i]);
	}
	return true;
}

/* "Co-authored-by: Erin <erin@example.org>", wherever in the message it stands. */
static void add_coauthors(struct making *making, const struct commit *commit)
{
	const struct bytes key = BYTES("co-authored-by:");
	struct bytes rest = commit->message, line;

	while (bytes_line(&rest, &line)) {
		if (!bytes_equal_fold(bytes_first(line, key.len), key))
			continue;
		struct bytes email = bytes_from(line, bytes_index(line, '<') + 1);

		email = bytes_first(email, bytes_index(email, '>'));
		add_maker(making, facts_email(making->facts, email), "co-author of", &commit->id);
	}
}

static bool add_authors(struct making *making)
{
	for (size_t i = 0; i < making->count; i++) {
		const struct commit *commit;

		if (facts_commit(making->facts, &making->commits[i].id, &commit) != ANSWER_YES)
			return false;
		add_maker(making, facts_email(making->facts, commit->author.email), "author of", &commit->id);
		add_maker(making, facts_email(making->facts, commit->committer.email), "committer of", &commit->id);
		add_coauthors(making, commit);
	}
	return true;
}

static void add_pusher(struct making *making, struct landed *commit, const struct user *user)
{
	making->unpushed -= !commit->pushed;
	commit->pushed = true;
	add_maker(making, user, "pushed", &commit->id);
}

/* Whoever made this move pushed what its new value reaches and its old one did not; what is gone brought nothing. */
static bool add_pushers(void *context, const struct account_line *line)
{
	struct making *making = context;
	struct facts *facts = making->facts;
	const struct oids *moved;

	making->failed = facts_move_brought(facts, &line->old, &line->new, &making->hidden, &moved) != ANSWER_YES;
	for (size_t i = 0; !making->failed && line->user.len && i < moved->count; i++) {
		struct landed *commit = map_get(making->by_id, key_of(&moved->ids[i]));

		if (commit)
			add_pusher(making, commit, people_user(facts->layers->people, line->user));
	}
	return !making->failed && making->unpushed;
}

/* Very many heads may be asked about, each with all of the account. */
static bool read_pushers(struct making *making, struct bytes ref)
{
	struct facts *facts = making->facts;

	facts->reading = facts->reading ? facts->reading : arena_child(facts->arena);
	enum answer answer = facts_account_within(facts, facts->reading, ref, add_pushers, making);

	arena_reset(facts->reading);
	return answer != ANSWER_UNKNOWN && !making->failed;
}

/* Whoever brought a commit first pushed it, whatever has become of the branch since. */
static bool add_first(struct making *making)
{
	struct facts *facts = making->facts;

	for (size_t i = 0; i < making->count; i++) {
		struct bytes user;
		int64_t time;
		enum answer answer = facts_arrival(facts, &making->commits[i].id, &time, &user);

		if (answer == ANSWER_UNKNOWN)
			return false;
		if (answer == ANSWER_YES && user.len)
			add_pusher(making, &making->commits[i], people_user(facts->layers->people, user));
	}
	return true;
}

/* What nothing tells of and the server did not have comes from whoever pushes now. */
static void add_current(struct making *making)
{
	struct facts *facts = making->facts;
	bool sourceless = !making->landing->source_count && !repo_quarantined(facts->repo) && !facts_cloned(facts);

	for (size_t i = 0; facts->user && making->unpushed && i < making->count; i++) {
		struct landed *commit = &making->commits[i];

		if (!commit->pushed && (sourceless || !facts_stored(facts, &commit->id)))
			add_pusher(making, commit, facts->user);
	}
}

static bool add_all(struct making *making, const struct policy *policy)
{
	const struct landing *landing = making->landing;

	if (landing->method == LANDING_DEPLOY) {
		add_maker(making, making->facts->user, "deploys", &landing->head);
		making->makers.unknown = !making->facts->user;
		return true;
	}
	if (!list_commits(making, policy) || !add_authors(making))
		return false;
	for (size_t i = 0; making->unpushed && i < landing->source_count; i++)
		if (!read_pushers(making, landing->sources[i].ref))
			return false;
	if (!add_first(making))
		return false;
	add_current(making);
	making->makers.unknown = making->unpushed > 0;
	return true;
}

/* What a case is known by: the policy that says what was reviewed, and the landing. */
static struct bytes case_key(struct arena *arena, const struct policy *policy, const struct landing *landing)
{
	return bytes_printf(arena, "%p %p", (const void *)policy, (const void *)landing);
}

enum answer facts_contributors(struct facts *facts, const struct policy *policy, const struct landing *landing,
			       const struct contributor **ret_contributors, size_t *ret_count, bool *ret_unknown)
{
	struct bytes key = case_key(facts->arena, policy, landing);
	struct known_makers *known = map_get(facts->made, key);

	if (!known) {
		struct making making = {.facts = facts, .landing = landing};

		if (!add_all(&making, policy))
			return ANSWER_UNKNOWN;
		known = arena_alloc(facts->arena, sizeof(*known));
		*known = making.makers;
		map_set(facts->made, key, known);
	}
	*ret_contributors = known->list;
	*ret_count = known->count;
	*ret_unknown = known->unknown;
	return ANSWER_YES;
}
