/* on: what is tagged or deployed is on a branch. */
#include "deployed.h"
#include "keychecks.h"

#include "arena.h"

/* Whether the branch `name`, as it was before the push, has the commit; ANSWER_NO too when there is no such branch. */
static enum answer is_on(const struct rule_case *c, struct bytes name, const struct oid *commit, struct arena *arena)
{
	struct bytes ref = bytes_printf(arena, "refs/heads/%.*s", BYTES_ARG(name));
	struct oid tip;
	enum answer answer = facts_ref(c->facts, ref, &tip);

	return answer == ANSWER_YES ? facts_descends(c->facts, &tip, commit) : answer;
}

static void refuse(const struct rule_case *c, const struct oid *commit, struct findings *findings)
{
	struct bytes first = c->setting->words[0];
	struct finding *finding;

	if (commit)
		finding = case_add(c, findings, "%s is not on %.*s", oid_abbrev(commit).text, BYTES_ARG(first));
	else
		finding = case_add(c, findings, "is no commit, so no branch has it");
	for (size_t i = 1; commit && i < c->setting->word_count; i++)
		finding->found = bytes_printf(findings->arena, "%.*s, nor on %.*s", BYTES_ARG(finding->found),
					      BYTES_ARG(c->setting->words[i]));
	finding_wanted(findings, finding, "a commit that %s%.*s had before this push",
		       c->setting->word_count > 1 ? "one of " : "", BYTES_ARG(c->setting->clauses[0].text));
	finding_fix(findings, finding, "land it on %.*s first", BYTES_ARG(first));
}

static bool judge(const struct rule_case *c, struct findings *findings)
{
	struct oid commit;
	enum answer answer = deployed_commit(c, &commit);

	/* What is deployed and is no commit, rule `deploy` refuses. */
	if (answer == ANSWER_NO && c->update->kind != UPDATE_DELETE && c->section->kind == SECTION_TAG)
		refuse(c, NULL, findings);
	if (answer != ANSWER_YES)
		return answer == ANSWER_NO;
	for (size_t i = 0; i < c->setting->word_count; i++) {
		answer = is_on(c, c->setting->words[i], &commit, findings->arena);
		if (answer != ANSWER_NO)
			return answer == ANSWER_YES;
	}
	refuse(c, &commit, findings);
	return true;
}

static const struct key keys[] = {
	{
		.name = "on",
		.sections = SECTION_TAG | SECTION_DEPLOY,
		.kind = KEY_LIST,
		.form = "branches",
		.check = check_branches,
		.help = "One of these must have had the commit before the push.",
		.example = "main",
	},
};

const struct rule rule_on = {
	.name = "on",
	.help = "Refuses to tag or deploy what is not on the branch it should be on.",
	.mend = "Bring the commit onto one of these branches first: git policy land <branch> --into <target>.",
	.scope = SCOPE_UPDATE,
	.severity = SEVERITY_ENFORCE,
	.keys = keys,
	.key_count = sizeof(keys) / sizeof(*keys),
	.judge = judge,
};
