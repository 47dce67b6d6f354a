/* factstag: tag objects, as facts. */
#include "arena.h"
#include "factsbase.h"

static enum answer broken(struct facts *facts, const struct oid *id, const char *problem)
{
	return facts_unknown(facts, bytes_printf(facts->arena, "tag %s: %s", oid_abbrev(id).text, problem).data);
}

enum answer facts_tag(struct facts *facts, const struct oid *id, const struct tag **ret_tag, struct bytes *ret_raw)
{
	struct object_problem problem;
	enum object_type type;
	struct bytes raw;
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
