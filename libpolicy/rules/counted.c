/* counted: whose approvals of a landing count, and why the others do not (design 4.5). */
#include "counted.h"

#include "arena.h"
#include "statement.h"

struct counting {
	const struct rule_case *c;
	struct arena *arena;
	const struct opinion *opinions;
	size_t opinion_count;
	const struct contributor *contributors;
	size_t contributor_count;
	struct buffer others;
	struct counted *counted;
};

static bool is_among(const struct user *const *users, size_t count, const struct user *user)
{
	for (size_t i = 0; i < count; i++)
		if (users[i] == user)
			return true;
	return false;
}

bool counted_has(const struct counted *counted, const struct user *user)
{
	return is_among(counted->users, counted->count, user);
}

static const char *role_of(const struct counting *counting, const struct user *user)
{
	for (size_t i = 0; i < counting->contributor_count; i++)
		if (counting->contributors[i].user == user)
			return counting->contributors[i].role;
	return NULL;
}

static const char *statement_of(const struct counting *counting, const struct opinion *opinion)
{
	struct statement statement = {
		.target = counting->c->update->ref,
		.head = counting->c->landing->head,
		.user = opinion->name,
	};

	switch (facts_repository(counting->c->facts, &statement.repository)) {
	case ANSWER_YES:
		return statement_problem(counting->arena, opinion->value->stated, &statement);
	case ANSWER_NO:
		return "this repository has no name that a signature could bind";
	case ANSWER_UNKNOWN:
		break;
	}
	return facts_reason(counting->c->facts);
}

/* A signature that cannot be verified has not been: the approval does not count, and nobody else is held up by it. */
static const char *signature_problem(const struct counting *counting, const struct opinion *opinion)
{
	struct facts *facts = counting->c->facts;
	enum signature signature;
	const struct user *user;

	if (!opinion->value || !opinion->value->signature.len)
		return "not signed";
	if (facts_signature(facts, opinion->value->payload, opinion->value->signature, &signature, &user) !=
		    ANSWER_YES ||
	    signature == SIGNATURE_BAD)
		return facts_reason(facts);
	if (signature == SIGNATURE_NONE)
		return "not signed";
	return user == opinion->user ? statement_of(counting, opinion) : "signed by somebody else";
}

/* Why an opinion does not count whichever it is; or NULL. */
static const char *person_problem(const struct counting *counting, const struct opinion *opinion)
{
	if (opinion->malformed)
		return opinion->malformed;
	return opinion->user ? role_of(counting, opinion->user) : "unknown to the policy";
}

static void leave_out(struct counting *counting, const struct opinion *opinion, const char *problem)
{
	buffer_printf(&counting->others, "%s%.*s does not count: %s", counting->others.len ? "; " : "",
		      BYTES_ARG(opinion->name), problem);
}

static void add_rejection(struct counting *counting, const struct opinion *opinion)
{
	struct counted *counted = counting->counted;

	if (opinion->rejects && !person_problem(counting, opinion) &&
	    !is_among(counted->rejecting, counted->rejecting_count, opinion->user))
		counted->rejecting[counted->rejecting_count++] = opinion->user;
}

static void add_approval(struct counting *counting, const struct opinion *opinion)
{
	struct counted *counted = counting->counted;
	const char *problem = person_problem(counting, opinion);

	if (opinion->rejects)
		return;
	if (!problem && counting->c->landing->again)
		problem = "it lands twice in this push";
	if (!problem && is_among(counted->rejecting, counted->rejecting_count, opinion->user))
		problem = "asks for changes under another name";
	if (!problem && counted->signed_only)
		problem = signature_problem(counting, opinion);
	if (problem)
		leave_out(counting, opinion, problem);
	else if (!counted_has(counted, opinion->user))
		counted->users[counted->count++] = opinion->user;
}

static bool ask(struct counting *counting)
{
	const struct rule_case *c = counting->c;

	return facts_opinions(c->facts, c->update->ref, &c->landing->head, &counting->opinions,
			      &counting->opinion_count) == ANSWER_YES &&
	       facts_contributors(c->facts, c->policy, c->landing, &counting->contributors,
				  &counting->contributor_count, &counting->counted->unknown_pusher) == ANSWER_YES;
}

bool counted_approvers(const struct rule_case *c, struct arena *arena, struct counted *ret_counted)
{
	struct counted counted = {.signed_only = section_setting(c->section, "signed") != NULL};
	struct counting counting = {.c = c, .arena = arena, .others = {.arena = arena}, .counted = &counted};

	if (!ask(&counting))
		return false;
	counted.users = arena_array(arena, counting.opinion_count, sizeof(*counted.users));
	counted.rejecting = arena_array(arena, counting.opinion_count, sizeof(*counted.rejecting));
	for (size_t i = 0; i < counting.opinion_count; i++)
		add_rejection(&counting, &counting.opinions[i]);
	for (size_t i = 0; i < counting.opinion_count; i++)
		add_approval(&counting, &counting.opinions[i]);
	counted.others = buffer_bytes(&counting.others);
	counted.open = counted.unknown_pusher && facts_cloned(c->facts) && facts_pushed(c->facts) &&
		       !facts_user_open(c->facts);
	*ret_counted = counted;
	return true;
}

void counted_note(const struct rule_case *c, const struct counted *counted, struct findings *findings)
{
	if (counted->open)
		finding_open(case_add(c, findings,
				      "only the server knows who pushed what lands: whoever did does not count"));
}
