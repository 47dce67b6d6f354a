/* changelog: reads the commits of a range, and sets off what was reverted in it. */
#include "changelog.h"

#include "arena.h"
#include "map.h"

static struct bytes key_of(const struct oid *id)
{
	return (struct bytes){(const char *)id->id, sizeof(id->id)};
}

static enum answer read_entry(struct arena *arena, struct facts *facts, struct changelog_entry *entry)
{
	const struct commit *commit;

	if (facts_commit(facts, &entry->id, &commit) != ANSWER_YES)
		return ANSWER_UNKNOWN;
	message_parse(arena, commit->message, &entry->message);
	entry->merge = commit->parent_count > 1;
	return ANSWER_YES;
}

/* What a reverted merge had brought in goes with it. */
static enum answer undo(struct facts *facts, const struct map *known, struct changelog_entry *reverted)
{
	const struct commit *commit;
	const struct oid *ids;
	size_t count;

	reverted->undone = true;
	if (facts_commit(facts, &reverted->id, &commit) != ANSWER_YES)
		return ANSWER_UNKNOWN;
	for (size_t i = 1; i < commit->parent_count; i++) {
		const struct oids first = {.ids = commit->parents, .count = 1};

		if (facts_outside(facts, &commit->parents[i], &first, &ids, &count) != ANSWER_YES)
			return ANSWER_UNKNOWN;
		for (size_t k = 0; k < count; k++) {
			struct changelog_entry *entry = map_get(known, key_of(&ids[k]));

			if (entry)
				entry->undone = true;
		}
	}
	return ANSWER_YES;
}

/* Whether the entry reverts one of those known; then that is undone. */
static enum answer settle(struct facts *facts, const struct map *known, struct changelog_entry *entry)
{
	const struct commit *commit;
	struct oid id;

	if (facts_commit(facts, &entry->id, &commit) != ANSWER_YES)
		return ANSWER_UNKNOWN;
	enum answer answer = facts_reverts(facts, commit, &id);
	struct changelog_entry *reverted = answer == ANSWER_YES ? map_get(known, key_of(&id)) : NULL;

	if (!reverted)
		return answer;
	entry->undoes = true;
	return undo(facts, known, reverted);
}

/* A revert comes after what it reverts: newest first, it is known of each whether it stands itself. */
static enum answer settle_all(struct facts *facts, const struct map *known, const struct changelog *changelog)
{
	enum answer answer = ANSWER_YES;

	for (size_t i = 0; answer != ANSWER_UNKNOWN && i < changelog->count; i++)
		if (!changelog->list[i].undone)
			answer = settle(facts, known, &changelog->list[i]);
	return answer == ANSWER_UNKNOWN ? answer : ANSWER_YES;
}

enum answer changelog_since(struct arena *arena, struct facts *facts, const struct oid *tip, const struct oid *since,
			    struct changelog *ret_changelog)
{
	struct oids hidden = {0};
	struct map *known = map_new(arena);
	const struct oid *ids;

	*ret_changelog = (struct changelog){0};
	if (since)
		oids_add(arena, &hidden, since);
	if (facts_outside(facts, tip, &hidden, &ids, &ret_changelog->count) != ANSWER_YES)
		return ANSWER_UNKNOWN;
	ret_changelog->list = arena_array(arena, ret_changelog->count, sizeof(*ret_changelog->list));
	for (size_t i = 0; i < ret_changelog->count; i++) {
		struct changelog_entry *entry = &ret_changelog->list[i];

		entry->id = ids[i];
		if (read_entry(arena, facts, entry) != ANSWER_YES)
			return ANSWER_UNKNOWN;
		map_set(known, key_of(&entry->id), entry);
	}
	return settle_all(facts, known, ret_changelog);
}

enum bump changelog_bump(const struct changelog_entry *entry)
{
	const struct message *message = &entry->message;

	if (entry->merge || entry->undone || entry->undoes || !message->conventional)
		return BUMP_PATCH;
	if (message->breaking)
		return BUMP_MAJOR;
	return bytes_equal_fold(message->type, BYTES("feat")) ? BUMP_MINOR : BUMP_PATCH;
}
