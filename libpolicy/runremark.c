/* runremark: what a record, well-formed though it is, does not do: why it counts for nothing as things are. */
#include "run.h"

#include <stdint.h>

#include "arena.h"
#include "gather.h"
#include "layers.h"
#include "people.h"
#include "record.h"
#include "rules/counted.h"
#include "rules/threshold.h"

/* A record put to one policy. */
struct remarking {
	struct policy_run *run;
	struct facts *facts;
	const struct policy *policy;
	const struct section *section; /* of the record's target; NULL: none */
	const struct record *record;
};

static struct finding *remark(const struct remarking *remarking, const char *rule, struct bytes text)
{
	return findings_add(&remarking->run->findings, rule, SEVERITY_WARN, "%.*s", BYTES_ARG(text));
}

static bool is_asked(const struct setting *approvals, const struct user *user)
{
	for (const struct who_list *list = approvals->lists; list; list = list->next)
		if (people_among(list->who, user))
			return true;
	return false;
}

/* Where owners are asked too, who they are depends on what lands. */
static void remark_unasked(const struct remarking *remarking, const struct user *user)
{
	const struct setting *approvals = section_setting(remarking->section, "approvals");

	if (!approvals || section_setting(remarking->section, "owners") || is_asked(approvals, user))
		return;
	struct bytes text =
		bytes_printf(remarking->run->arena, "nothing asks for the approval of %.*s", BYTES_ARG(user->name));

	remark(remarking, "approvals", text)->origin = approvals->origin;
}

/* Whether the record is the word of somebody who wants changes. */
static bool rejects(const struct remarking *remarking)
{
	const struct record *record = remarking->record;
	const struct opinion *opinions;
	size_t count = 0;

	if (facts_opinions(remarking->facts, record->target, &record->commit, &opinions, &count) != ANSWER_YES)
		return false;
	for (size_t i = 0; i < count; i++)
		if (bytes_equal(opinions[i].name, record->name))
			return opinions[i].rejects;
	return false;
}

static bool remark_approval(const struct remarking *remarking)
{
	const struct record *record = remarking->record;
	const struct user *user = people_user(facts_people(remarking->facts), record->name);
	const struct update update = {.ref = record->target};
	bool deploys = remarking->section && remarking->section->kind == SECTION_DEPLOY;
	const struct landing landing = {
		.method = deploys ? LANDING_DEPLOY : LANDING_DIRECT,
		.head = record->commit,
		.to = record->commit,
	};
	const struct rule_case c = {
		.policy = remarking->policy,
		.section = remarking->section,
		.update = &update,
		.landing = &landing,
		.facts = remarking->facts,
	};
	struct counted counted;

	if (!remarking->section || rejects(remarking))
		return true;
	if (!counted_approvers(&c, remarking->run->arena, &counted))
		return false;
	if (user && counted_has(&counted, user))
		remark_unasked(remarking, user);
	else if (counted.others.len)
		remark(remarking, "approvals", counted.others);
	return true;
}

/* What sections ask of a check that has said something. */
struct wanted {
	struct bytes name;
	const struct record_value *value;
	const struct condition *condition; /* NULL: nothing */
	bool suited;			   /* some could be met by a result of this kind */
};

static void wanted_look(struct wanted *wanted, const struct condition *conditions, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (!bytes_equal(conditions[i].name, wanted->name))
			continue;
		bool passes = conditions[i].comparison == CONDITION_PASS;

		wanted->condition = &conditions[i];
		wanted->suited |= passes == (wanted->value->passed || wanted->value->failed);
	}
}

static void wanted_find(struct wanted *wanted, const struct section *section)
{
	const struct setting *checks = section_setting(section, "checks"),
			     *approvals = section_setting(section, "approvals");
	const struct threshold *thresholds = approvals ? approvals->parsed : NULL;

	if (checks)
		wanted_look(wanted, checks->parsed, checks->word_count);
	for (size_t i = 0; approvals && i < approvals->clause_count; i++)
		wanted_look(wanted, thresholds[i].conditions, thresholds[i].condition_count);
}

static bool remark_check(const struct remarking *remarking)
{
	struct bytes name = remarking->record->name;
	const struct layers *layers = &remarking->run->layers;
	struct arena *arena = remarking->run->arena;
	struct check_result result;

	if (facts_check(remarking->facts, &remarking->record->commit, name, &result) != ANSWER_YES || !result.value)
		return false;
	struct wanted wanted = {.name = name, .value = result.value};

	for (size_t i = 0; i < layers->count; i++)
		for (size_t k = 0; k < layers->policy[i]->section_count; k++)
			wanted_find(&wanted, layers->policy[i]->sections[k]);
	if (!wanted.condition)
		remark(remarking, "checks", bytes_printf(arena, "no branch asks for %.*s", BYTES_ARG(name)));
	else if (!wanted.suited)
		remark(remarking, "checks",
		       bytes_printf(arena, "what is asked for is %.*s, which this does not answer",
				    BYTES_ARG(wanted.condition->text)));
	return true;
}

/* A grant is for a move from where the branch is; until it is there, it waits. */
static bool remark_move(const struct remarking *remarking)
{
	const struct record *record = remarking->record;
	struct oid tip = {0};

	if (facts_ref(remarking->facts, record->target, &tip) == ANSWER_UNKNOWN)
		return false;
	if (!oid_equal(&tip, &record->old))
		remark(remarking, "grant",
		       bytes_printf(remarking->run->arena, "%.*s is at %s now, not at %s", BYTES_ARG(record->target),
				    oid_abbrev(&tip).text, oid_abbrev(&record->old).text));
	return true;
}

static bool remark_grant(const struct remarking *remarking)
{
	const struct record *record = remarking->record;
	const struct update update = {.ref = record->target, .old = record->old, .new = record->new};
	struct grant grant;
	const char *why;

	switch (facts_grant(remarking->facts, remarking->section, &update, &grant, &why)) {
	case ANSWER_YES:
		return remark_move(remarking);
	case ANSWER_NO:
		if (why)
			remark(remarking, "grant", bytes_of(why));
		return remark_move(remarking);
	case ANSWER_UNKNOWN:
		break;
	}
	return false;
}

/* Each policy asks its own approvals and grants; the name of a check is known to all. */
static bool remark_record(struct remarking *remarking)
{
	const struct record *record = remarking->record;
	const struct layers *layers = &remarking->run->layers;
	bool told = true;

	if (record->kind == RECORD_CHECK)
		return remark_check(remarking);
	for (size_t i = 0; i < layers->count; i++) {
		remarking->policy = layers->policy[i];
		remarking->section = section_find(remarking->policy, record->target);
		told &= record->kind == RECORD_GRANT ? remark_grant(remarking) : remark_approval(remarking);
	}
	return told;
}

static bool remark_all(struct policy_run *run, void *from)
{
	struct record record;

	if (!run_record(run, from, &record) || !run_open(run, true) || !run_layers(run))
		return false;
	struct remarking remarking = {
		.run = run,
		.facts = facts_new_client(run->arena, run->repo, &run->layers),
		.record = &record,
	};

	return remark_record(&remarking);
}

enum policy_exit policy_record_remark(struct policy_run *run, const struct policy_record *record)
{
	return run_judge(run, "record", remark_all, (void *)(uintptr_t)record);
}
