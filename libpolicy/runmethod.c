/* runmethod: by which method a branch had best land, as far as the policy says. */
#include "run.h"

#include "accept.h"
#include "arena.h"
#include "environment.h"
#include "gather.h"
#include "report.h"
#include "telling.h"

#define METHODS (1u << LANDING_FORWARD | 1u << LANDING_MERGE | 1u << LANDING_SQUASH | 1u << LANDING_REBASE)

struct choice {
	struct bytes ref, branch;
	struct oid head;
	const char **ret_method;
	unsigned methods; /* that all policies accept */
	bool trunk;	  /* the branch is one that a policy names */
	bool forward;	  /* the head descends from what it is to land on */
	bool accepted;	  /* some policy says so */
	struct facts *facts;
};

static bool created_from(const struct choice *choice, const struct policy *policy, const struct accept_clause *clause)
{
	const struct bytes *trunks;
	size_t count;

	if (!clause->from_count ||
	    facts_created_from(choice->facts, policy, choice->branch, &choice->head, &trunks, &count) != ANSWER_YES)
		return true;
	for (size_t i = 0; i < clause->from_count; i++)
		for (size_t k = 0; k < count; k++)
			if (bytes_equal(clause->from[i], trunks[k]))
				return true;
	return false;
}

/* What `accept` says under one policy; everything where it says nothing, or nothing of this branch: the rule will tell.
 */
static void narrow(struct choice *choice, const struct policy *policy)
{
	const struct section *branch = choice->branch.len ? section_find(policy, choice->branch) : NULL;
	const struct setting *setting = section_setting(section_find(policy, choice->ref), "accept");
	const struct accept *accept = setting ? setting->parsed : NULL;
	unsigned methods = 0;

	choice->trunk |= branch && branch->literal;
	for (size_t i = 0; accept && choice->branch.len && i < accept->count; i++)
		if (accept_matches(&accept->clauses[i], choice->branch) &&
		    created_from(choice, policy, &accept->clauses[i]))
			methods |= accept->clauses[i].methods;
	if (!(methods & choice->methods))
		return;
	choice->methods &= methods;
	choice->accepted = true;
}

/* One commit a change keeps a trunk readable; but of what stays a branch, as a trunk does, a squash would lose the
 * history that the next landing is told by. */
static enum landing_method best(const struct choice *choice)
{
	static const enum landing_method of_topic[] = {LANDING_SQUASH, LANDING_MERGE, LANDING_REBASE, LANDING_FORWARD};
	static const enum landing_method of_trunk[] = {LANDING_FORWARD, LANDING_MERGE, LANDING_SQUASH, LANDING_REBASE};
	const enum landing_method *order = choice->trunk ? of_trunk : of_topic;

	for (size_t i = 0; i < sizeof(of_topic) / sizeof(*of_topic); i++)
		if (choice->methods & 1u << order[i] && (order[i] != LANDING_FORWARD || choice->forward))
			return order[i];
	return LANDING_FORWARD;
}

static void tell(const struct choice *choice, struct buffer *out)
{
	const char *between = "";

	buffer_printf(out, "by %s: ", *choice->ret_method);
	escape_add(out, telling_name(choice->ref), SIZE_MAX);
	buffer_add(out, choice->accepted ? BYTES(" accepts ") : BYTES(" does not say how it accepts "));
	escape_add(out, choice->branch.len ? telling_name(choice->branch) : BYTES("it"), SIZE_MAX);
	buffer_add(out, choice->accepted ? BYTES(" by ") : BYTES(""));
	for (enum landing_method i = LANDING_FORWARD; choice->accepted && i <= LANDING_REBASE; i++) {
		if (!(choice->methods & 1u << i))
			continue;
		buffer_printf(out, "%s%s", between, landing_method_name(i));
		between = ", ";
	}
	buffer_add(out, BYTES("\n"));
}

static bool choose(struct policy_run *run, void *context)
{
	struct choice *choice = context;
	struct oid old;

	if (!run_open(run, true) || !run_load(run))
		return false;
	choice->facts = facts_new_client(run->arena, run->repo, &run->layers);
	if (facts_ref(choice->facts, choice->ref, &old) == ANSWER_YES)
		choice->forward = facts_descends(choice->facts, &choice->head, &old) == ANSWER_YES;
	for (size_t i = 0; i < run->layers.count; i++)
		narrow(choice, run->layers.policy[i]);
	*choice->ret_method = landing_method_name(best(choice));
	if (!run->options.json && !environment_json())
		tell(choice, &run->output);
	run->told = true;
	return true;
}

enum policy_exit policy_method(struct policy_run *run, const char *ref, const char *branch, const char *head,
			       const char **ret_method)
{
	struct choice choice = {
		.ref = bytes_of(ref),
		.branch = bytes_of(branch),
		.ret_method = ret_method,
		.methods = METHODS,
	};

	if (!oid_parse(bytes_of(head), &choice.head))
		return POLICY_UNDECIDED;
	return run_judge(run, "land", choose, &choice);
}
