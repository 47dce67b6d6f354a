/* checkresult: what a check has said of a commit. */
#include "arena.h"
#include "factsbase.h"

struct known_check {
	enum answer answer;
	struct check_result result;
};

static enum answer read_check(struct facts *facts, const struct record *record, struct bytes ref,
			      struct check_result *ret_result)
{
	struct oid id;
	enum answer answer = facts_ref(facts, ref, &id);

	if (answer == ANSWER_YES)
		answer = facts_record(facts, record, &id, &ret_result->value, &ret_result->malformed);
	if (answer != ANSWER_YES)
		return answer;
	facts_consult(facts, record, ref, &id, ret_result->value, ret_result->malformed);
	return facts_recorded(facts, ref, &id, &ret_result->time);
}

enum answer facts_check(struct facts *facts, const struct oid *commit, struct bytes name,
			struct check_result *ret_result)
{
	const struct record record = {.kind = RECORD_CHECK, .commit = *commit, .name = name};
	struct bytes ref = record_ref(facts->arena, &record);
	struct known_check *known = map_get(facts->checks, ref);

	if (!known) {
		known = arena_alloc(facts->arena, sizeof(*known));
		known->answer = read_check(facts, &record, ref, &known->result);
		if (known->answer == ANSWER_UNKNOWN)
			return ANSWER_UNKNOWN;
		map_set(facts->checks, ref, known);
	}
	*ret_result = known->result;
	return known->answer;
}
