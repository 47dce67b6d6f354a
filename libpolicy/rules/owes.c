/* owes: a branch that landed on one trunk lands on the others too, before it goes and before the next of its kind
 * (design 4.7). */
#include "rule.h"

#include "debt.h"
#include "keychecks.h"
#include "quote.h"

static struct bytes branch_name(struct bytes ref)
{
	return bytes_from(ref, BYTES("refs/heads/").len);
}

static void tell(const struct rule_case *c, const struct debt *debt, struct findings *findings)
{
	struct bytes branch = branch_name(debt->branch), trunk = branch_name(debt->trunk);
	struct bytes owed = branch_name(debt->owed);
	struct finding *finding = case_add(c, findings, "%.*s has landed on %.*s and not on %.*s", BYTES_ARG(branch),
					   BYTES_ARG(trunk), BYTES_ARG(owed));

	finding_wanted(findings, finding, "%.*s on %.*s first", BYTES_ARG(branch), BYTES_ARG(owed));
	finding_fix(findings, finding, "git policy land %s --into %s", quote_word(findings->arena, branch),
		    quote_word(findings->arena, owed));
}

static bool judge(const struct rule_case *c, struct findings *findings)
{
	struct debts debts = {.arena = findings->arena, .facts = c->facts, .policy = c->policy};
	bool sure = true;

	if (c->update->kind == UPDATE_DELETE && !oid_is_zero(&c->update->old))
		sure = debts_of_branch(&debts, c->setting, c->update->ref, &c->update->old);
	else if (c->update->kind == UPDATE_CREATE)
		sure = debts_of_section(&debts, c->section, c->update->ref);
	else
		return true;
	if (facts_cloned(c->facts)) {
		finding_open(
			case_add(c, findings, "only the server knows all that has landed, and what is still owed"));
		return sure;
	}
	for (size_t i = 0; i < debts.count; i++)
		tell(c, &debts.list[i], findings);
	return sure;
}

static const struct key keys[] = {
	{
		.name = "owes",
		.sections = SECTION_BRANCH,
		.kind = KEY_LIST,
		.form = "branches",
		.check = check_branches,
		.help = "Where it must land, too, once it has landed elsewhere: until then it is not deleted, and no "
			"further branch of its section is made.",
		.example = "develop",
	},
};

const struct rule rule_owes = {
	.name = "owes",
	.help = "Refuses to forget that what was released has to come back.",
	.mend = "git policy land <branch> --into <target>, for the one that is owed. git policy debt, on the server, "
		"lists all that is.",
	.scope = SCOPE_UPDATE,
	.flags = RULE_FLOW,
	.severity = SEVERITY_ENFORCE,
	.keys = keys,
	.key_count = 1,
	.judge = judge,
};
