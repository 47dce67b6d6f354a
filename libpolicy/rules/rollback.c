/* rollback: a rollback goes back to what was deployed before (design 5). */
#include "account.h"
#include "after.h"
#include "deployed.h"
#include "stage.h"

#include "arena.h"
#include "quote.h"

/* The stages of an environment; of the last section that has some in it. */
struct stages {
	const struct rule_case *c;
	struct arena *arena;
	struct bytes environment;
	struct bytes *refs;
	const struct section **sections; /* of each */
	size_t count, room, section_room;
	const struct section *last;
};

static void add(struct stages *stages, struct bytes ref, const struct section *section)
{
	struct stage stage;

	if (section->kind != SECTION_DEPLOY || !stage_parse(ref, &stage) ||
	    !bytes_equal(stage.environment, stages->environment) || stage_rolls_back(ref))
		return;
	stages->refs = arena_grow(stages->arena, stages->refs, &stages->room, stages->count + 1, sizeof(ref));
	stages->sections = arena_grow(stages->arena, stages->sections, &stages->section_room, stages->count + 1,
				      sizeof(struct section *));
	stages->refs[stages->count] = bytes_copy(stages->arena, ref);
	stages->sections[stages->count++] = section;
	if (!stages->last || section->order > stages->last->order)
		stages->last = section;
}

/* What a pattern governs is known by what is there. */
static bool add_ref(void *context, struct bytes ref, const struct oid *id)
{
	struct stages *stages = context;
	const struct section *section = section_find(stages->c->policy, ref);

	(void)id;
	if (section && !section->literal)
		add(stages, ref, section);
	return true;
}

static bool list(struct stages *stages)
{
	const struct policy *policy = stages->c->policy;
	struct bytes folder = bytes_printf(stages->arena, "refs/deploy/%.*s/", BYTES_ARG(stages->environment));

	for (size_t i = 0; i < policy->section_count; i++)
		if (policy->sections[i]->literal)
			add(stages, policy->sections[i]->ref, policy->sections[i]);
	return facts_refs_below(stages->c->facts, folder, add_ref, stages) == ANSWER_YES;
}

/* The commit that a stage is at: NO when it is at none. */
static enum answer value_of(struct facts *facts, struct bytes ref, struct oid *ret_commit)
{
	struct target target;
	struct oid value;
	enum answer answer = facts_ref(facts, ref, &value);

	if (answer == ANSWER_YES)
		answer = facts_target(facts, &value, &target);
	if (answer == ANSWER_YES && target.peeled != OBJECT_COMMIT)
		answer = ANSWER_NO;
	if (answer == ANSWER_YES)
		*ret_commit = target.commit;
	return answer;
}

/* Whether an earlier stage has moved on to another commit since the environment was last rolled back. */
static enum answer is_under_way(const struct stages *stages, const struct oid *commit)
{
	struct facts *facts = stages->c->facts;
	int64_t rollback, since;
	enum answer answer = after_rollback(facts, stages->arena, stages->c->update->ref, &rollback);
	int64_t after = answer == ANSWER_YES ? rollback + 1 : INT64_MIN;

	for (size_t i = 0; answer != ANSWER_UNKNOWN && i < stages->count; i++) {
		struct oid other;

		if (stages->sections[i] == stages->last)
			continue;
		answer = value_of(facts, stages->refs[i], &other);
		if (answer == ANSWER_YES && !oid_equal(&other, commit))
			answer = facts_held(facts, stages->refs[i], &other, after, &since);
		else if (answer == ANSWER_YES)
			answer = ANSWER_NO;
		if (answer == ANSWER_YES)
			return answer;
	}
	return answer == ANSWER_UNKNOWN ? answer : ANSWER_NO;
}

/* Whether the commit may be gone back to, by one last stage; where it is there still, that is told. */
static enum answer may_return(const struct stages *stages, struct bytes ref, const struct oid *commit, bool *ret_there)
{
	struct oid now;
	enum answer answer = facts_deployed(stages->c->facts, ref, commit);

