/* judgeintroduced: what a push introduces: each new commit parsed once and put to the rules about commits and about
 * content, for all updates together of which the same is asked. */
#include "arena.h"
#include "plan.h"

/* A commit that does not parse is refused wherever it goes, by the one rule that needs no parsed commit. */
static void refuse_object(const struct plan *plan, const struct update *update, const struct oid *id,
			  const char *problem)
{
	struct finding *finding =
		findings_add(plan->findings, "object", SEVERITY_ENFORCE, "malformed commit: %s", problem);

	finding->ref = update->ref;
	finding->commit = *id;
	finding->evaluated = plan->policy->evaluate;
	finding_fix(plan->findings, finding, "make the commit again with git: git rebase --force-rebase %s^",
		    oid_abbrev(id).text);
}

/* The updates of which exactly this is asked. */
struct alike {
	struct demand demand;
	size_t *indexes;
	size_t count;
};

static bool judge_commit(const struct plan *plan, const struct alike *alike, const struct introduced *introduced)
{
	size_t index = alike->indexes[introduced->tip];
	const struct update *update = &plan->push->updates[index];
	struct object_problem problem;
	struct commit commit;
	struct bytes raw;
	bool told = true;

	if (facts_raw(plan->facts, introduced->id, &raw) != ANSWER_YES)
		return false;
	/* What rules go on to ask reads other objects. */
	if (commit_parse(plan->scratch, bytes_copy(plan->scratch, raw), &commit, &problem)) {
		commit.id = *introduced->id;
		plan_commit(plan, update, plan->judging[index], &commit, alike->demand.level);
		told = plan_content(plan, update, plan->judging[index], &commit);
	} else {
		refuse_object(plan, update, introduced->id, problem.text);
	}
	arena_reset(plan->scratch);
	return told;
}

static bool judge_alike(const struct plan *plan, const struct alike *alike)
{
	struct introduced *introduced;
	size_t count;

	if (facts_introduced(plan->facts, plan->policy, plan->push, alike->indexes, alike->count, alike->demand,
			     &introduced, &count) != ANSWER_YES)
		return false;
	for (size_t i = 0; i < count; i++)
		if (!judge_commit(plan, alike, &introduced[i]))
			return false;
	return true;
}

/* Nothing is asked of what a deletion brings, nor of what no section lets in. */
static bool is_judged(const struct plan *plan, size_t index)
{
	return plan->push->updates[index].kind != UPDATE_DELETE && (plan->judging[index] || !plan->policy->governs);
}

/* Takes the update `first`, and those behind it that are like it, off those left to judge. */
static void take_alike(const struct plan *plan, size_t first, bool *left, struct alike *alike)
{
	alike->demand = section_demand(plan->judging[first]);
	alike->count = 0;
	for (size_t i = first; i < plan->push->count; i++) {
		if (!left[i] || !demand_equals(section_demand(plan->judging[i]), alike->demand))
			continue;
		alike->indexes[alike->count++] = i;
		left[i] = false;
	}
}

bool plan_introduced(const struct plan *plan)
{
	size_t count = plan->push->count;
	bool *left = arena_array(plan->findings->arena, count, sizeof(*left)), told = true;
	struct alike alike = {.indexes = arena_array(plan->findings->arena, count, sizeof(*alike.indexes))};

	for (size_t i = 0; i < count; i++)
		left[i] = is_judged(plan, i);
	for (size_t i = 0; i < count && told; i++) {
		told = plan_update_content(plan, i);
		if (!told || !left[i])
			continue;
		take_alike(plan, i, left, &alike);
		told = judge_alike(plan, &alike);
	}
	return told;
}
