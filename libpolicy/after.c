/* after: the words of `after`: the stages that must hold the same commit first, and for how long. */
#include "after.h"

#include "arena.h"
#include "push.h"
#include "settings.h"
#include "stage.h"

#define WANTED "a stage, or a stage and how long: migrations, canary-5 for 10m"

static const char *stage_problem(struct arena *arena, struct bytes stage)
{
	if (bytes_index(stage, '/') < stage.len)
		return "a stage of the same environment is named alone, without a slash";
	if (bytes_index(stage, '{') < stage.len || refname_problem(after_ref(arena, BYTES("refs/deploy/x/y"), stage)))
		return "it is no name for a stage";
	return bytes_equal(stage, BYTES(STAGE_ROLLBACK)) ? "a rollback is not waited for" : NULL;
}

/* Reads one clause; NULL, or what is wrong with *ret_word. */
static const char *parse(struct arena *arena, struct bytes text, struct after *after, struct bytes *ret_word)
{
	struct bytes rest = text, word;

	bytes_word(&rest, ret_word);
	after->stage = *ret_word;
	const char *problem = stage_problem(arena, after->stage);

	if (problem || !bytes_word(&rest, &word))
		return problem;
	*ret_word = word;
	if (!bytes_equal(word, BYTES("for")))
		return "one stage a line; how long stands behind `for`";
	if (!bytes_word(&rest, &word))
		return "how long stands behind it";
	*ret_word = word;
	if (!settings_duration(word, &after->seconds) || !after->seconds)
		return "a whole number and its unit, s m h or d, not 0";
	return bytes_word(&rest, ret_word) ? "nothing stands behind how long" : NULL;
}

static bool is_double(const struct after *list, size_t count, struct bytes stage)
{
	for (size_t i = 0; i < count; i++)
		if (bytes_equal(list[i].stage, stage))
			return true;
	return false;
}

bool after_check(struct setting *setting, struct findings *errors)
{
	struct after *list = arena_array(errors->arena, setting->clause_count, sizeof(*list));
	size_t before = errors->count;

	for (size_t i = 0; i < setting->clause_count; i++) {
		struct bytes text = setting->clauses[i].text, word;
		const char *problem = parse(errors->arena, text, &list[i], &word);

		if (!problem && is_double(list, i, list[i].stage))
			problem = "it is listed already";
		if (problem)
			finding_wanted(errors,
				       settings_fault(errors, setting, i, (size_t)(word.data - text.data),
						      "\"%.*s\": %s", BYTES_ARG(word), problem),
				       WANTED);
	}
	setting->parsed = errors->count == before ? list : NULL;
	return setting->parsed;
}

struct bytes after_ref(struct arena *arena, struct bytes ref, struct bytes stage)
{
	struct stage own = {0};

	stage_parse(ref, &own);
	return bytes_printf(arena, "refs/deploy/%.*s/%.*s", BYTES_ARG(own.environment), BYTES_ARG(stage));
}

enum answer after_rollback(struct facts *facts, struct arena *arena, struct bytes ref, int64_t *ret_time)
{
	return facts_moved(facts, after_ref(arena, ref, BYTES(STAGE_ROLLBACK)), ret_time);
}

enum answer after_since(struct facts *facts, struct arena *arena, struct bytes ref, const struct after *after,
			const struct oid *commit, int64_t *ret_since)
{
	int64_t rollback;
	enum answer answer = after_rollback(facts, arena, ref, &rollback);

	if (answer == ANSWER_UNKNOWN)
		return answer;
	return facts_held(facts, after_ref(arena, ref, after->stage), commit,
			  answer == ANSWER_YES ? rollback + 1 : INT64_MIN, ret_since);
}
