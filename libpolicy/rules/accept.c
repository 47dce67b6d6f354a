/* accept: which branches may land on this one, made from where, by which method (design 4.7). */
#include "accept.h"

#include "arena.h"
#include "quote.h"
#include "rule.h"

/* What came nearest to being accepted. */
enum fault {
	FAULT_SOURCE, /* no accepted branch brings the head */
	FAULT_FROM,   /* one does, which was made from another trunk */
	FAULT_METHOD, /* one does, by another method */
};

struct near {
	enum fault fault;
	const struct accept_clause *clause;
	size_t index; /* of the clause */
	const struct landing_source *source;
};

static struct bytes short_name(struct bytes ref)
{
	return bytes_from(ref, BYTES("refs/heads/").len);
}

/* YES when one of the trunks that the branch was created from is among those the clause asks for. */
static enum answer comes_from(const struct rule_case *c, const struct accept_clause *clause,
			      const struct landing_source *source)
{
	const struct bytes *trunks;
	size_t count;

	if (!clause->from_count)
		return ANSWER_YES;
	enum answer answer = facts_created_from(c->facts, c->policy, source->ref, &source->tip, &trunks, &count);

	for (size_t i = 0; answer == ANSWER_YES && i < count; i++)
		for (size_t k = 0; k < clause->from_count; k++)
			if (bytes_equal(trunks[i], clause->from[k]))
				return ANSWER_YES;
	return answer == ANSWER_UNKNOWN ? answer : ANSWER_NO;
}

/* Whether the clause takes the landing from this branch; otherwise what is wrong, if that is nearer than before. */
static enum answer takes(const struct rule_case *c, const struct accept *accept, size_t index,
			 const struct landing_source *source, struct near *near)
{
	const struct accept_clause *clause = &accept->clauses[index];
	enum fault fault = FAULT_METHOD;

	if (!accept_matches(clause, source->ref))
		return ANSWER_NO;
	enum answer answer = comes_from(c, clause, source);

	if (answer == ANSWER_UNKNOWN)
		return answer;
	if (answer == ANSWER_YES && clause->methods & 1u << c->landing->method)
		return ANSWER_YES;
	if (answer == ANSWER_NO)
		fault = FAULT_FROM;
	if (fault > near->fault)
		*near = (struct near){fault, clause, index, source};
	return ANSWER_NO;
}

static struct bytes methods_of(struct arena *arena, unsigned methods)
{
	struct buffer list = {.arena = arena};

	for (enum landing_method method = LANDING_FORWARD; method <= LANDING_REBASE; method++)
		if (methods & 1u << method)
			buffer_printf(&list, "%s%s", list.len ? " or " : "", landing_method_name(method));
	return buffer_bytes(&list);
}

static void refuse_source(const struct rule_case *c, struct findings *findings)
{
	const struct landing *landing = c->landing;
	struct finding *finding = case_add(c, findings, "%s is the head of no branch that may land here",
					   oid_abbrev(&landing->head).text);

	finding->commit = landing->head;
	finding_wanted(findings, finding, "a head of: %.*s", BYTES_ARG(c->setting->clauses[0].text));
	finding_fix(findings, finding,
		    "push it to such a branch first, or land it where branches of its kind may land");
}

static void refuse_from(const struct rule_case *c, const struct near *near, struct findings *findings)
{
	struct bytes source = short_name(near->source->ref), from = short_name(near->clause->from[0]);
	struct finding *finding =
		case_add(c, findings, "%.*s was not made from %.*s", BYTES_ARG(source), BYTES_ARG(from));

	finding->origin = c->setting->clauses[near->index].origin;
	if (facts_cloned(c->facts)) {
		finding->found = bytes_printf(findings->arena, "only the server knows whether %.*s was made from %.*s",
					      BYTES_ARG(source), BYTES_ARG(from));
		finding_open(finding);
		return;
	}
	finding_wanted(findings, finding, "a branch from %.*s", BYTES_ARG(from));
	finding_fix(findings, finding, "git rebase --onto origin/%s <where it begins> %s, push it, have it approved",
		    quote_word(findings->arena, from), quote_word(findings->arena, source));
}

static const char *option_of(unsigned methods)
{
	if (methods & 1u << LANDING_SQUASH)
		return " --squash";
	if (methods & 1u << LANDING_MERGE)
		return " --merge";
	return methods & 1u << LANDING_REBASE ? " --rebase" : "";
}

static void refuse_method(const struct rule_case *c, const struct near *near, struct findings *findings)
{
	struct bytes source = short_name(near->source->ref);
	struct bytes wanted = methods_of(findings->arena, near->clause->methods);
	struct finding *finding =
		case_add(c, findings, "%.*s lands by %s", BYTES_ARG(source), landing_method_name(c->landing->method));

	finding->origin = c->setting->clauses[near->index].origin;
	finding_wanted(findings, finding, "%.*s", BYTES_ARG(wanted));
	finding_fix(findings, finding, "git policy land %s --into %s%s", quote_word(findings->arena, source),
		    quote_word(findings->arena, c->update->name), option_of(near->clause->methods));
}

static bool judge(const struct rule_case *c, struct findings *findings)
{
	const struct landing *landing = c->landing;
	const struct accept *accept = c->setting->parsed;
	struct near near = {FAULT_SOURCE, NULL, 0, NULL};

	/* What is no head of a branch is for `direct` to judge. */
	if (landing->method == LANDING_DIRECT || landing->method == LANDING_REVERT)
		return true;
	for (size_t s = 0; s < landing->source_count; s++)
		for (size_t i = 0; i < accept->count; i++) {
			enum answer answer = takes(c, accept, i, &landing->sources[s], &near);

			if (answer != ANSWER_NO)
				return answer == ANSWER_YES;
		}
	if (near.fault == FAULT_SOURCE)
		refuse_source(c, findings);
	else if (near.fault == FAULT_FROM)
		refuse_from(c, &near, findings);
	else
		refuse_method(c, &near, findings);
	return true;
}

static const struct key keys[] = {
	{
		.name = "accept",
		.sections = SECTION_BRANCH,
		.kind = KEY_CLAUSES,
		.form = "<branches> [from <branches>] [by <methods>], one kind a line",
		.check = accept_check,
		.help = "Which heads land here: of which branches, made from which trunk, by which of merge, squash, "
			"rebase and fast-forward.",
		.example = "fix/* from main by squash merge",
		.unset = "every branch, by every method",
	},
};

const struct rule rule_accept = {
	.name = "accept",
	.help = "Refuses heads of branches that may not land here, or not by this method.",
	.mend = "git policy explain <target> lists which branches land there, and how; git policy land <branch> --into "
		"<target> takes a method that does.",
	.scope = SCOPE_LANDING,
	.severity = SEVERITY_ENFORCE,
	.keys = keys,
	.key_count = 1,
	.judge = judge,
};
