/* factstag: tag objects, and what ids come to when tags are followed, as facts. */
#include "arena.h"
#include "factsbase.h"

#define PEEL_MAX 16

static enum answer broken(struct facts *facts, const struct oid *id, const char *problem)
{
	return facts_unknown(facts, bytes_printf(facts->arena, "tag %s: %s", oid_abbrev(id).text, problem).data);
}

enum answer facts_tag(struct facts *facts, const struct oid *id, const struct tag **ret_tag, struct bytes *ret_raw)
{
	struct object_problem problem;
	struct target target;
	enum object_type type;
	struct bytes raw;

	/* Asked of many refs that come to the same commits. */
	if (facts_target(facts, id, &target) == ANSWER_YES && target.type != OBJECT_TAG)
		return ANSWER_NO;
	enum answer answer = repo_read(facts->repo, id, &type, &raw);

	if (answer == ANSWER_UNKNOWN)
		return facts_unknown(facts, repo_problem(facts->repo));
	if (answer == ANSWER_NO)
		return broken(facts, id, "it is missing");
	if (type != OBJECT_TAG)
		return ANSWER_NO;
	struct tag *tag = arena_alloc(facts->arena, sizeof(*tag));

	*ret_raw = bytes_copy(facts->arena, raw);
	*ret_tag = tag;
	return tag_parse(*ret_raw, tag, &problem) ? ANSWER_YES : broken(facts, id, problem.text);
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
