/* create-from: a branch starts on the trunk its section names (design 4.7). */
#include "beginning.h"

#include "arena.h"
#include "keychecks.h"
#include "quote.h"

/* Whether `fork` is on the branch `name`; ANSWER_NO too when there is no such branch. */
static enum answer on_branch(const struct rule_case *c, struct bytes name, const struct oid *fork, struct arena *arena)
{
	struct bytes ref = bytes_printf(arena, "refs/heads/%.*s", BYTES_ARG(name));
	struct oid tip;
	enum answer answer = facts_ref(c->facts, ref, &tip);

	return answer == ANSWER_YES ? facts_descends(c->facts, &tip, fork) : answer;
}

static struct finding *refuse_fork(const struct rule_case *c, const struct oid *fork, const char *wanted,
				   struct findings *findings)
{
	struct finding *finding =
		case_add(c, findings, "starts at %s, which is on another trunk", oid_abbrev(fork).text);

	finding_wanted(findings, finding, "%s", wanted);
	return finding;
}

/* `fork` is NULL where there is none. */
static void refuse(const struct rule_case *c, const struct oid *fork, struct findings *findings)
{
	struct bytes first = c->setting->words[0];
	struct bytes wanted = bytes_printf(findings->arena, "a start on %.*s", BYTES_ARG(c->setting->clauses[0].text));
	struct finding *finding =
		fork ? refuse_fork(c, fork, wanted.data, findings) : beginning_refuse(c, wanted.data, findings);

	if (!finding)
		return;
	finding_fix(findings, finding, "git fetch && git rebase --onto origin/%s %s %s",
		    quote_word(findings->arena, first), fork ? oid_abbrev(fork).text : "--root",
		    quote_word(findings->arena, c->update->name));
}

/* Creations are judged, and every rewrite, since a rewrite may start elsewhere. */
static enum answer applies(const struct rule_case *c)
{
	if (c->update->kind == UPDATE_CREATE)
		return ANSWER_YES;
	if (c->update->kind == UPDATE_DELETE)
		return ANSWER_NO;
	switch (facts_forward(c->facts, c->update)) {
	case ANSWER_YES:
		return ANSWER_NO;
	case ANSWER_NO:
		return ANSWER_YES;
	case ANSWER_UNKNOWN:
		break;
	}
	return ANSWER_UNKNOWN;
}

static bool judge(const struct rule_case *c, struct findings *findings)
{
	struct oid fork;
	enum answer answer = applies(c);

	if (answer != ANSWER_YES)
		return answer == ANSWER_NO;
	answer = facts_fork_point(c->facts, c->policy, &c->update->new, &fork);
	if (answer != ANSWER_YES) {
		if (answer == ANSWER_NO)
			refuse(c, NULL, findings);
		return answer == ANSWER_NO;
	}
	for (size_t i = 0; i < c->setting->word_count; i++) {
		answer = on_branch(c, c->setting->words[i], &fork, findings->arena);
		if (answer != ANSWER_NO)
			return answer == ANSWER_YES;
	}
	refuse(c, &fork, findings);
	return true;
}

static const struct key keys[] = {
	{
		.name = "create-from",
		.sections = SECTION_BRANCH,
		.kind = KEY_LIST,
		.form = "branches",
		.check = check_branches,
		.help = "The newest commit of the branch's own line that some trunk has must be on one of these, as a "
			"branch is made or rewritten.",
		.example = "develop",
	},
};

const struct rule rule_create_from = {
	.name = "create-from",
	.help = "Refuses a branch that was not started from the trunk its kind belongs to.",
	.mend = "Put the branch on the trunk it belongs to: git rebase --onto origin/<trunk> <where it began> "
		"<branch>, then push it.",
	.scope = SCOPE_UPDATE,
	.severity = SEVERITY_ENFORCE,
	.keys = keys,
	.key_count = 1,
	.judge = judge,
};
