/* revert: a revert is kept by git: landing the same commits again does not bring their change back (design 4.9). */
#include "rule.h"

#define LOOKED_AT_MAX 10000u

static const char *const words[] = {"deny", "allow", NULL};

/* The revert of a commit that the head contains, made where it lands, and not undone since. */
struct undone {
	struct oid revert;
	struct oid reverted;
};

static bool listed(const struct oids *list, const struct oid *id)
{
	for (size_t i = 0; i < list->count; i++)
		if (oid_equal(&list->ids[i], id))
			return true;
	return false;
}

/*
 * YES when landing the head again would have brought the reverted commit back: the head contains it or, where it was a
 * merge, what that merge brought in.
 */
static enum answer is_lost(const struct rule_case *c, const struct oid *reverted)
{
	const struct commit *commit;
	enum answer answer = facts_descends(c->facts, &c->landing->head, reverted);

	if (answer != ANSWER_NO)
		return answer;
	if (facts_commit(c->facts, reverted, &commit) != ANSWER_YES)
		return ANSWER_UNKNOWN;
	return commit->parent_count > 1 ? facts_descends(c->facts, &c->landing->head, &commit->parents[1]) : ANSWER_NO;
}

/*
 * YES with the newest such revert. `ids` are the commits the head lacks, newest first, so that the revert of a revert
 * comes before what it takes back.
 */
static enum answer find_undone(const struct rule_case *c, const struct oid *ids, size_t count, struct arena *arena,
			       struct undone *ret_undone)
{
	struct oids undone = {0};
	enum answer answer = ANSWER_NO;

	for (size_t i = 0; i < count && i < LOOKED_AT_MAX; i++) {
		const struct commit *commit;

		answer = facts_commit(c->facts, &ids[i], &commit);
		if (answer == ANSWER_YES)
			answer = facts_reverts(c->facts, commit, &ret_undone->reverted);
		if (answer == ANSWER_UNKNOWN)
			return answer;
		if (answer == ANSWER_NO || listed(&undone, &ids[i]))
			continue;
		ret_undone->revert = ids[i];
		oids_add(arena, &undone, &ret_undone->reverted);
		answer = is_lost(c, &ret_undone->reverted);
		if (answer != ANSWER_NO)
			return answer;
	}
	return ANSWER_NO;
}

static bool judge(const struct rule_case *c, struct findings *findings)
{
	const struct landing *landing = c->landing;
	struct oid head = landing->head;
	struct oids hidden = {.ids = &head, .count = 1};
	struct undone undone;
	const struct oid *ids;
	size_t count;

	if (landing->method == LANDING_DIRECT || landing->method == LANDING_REVERT || landing->method == LANDING_DEPLOY)
		return true;
	enum answer answer = facts_outside(c->facts, &landing->from, &hidden, &ids, &count);

	if (answer == ANSWER_YES)
		answer = find_undone(c, ids, count, findings->arena, &undone);
	if (answer != ANSWER_YES)
		return answer == ANSWER_NO;
	struct oid_hex revert = oid_abbrev(&undone.revert);
	struct finding *finding = case_add(c, findings, "%s was undone here by %s: landing %s does not bring it back",
					   oid_abbrev(&undone.reverted).text, revert.text, oid_abbrev(&head).text);

	finding->commit = undone.revert;
	finding_fix(findings, finding, "to bring it back, revert the revert: git revert %s", revert.text);
	return true;
}

static const struct key keys[] = {
	{
		.name = "revert",
		.sections = SECTION_BRANCH,
		.kind = KEY_WORD,
		.words = words,
		.help = "allow: a proved revert of a commit of the branch needs no branch of its own; approvals and "
			"checks stay.",
		.example = "allow",
		.unset = "deny",
	},
};

const struct rule rule_revert = {
	.name = "revert",
	.help = "Warns when what lands was reverted on the branch: git keeps the revert.",
	.mend = "Where the change is wanted again, revert the revert: git revert <commit>, and land that.",
	.scope = SCOPE_LANDING,
	.flags = RULE_ALWAYS,
	.severity = SEVERITY_WARN,
	.keys = keys,
	.key_count = 1,
	.judge = judge,
};