	if (answer != ANSWER_YES)
		return answer;
	answer = value_of(stages->c->facts, ref, &now);
	if (answer == ANSWER_UNKNOWN)
		return answer;
	*ret_there = answer == ANSWER_YES && oid_equal(&now, commit);
	return *ret_there ? is_under_way(stages, commit) : ANSWER_YES;
}

/* Looking for what a stage was at before it came to where it is. */
struct before {
	struct facts *facts;
	struct oid now, commit;
	bool found;
};

static bool find_before(void *context, const struct account_line *line)
{
	struct before *before = context;
	struct target target = {0};

	before->found = !oid_is_zero(&line->old) && facts_target(before->facts, &line->old, &target) == ANSWER_YES &&
			target.peeled == OBJECT_COMMIT && !oid_equal(&target.commit, &before->now);
	before->commit = target.commit;
	return !before->found;
}

/* To what the rollback could go, where that is known. */
static void fix(const struct stages *stages, struct findings *findings, struct finding *finding)
{
	struct before before = {.facts = stages->c->facts};

	for (size_t i = 0; i < stages->count && !before.found; i++)
		if (stages->sections[i] == stages->last &&
		    value_of(before.facts, stages->refs[i], &before.now) == ANSWER_YES)
			facts_account(before.facts, stages->refs[i], find_before, &before);
	if (before.found)
		finding_fix(findings, finding, "it was at %s before: git policy deploy %s %s --reason '...'",
			    oid_abbrev(&before.commit).text,
			    quote_word(findings->arena, deployed_name(stages->c->update->ref)),
			    oid_abbrev(&before.commit).text);
}

static void refuse(const struct stages *stages, const struct oid *commit, bool there, struct findings *findings)
{
	struct finding *finding;

	if (there)
		finding = case_add(stages->c, findings, "%.*s is at %s already, and nothing else is under way",
				   BYTES_ARG(stages->environment), oid_abbrev(commit).text);
	else
		finding = case_add(stages->c, findings, "%.*s was never at %s", BYTES_ARG(stages->environment),
				   oid_abbrev(commit).text);
	finding_wanted(findings, finding, "a commit that the last stage of %.*s was at before%s%.*s",
		       BYTES_ARG(stages->environment), stages->last ? ": " : "",
		       BYTES_ARG(stages->last ? stages->last->heading : (struct bytes){0}));
	fix(stages, findings, finding);
}

static bool judge_commit(const struct rule_case *c, struct bytes environment, const struct oid *commit,
			 struct findings *findings)
{
	struct stages stages = {.c = c, .arena = findings->arena, .environment = environment};
	bool there = false, told = list(&stages);

	for (size_t i = 0; told && i < stages.count; i++) {
		if (stages.sections[i] != stages.last)
			continue;
		enum answer answer = may_return(&stages, stages.refs[i], commit, &there);

		if (answer == ANSWER_YES)
			return true;
		told = answer == ANSWER_NO;
	}
	if (told)
		refuse(&stages, commit, there, findings);
	return told;
}

static bool judge(const struct rule_case *c, struct findings *findings)
{
	struct stage stage;
	struct oid commit;

	if (!c->section || c->section->kind != SECTION_DEPLOY || !stage_parse(c->update->ref, &stage) ||
	    !stage_rolls_back(c->update->ref))
		return true;
	enum answer answer = deployed_commit(c, &commit);

	if (answer != ANSWER_YES)
		return answer == ANSWER_NO;
	if (!facts_cloned(c->facts))
		return judge_commit(c, stage.environment, &commit, findings);
	finding_open(
		case_add(c, findings, "only the server knows what %.*s was at before", BYTES_ARG(stage.environment)));
	return true;
}

const struct rule rule_rollback = {
	.name = "rollback",
	.help = "Refuses a rollback to what the environment never was at, or is at already.",
	.mend = "Ask for a commit that the environment's last stage held before and does not hold now.",
	.scope = SCOPE_UPDATE,
	.flags = RULE_ALWAYS,
	.severity = SEVERITY_ENFORCE,
	.judge = judge,
};
