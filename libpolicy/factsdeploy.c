/* factsdeploy: what deploy refs hold and held, by the account. */
#include "account.h"
#include "arena.h"
#include "factsbase.h"

/* An account longer than that is not searched to its end. */
#define DEPLOYED_LINES_MAX 10000u

/* Whether a value of a deploy ref, a tag mostly, comes to `commit`. NO for none, and for what comes to no commit. */
static enum answer comes_to(struct facts *facts, const struct oid *value, const struct oid *commit)
{
	struct target target;

	if (oid_is_zero(value))
		return ANSWER_NO;
	if (facts_target(facts, value, &target) != ANSWER_YES)
		return ANSWER_UNKNOWN;
	return target.peeled == OBJECT_COMMIT && oid_equal(&target.commit, commit) ? ANSWER_YES : ANSWER_NO;
}

/* The same for where a line of the account put it: its tag may be gone, what it asked for is told beside it. */
static enum answer line_comes_to(struct facts *facts, const struct account_line *line, const struct oid *commit)
{
	for (size_t i = 0; i < line->landing_count; i++)
		if (line->landings[i].method == LANDING_DEPLOY)
			return oid_equal(&line->landings[i].head, commit) ? ANSWER_YES : ANSWER_NO;
	return comes_to(facts, &line->new, commit);
}

/* Going back through an account for as long as the ref held the commit. */
struct hold {
	struct facts *facts;
	const struct oid *commit;
	struct oid value; /* of the ref, where the next line has to have put it */
	int64_t after;
	int64_t since;
	bool told; /* how it came to its value */
};

static bool go_back(void *context, const struct account_line *line)
{
	struct hold *hold = context;

	if (!oid_equal(&line->new, &hold->value) || line_comes_to(hold->facts, line, hold->commit) != ANSWER_YES)
		return false;
	hold->told = true;
	if (line->time < hold->after)
		return false;
	hold->since = line->time;
	hold->value = line->old;
	return true;
}

static enum answer unknown(struct facts *facts, const char *what, struct bytes ref)
{
	return facts_unknown(facts, bytes_printf(facts->arena, "%s %.*s is not known", what, BYTES_ARG(ref)).data);
}

enum answer facts_held(struct facts *facts, struct bytes ref, const struct oid *commit, int64_t after,
		       int64_t *ret_since)
{
	struct hold hold = {.facts = facts, .commit = commit, .after = after, .since = INT64_MIN};
	enum answer answer = facts_ref(facts, ref, &hold.value);

	*ret_since = INT64_MIN;
	if (answer == ANSWER_YES)
		answer = comes_to(facts, &hold.value, commit);
	if (answer != ANSWER_YES || facts_cloned(facts))
		return answer;
	if (facts_account(facts, ref, go_back, &hold) == ANSWER_UNKNOWN)
		return ANSWER_UNKNOWN;
	if (!hold.told)
		return unknown(facts, "since when there is what there is at", ref);
	*ret_since = hold.since;
	return hold.since == INT64_MIN ? ANSWER_NO : ANSWER_YES;
}

/* Looking for a commit among all that a ref ever was at. */
struct past {
	struct facts *facts;
	const struct oid *commit;
	struct oid before; /* what it was at before the lines that were read */
	enum answer answer;
	size_t lines;
};

static bool look_at(void *context, const struct account_line *line)
{
	struct past *past = context;
	enum answer answer = line_comes_to(past->facts, line, past->commit);

	if (answer != ANSWER_NO)
		past->answer = answer;
	past->before = line->old;
	return answer != ANSWER_YES && ++past->lines < DEPLOYED_LINES_MAX;
}

enum answer facts_deployed(struct facts *facts, struct bytes ref, const struct oid *commit)
{
	struct past past = {.facts = facts, .commit = commit, .answer = ANSWER_NO};
	enum answer answer = facts_ref(facts, ref, &past.before);

	if (answer == ANSWER_YES)
		answer = comes_to(facts, &past.before, commit);
	if (answer != ANSWER_NO)
		return answer;
	if (facts_account(facts, ref, look_at, &past) == ANSWER_UNKNOWN)
		return ANSWER_UNKNOWN;
	if (past.answer != ANSWER_YES) {
		answer = comes_to(facts, &past.before, commit);
		past.answer = answer == ANSWER_NO ? past.answer : answer;
	}
	if (past.answer == ANSWER_NO && past.lines == DEPLOYED_LINES_MAX)
		return facts_unknown(facts, "the account is longer than 10000 lines, of which the newest do not say");
	return past.answer == ANSWER_UNKNOWN ? unknown(facts, "all that there ever was at", ref) : past.answer;
}

static bool take_time(void *context, const struct account_line *line)
{
	int64_t *time = context;

	*time = line->time;
	return false;
}

enum answer facts_moved(struct facts *facts, struct bytes ref, int64_t *ret_time)
{
	struct oid value;
	enum answer answer = facts_account(facts, ref, take_time, ret_time);

	if (answer != ANSWER_NO || facts_cloned(facts))
		return answer;
	answer = facts_ref(facts, ref, &value);
	return answer == ANSWER_YES ? unknown(facts, "the last move of", ref) : answer;
}
