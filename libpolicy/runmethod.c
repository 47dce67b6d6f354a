/* runmethod: by which method a branch had best land, as far as the policy says. */
#include "run.h"

#include "accept.h"
#include "arena.h"
#include "environment.h"
#include "gather.h"
#include "plan.h"
#include "report.h"
#include "telling.h"

#define METHODS (1u << LANDING_FORWARD | 1u << LANDING_MERGE | 1u << LANDING_SQUASH | 1u << LANDING_REBASE)

struct choice {
	struct bytes ref, branch;
	const char *head;
	struct oid id;			/* of the head */
	struct landing_source *sources; /* the branch, and others whose tip the head is: any of them may bring it */
	size_t source_count, source_room;
	const char **method;
	unsigned methods; /* that all policies accept */
	bool trunk;	  /* the branch is one that a policy names */
	bool forward;	  /* the head descends from what it is to land on */
	bool accepted;	  /* some policy says so */
	struct facts *facts;
	struct arena *arena;
};

static void add_source(struct choice *choice, struct bytes ref)
{
	struct arena *arena = choice->arena;

	choice->sources = arena_grow(arena, choice->sources, &choice->source_room, choice->source_count + 1,
				     sizeof(*choice->sources));
	choice->sources[choice->source_count++] =
		(struct landing_source){.ref = bytes_copy(arena, ref), .tip = choice->id};
}

static bool add_twin(void *context, struct bytes ref, const struct oid *id)
{
	struct choice *choice = context;

	if (oid_equal(id, &choice->id) && !bytes_equal(ref, choice->branch) && !bytes_equal(ref, choice->ref))
		add_source(choice, ref);
	return true;
}

/* Where the others cannot be told, the one that was named has to do. */
static void find_sources(struct choice *choice)
{
	if (!choice->branch.len)
		return;
	add_source(choice, choice->branch);
	if (facts_refs_below(choice->facts, BYTES("refs/heads/"), add_twin, choice) != ANSWER_YES)
		choice->source_count = 1;
}

static bool created_from(const struct choice *choice, const struct policy *policy, const struct accept_clause *clause,
			 struct bytes branch)
{
	const struct bytes *trunks;
	size_t count;

	if (!clause->from_count ||
	    facts_created_from(choice->facts, policy, branch, &choice->id, &trunks, &count) != ANSWER_YES)
		return true;
	for (size_t i = 0; i < clause->from_count; i++)
		for (size_t k = 0; k < count; k++)
			if (bytes_equal(clause->from[i], trunks[k]))
				return true;
	return false;
}

/* By which methods `accept` takes a branch under one policy. */
static unsigned accepted(const struct choice *choice, const struct policy *policy, struct bytes branch)
{
	const struct setting *setting = section_setting(section_find(policy, choice->ref), "accept");
	const struct accept *accept = setting ? setting->parsed : NULL;
	unsigned methods = 0;

	for (size_t i = 0; accept && i < accept->count; i++)
		if (accept_matches(&accept->clauses[i], branch) &&
		    created_from(choice, policy, &accept->clauses[i], branch))
			methods |= accept->clauses[i].methods;
	return methods & choice->methods;
}

/* To what one policy says of the first branch that it takes; where it says nothing, or nothing of these, the rule will
 * tell. */
static void narrow(struct choice *choice, const struct policy *policy)
{
	unsigned methods = 0;

	for (size_t i = 0; i < choice->source_count && !methods; i++) {
		methods = accepted(choice, policy, choice->sources[i].ref);
		if (methods)
			choice->branch = choice->sources[i].ref;
	}
	const struct section *branch = choice->branch.len ? section_find(policy, choice->branch) : NULL;

	choice->trunk |= branch && branch->literal;
	if (!methods)
		return;
	choice->methods = methods;
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

/* Of a branch only: whatever else is to land, the rules say how it may. */
static void tell(const struct choice *choice, struct buffer *out)
{
	const char *between = choice->accepted ? " by " : "";

	buffer_printf(out, "by %s", *choice->method);
	if (choice->branch.len) {
		buffer_add(out, BYTES(": "));
		escape_add(out, refname_short(choice->ref), SIZE_MAX);
		buffer_add(out, choice->accepted ? BYTES(" accepts ") : BYTES(" does not say how it accepts "));
		escape_add(out, refname_short(choice->branch), SIZE_MAX);
	}
	for (enum landing_method i = LANDING_FORWARD; choice->accepted && i <= LANDING_REBASE; i++) {
		if (!(choice->methods & 1u << i))
			continue;
		buffer_printf(out, "%s%s", between, landing_method_name(i));
		between = ", ";
	}
	buffer_add(out, BYTES("\n"));
}

/* What no branch brings is landed as it is, which is what a trunk's head is best landed by, too. */
static void look(struct policy_run *run, struct choice *choice)
{
	struct oid old;

	choice->trunk = !choice->branch.len;
	if (facts_ref(choice->facts, choice->ref, &old) == ANSWER_YES)
		choice->forward = facts_descends(choice->facts, &choice->id, &old) == ANSWER_YES;
	for (size_t i = 0; i < run->layers.count; i++)
		narrow(choice, run->layers.policy[i]);
}

/* Whether a policy takes no such branch, or not by this method: that is certain before anything is made. */
static bool refuse(struct policy_run *run, const struct choice *choice, const struct push *push)
{
	struct landing landing = {
		.head = choice->id,
		.to = choice->id,
		.sources = choice->sources,
		.source_count = choice->source_count,
	};
	bool refused = false;

	landing_method_find(bytes_of(*choice->method), &landing.method);
	for (size_t i = 0; choice->source_count && i < run->layers.count; i++) {
		struct plan plan = plan_make(run->layers.policy[i], push, choice->facts, &run->findings);

		refused |= telling_refusal(&plan, 0, &landing, "accept", &run->output);
	}
	return refused;
}

static bool choose(struct policy_run *run, void *context)
{
	struct choice *choice = context;
	struct push push = {.arena = run->arena};

	if (!run_open(run, true) || !run_load(run) || !run_update(run, choice->ref.data, choice->head, &push))
		return false;
	choice->id = push.updates[0].new;
	choice->arena = run->arena;
	choice->facts = facts_new_client(run->arena, run->repo, &run->layers);
	find_sources(choice);
	if (!*choice->method) {
		look(run, choice);
		*choice->method = landing_method_name(best(choice));
		tell(choice, &run->output);
	}
	bool json = run->options.json || environment_json(), refused = refuse(run, choice, &push);

	if (refused)
		buffer_add(&run->output, BYTES("may not land yet\n"));
	if (json)
		run->output.len = 0;
	run->told = !(json && refused);
	return true;
}

enum policy_exit policy_method(struct policy_run *run, const char *ref, const char *branch, const char *head,
			       const char **method)
{
	struct choice choice = {
		.ref = bytes_of(ref),
		.branch = bytes_of(branch),
		.head = head,
		.method = method,
		.methods = METHODS,
	};

	return run_judge(run, "land", choose, &choice);
}
