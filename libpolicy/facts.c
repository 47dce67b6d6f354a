/* facts: what rules ask about refs, ids and ancestry, answered once and remembered. */
#include "facts.h"

#include <unistd.h>

#include "arena.h"
#include "factsbase.h"
#include "people.h"

#define PEEL_MAX 16

struct ref_value {
	enum answer answer;
	struct oid id;
};

static struct facts *facts_make(struct arena *arena, struct repo *repo, const struct layers *layers)
{
	struct facts *facts = arena_alloc(arena, sizeof(*facts));

	facts->arena = arena;
	facts->repo = repo;
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
	facts->reason = "nothing was asked yet";
	return facts;
}

struct facts *facts_new(struct arena *arena, struct repo *repo, const struct layers *layers, const struct user *user,
			struct bytes claim)
{
	struct facts *facts = facts_make(arena, repo, layers);

	facts->user = user;
	facts->claim = claim;
	return facts;
}

struct facts *facts_new_client(struct arena *arena, struct repo *repo, const struct layers *layers)
{
	struct facts *facts = facts_make(arena, repo, layers);

	facts->on_client = true;
	return facts;
}

static bool head_exists(const struct facts *facts, const char *name)
{
	struct bytes directory = repo_git_dir(facts->repo);

	return !access(bytes_printf(facts->arena, "%.*s/%s", BYTES_ARG(directory), name).data, F_OK);
}

struct facts *facts_new_message(struct arena *arena, struct repo *repo, const struct layers *layers)
{
	struct facts *facts = facts_make(arena, repo, layers);

	facts->on_client = true;
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

bool facts_cloned(const struct facts *facts)
{
	return facts->on_client && (repo_is_copy(facts->repo) || repo_work_tree(facts->repo).len);
}

bool facts_on_client(const struct facts *facts)
{
	return facts->on_client;
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

/* What a tag points to, by its first line: tags older than the policy need not be well-formed beyond that. */
static bool tag_target(struct bytes raw, struct oid *ret_id)
{
	struct bytes object = BYTES("object "), rest = bytes_from(raw, object.len + OID_HEX);

	return bytes_starts(raw, object) && bytes_starts(rest, BYTES("\n")) &&
	       oid_parse(bytes_first(bytes_from(raw, object.len), OID_HEX), ret_id);
}

/* One object on the way; a tag is replaced in *id by what it points to. */
static enum answer peel(struct facts *facts, struct oid *id, enum object_type *ret_type)
{
	size_t size;
	struct bytes raw;
	enum answer answer = repo_header(facts->repo, id, ret_type, &size);

	if (answer == ANSWER_YES && *ret_type == OBJECT_TAG)
		answer = repo_read(facts->repo, id, ret_type, &raw);
	if (answer == ANSWER_UNKNOWN)
		return facts_unknown(facts, repo_problem(facts->repo));
	if (answer == ANSWER_NO || (*ret_type == OBJECT_TAG && !tag_target(raw, id)))
		return facts_unknown(facts,
				     bytes_printf(facts->arena, "%s is missing or broken", oid_hex(id).text).data);
	return ANSWER_YES;
}

static enum answer target_of(struct facts *facts, const struct oid *id, struct target *ret_target)
{
	struct oid at = *id;
	enum object_type type;

	for (int depth = 0; depth <= PEEL_MAX; depth++) {
		if (peel(facts, &at, &type) != ANSWER_YES)
			return ANSWER_UNKNOWN;
		if (!depth)
			ret_target->type = type;
		ret_target->peeled = type;
		if (type == OBJECT_COMMIT)
			ret_target->commit = at;
		if (type != OBJECT_TAG)
			return ANSWER_YES;
	}
	ret_target->too_deep = true;
	return ANSWER_YES;
}

enum answer facts_target(struct facts *facts, const struct oid *id, struct target *ret_target)
{
	struct bytes key = {(const char *)id->id, sizeof(id->id)};
	struct target *target = map_get(facts->targets, key);

	if (!target) {
		target = arena_alloc(facts->arena, sizeof(*target));
		if (target_of(facts, id, target) != ANSWER_YES)
			return ANSWER_UNKNOWN;
		map_set(facts->targets, bytes_copy(facts->arena, key), target);
	}
	*ret_target = *target;
	return ANSWER_YES;
}

bool facts_add_commit(struct facts *facts, struct oids *commits, const struct oid *id)
{
	struct target target;

	if (facts_target(facts, id, &target) != ANSWER_YES)
		return false;
	if (target.peeled == OBJECT_COMMIT)
		oids_add(facts->arena, commits, &target.commit);
	return true;
}

/* YES with the value of a branch that vouches: what is symbolic does so only if the branch it comes to does as well. */
static enum answer trunk_of(struct facts *facts, const struct policy *policy, enum commits_level level,
			    struct bytes ref, struct oid *ret_id)
{
	struct bytes real;
	enum answer answer = repo_symbolic(facts->repo, ref, &real, facts->arena);

	if (answer == ANSWER_UNKNOWN)
		return facts_unknown(facts, repo_problem(facts->repo));
	if (answer == ANSWER_YES && !facts_vouches(policy, level, real))
		return ANSWER_NO;
	return facts_ref(facts, ref, ret_id);
}

bool facts_add_trunks(struct facts *facts, const struct policy *policy, enum commits_level level, struct oids *commits)
{
	for (size_t i = 0; i < policy->section_count; i++) {
		const struct section *section = policy->sections[i];
		struct oid id;

		if (section->kind != SECTION_BRANCH || !section->literal || section_commits(section) < level)
			continue;
		enum answer answer = trunk_of(facts, policy, level, section->ref, &id);

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

	if (facts_target(facts, tip, &target) != ANSWER_YES || !facts_add_trunks(facts, policy, COMMITS_OFF, &trunks))
		return ANSWER_UNKNOWN;
	if (target.peeled != OBJECT_COMMIT)
		return ANSWER_NO;
	return from_history(facts, history_fork(facts->history, &target.commit, &trunks, ret_commit));
}
