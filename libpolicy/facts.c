/* facts: what rules ask about refs, ids and ancestry, answered once and remembered. */
#include "facts.h"

#include <unistd.h>

#include "arena.h"
#include "factsbase.h"
#include "people.h"

struct ref_value {
	enum answer answer;
	struct oid id;
};

static struct facts *facts_make(struct arena *arena, struct repo *repo, const struct layers *layers)
{
	struct facts *facts = arena_alloc(arena, sizeof(*facts));

	facts->arena = arena;
	facts->repo = repo;
	facts->added = arena_child(arena);
	facts->history = history_new(arena, repo);
	facts->layers = layers;
	facts->refs = map_new(arena);
	facts->targets = map_new(arena);
	facts->commits = map_new(arena);
	facts->changed = map_new(arena);
	facts->signatures = map_new(arena);
	facts->checks = map_new(arena);
	facts->opinions = map_new(arena);
	facts->opined = map_new(arena);
	facts->made = map_new(arena);
	facts->kept = map_new(arena);
	facts->reason = "nothing was asked yet";
	return facts;
}

void facts_say_pusher(struct facts *facts, const struct user *user, struct bytes claim)
{
	facts->user = user;
	facts->claim = claim;
}

struct facts *facts_new(struct arena *arena, struct repo *repo, const struct layers *layers, const struct user *user,
			struct bytes claim)
{
	struct facts *facts = facts_make(arena, repo, layers);

	facts_say_pusher(facts, user, claim);
	return facts;
}

struct facts *facts_new_client(struct arena *arena, struct repo *repo, const struct layers *layers)
{
	struct facts *facts = facts_make(arena, repo, layers);

	facts->rehearsed = true;
	return facts;
}

static bool head_exists(const struct facts *facts, const char *name)
{
	struct bytes directory = repo_git_dir(facts->repo);

	return !access(bytes_printf(facts->arena, "%.*s/%s", BYTES_ARG(directory), name).data, F_OK);
}

struct facts *facts_new_message(struct arena *arena, struct repo *repo, const struct layers *layers)
{
	struct facts *facts = facts_new_client(arena, repo, layers);

	facts->making = true;
	facts->merging = head_exists(facts, "MERGE_HEAD");
	facts->reverting = head_exists(facts, "REVERT_HEAD");
	return facts;
}

enum answer facts_unknown(struct facts *facts, const char *reason)
{
	facts->reason = reason;
	return ANSWER_UNKNOWN;
}

const char *facts_reason(const struct facts *facts)
{
	return facts->reason;
}

const struct user *facts_user(const struct facts *facts)
{
	return facts->user;
}

struct bytes facts_user_claim(const struct facts *facts)
{
	return facts->claim;
}

const struct user *facts_email(const struct facts *facts, struct bytes email)
{
	return people_email(facts->layers->people, email);
}

const struct people *facts_people(const struct facts *facts)
{
	return facts->layers->people;
}

bool facts_user_open(const struct facts *facts)
{
	return facts->rehearsed && !facts->user && !facts->claim.len;
}

bool facts_pushed(const struct facts *facts)
{
	return facts->past;
}

bool facts_cloned(const struct facts *facts)
{
	return facts->rehearsed && (repo_is_copy(facts->repo) || !repo_is_served(facts->repo));
}

enum answer facts_ref(struct facts *facts, struct bytes ref, struct oid *ret_id)
{
	const struct update *moved = facts->past ? map_get(facts->moved, ref) : NULL;
	struct ref_value *value = map_get(facts->refs, ref);

	if (moved) {
		*ret_id = moved->old;
		return oid_is_zero(&moved->old) ? ANSWER_NO : ANSWER_YES;
	}
	if (!value) {
		value = arena_alloc(facts->arena, sizeof(*value));
		value->answer = repo_ref(facts->repo, ref, &value->id);
		if (value->answer == ANSWER_UNKNOWN)
			return facts_unknown(facts, repo_problem(facts->repo));
		map_set(facts->refs, bytes_copy(facts->arena, ref), value);
	}
	if (value->answer == ANSWER_YES)
		*ret_id = value->id;
	return value->answer;
}

