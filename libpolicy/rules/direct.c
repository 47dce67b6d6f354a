/* direct: what lands on a branch was a head first: no commit is made on the branch itself (design 4.4). */
#include "quote.h"
#include "rule.h"

enum { ALLOW, DENY };

static const char *const words[] = {"allow", "deny", NULL};

/* A proved revert is no direct commit where the section takes those. */
static bool takes_reverts(const struct rule_case *c)
{
	const struct setting *revert = case_setting(c, "revert");

	return revert && bytes_equal(revert->clauses[0].text, BYTES("allow"));
}

static void refuse(const struct rule_case *c, struct findings *findings)
{
	const struct landing *landing = c->landing;
	struct finding *finding;

	if (landing->method == LANDING_REVERT)
		finding = case_add(c, findings, "it reverts %s, and reverts may not be made here",
				   oid_abbrev(&landing->reverted).text);
	else if (!oid_is_zero(&landing->nearly))
		finding = case_add(c, findings, "not what landing %s gives", oid_abbrev(&landing->nearly).text);
	else
		finding = case_add(c, findings, "made on this branch directly");
	finding->commit = landing->to;
	finding_wanted(findings, finding, "the merge, squash, rebase or fast-forward of a branch's head");
	if (landing->doubt_fix)
		finding_fix(findings, finding, "%s", landing->doubt_fix);
	else if (!oid_is_zero(&landing->nearly))
		finding_fix(findings, finding,
			    "what was changed by hand belongs on the branch; then: git policy land <branch> --into %s",
			    quote_word(findings->arena, c->update->name));
	else
		finding_fix(findings, finding,
			    "push it to a branch of its own, then: git policy land <branch> --into %s",
			    quote_word(findings->arena, c->update->name));
}

static bool judge(const struct rule_case *c, struct findings *findings)
{
	enum landing_method method = c->landing->method;

	if (c->setting->number == ALLOW || (method != LANDING_DIRECT && method != LANDING_REVERT) ||
	    (method == LANDING_REVERT && takes_reverts(c)))
		return true;
	if (!c->landing->doubt) {
		refuse(c, findings);
		return true;
	}
	struct finding *finding = case_add(c, findings, "%s", c->landing->doubt);

	if (c->severity == SEVERITY_ENFORCE)
		finding->severity = SEVERITY_UNDECIDED;
	finding->commit = c->landing->to;
	if (c->landing->doubt_fix) {
		finding_wanted(findings, finding, "a merge that git makes by itself");
		finding_fix(findings, finding, "%s", c->landing->doubt_fix);
	}
	return true;
}

static const struct key keys[] = {
	{
		.name = "direct",
		.sections = SECTION_BRANCH,
		.kind = KEY_WORD,
		.words = words,
		.help = "deny: nothing is made on the branch itself; only heads of branches land there, merged, "
			"squashed, rebased or fast-forwarded, proved by content.",
		.example = "deny",
		.unset = "allow",
	},
};

const struct rule rule_direct = {
	.name = "direct",
	.help = "Refuses commits that were made on a branch itself, among them a merge changed by hand.",
	.mend = "Push it to a branch of its own, have that approved, then: git policy land <branch> --into <target>.",
	.scope = SCOPE_LANDING,
	.flags = RULE_BARS,
	.severity = SEVERITY_ENFORCE,
	.keys = keys,
	.key_count = 1,
	.judge = judge,
};