/* YES with the value of a branch that vouches: what is symbolic does so only if the branch it comes to does as well. */
static enum answer trunk_of(struct facts *facts, const struct policy *policy, struct demand demand, struct bytes ref,
			    struct oid *ret_id)
{
	struct bytes real;
	enum answer answer = repo_symbolic(facts->repo, ref, &real, facts->arena);

	if (answer == ANSWER_UNKNOWN)
		return facts_unknown(facts, repo_problem(facts->repo));
	if (answer == ANSWER_YES && !facts_vouches(policy, demand, real))
		return ANSWER_NO;
	return facts_ref(facts, ref, ret_id);
}

/* A policy without sections for refs leaves it to the other one to name the trunks. */
static const struct policy *naming(const struct facts *facts, const struct policy *policy)
{
	for (size_t i = 0; i < facts->layers->count && !policy->governs; i++)
		if (facts->layers->policy[i]->governs)
			return facts->layers->policy[i];
	return policy;
}

bool facts_add_trunks(struct facts *facts, const struct policy *policy, struct demand demand, struct oids *commits)
{
	const struct policy *named = naming(facts, policy);

	for (size_t i = 0; i < named->section_count; i++) {
		const struct section *section = named->sections[i];
		struct oid id;

		if (section->kind != SECTION_BRANCH || !section->literal ||
		    !facts_vouches(policy, demand, section->ref))
			continue;
		enum answer answer = trunk_of(facts, policy, demand, section->ref, &id);

		if (answer == ANSWER_UNKNOWN || (answer == ANSWER_YES && !facts_add_commit(facts, commits, &id)))
			return false;
	}
	return true;
}

static enum answer from_history(struct facts *facts, enum answer answer)
{
	return answer == ANSWER_UNKNOWN ? facts_unknown(facts, history_problem(facts->history)) : answer;
}

enum answer facts_descends(struct facts *facts, const struct oid *tip, const struct oid *ancestor)
{
	return from_history(facts, history_descends(facts->history, tip, ancestor));
}

enum answer facts_least_below(struct facts *facts, struct marks *marks, const struct oid *tip,
			      const struct mark **ret_mark)
{
	return from_history(facts, history_least_below(facts->history, marks, tip, ret_mark));
}

void **facts_kept(struct facts *facts, const struct section *section, const struct push *push)
{
	const void *pair[] = {section, push};
	struct bytes key = {(const char *)pair, sizeof(pair)};
	void **place = map_get(facts->kept, key);

	if (!place) {
		place = arena_alloc(facts->arena, sizeof(*place));
		map_set(facts->kept, bytes_copy(facts->arena, key), place);
	}
	return place;
}

/* The commits an update moves between: NO when either end is none. */
static enum answer ends_of(struct facts *facts, const struct update *update, struct oid *ret_old, struct oid *ret_new)
{
	struct target old, new;

	if (update->kind != UPDATE_MOVE)
		return ANSWER_NO;
	if (facts_target(facts, &update->old, &old) != ANSWER_YES ||
	    facts_target(facts, &update->new, &new) != ANSWER_YES)
		return ANSWER_UNKNOWN;
	*ret_old = old.commit;
	*ret_new = new.commit;
	return old.peeled == OBJECT_COMMIT && new.peeled == OBJECT_COMMIT ? ANSWER_YES : ANSWER_NO;
}

enum answer facts_forward(struct facts *facts, const struct update *update)
{
	struct oid old, new;
	enum answer answer = ends_of(facts, update, &old, &new);

	return answer == ANSWER_YES ? facts_descends(facts, &new, &old) : answer;
}

enum answer facts_new_root(struct facts *facts, const struct update *update, struct oid *ret_root)
{
	struct oid old, new;
	enum answer answer = ends_of(facts, update, &old, &new);

	if (answer != ANSWER_YES)
		return answer;
	return from_history(facts, history_new_root(facts->history, &new, &old, ret_root));
}

enum answer facts_fork_point(struct facts *facts, const struct policy *policy, const struct oid *tip,
			     struct oid *ret_commit)
{
	struct oids trunks = {0};
	struct target target;

	if (facts_target(facts, tip, &target) != ANSWER_YES ||
	    !facts_add_trunks(facts, policy, (struct demand){0}, &trunks))
		return ANSWER_UNKNOWN;
	if (target.peeled != OBJECT_COMMIT)
		return ANSWER_NO;
	return from_history(facts, history_fork(facts->history, &target.commit, &trunks, ret_commit));
}
