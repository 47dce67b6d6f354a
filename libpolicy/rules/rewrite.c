/* rewrite: a ref gains history; it never loses any, nor is it joined to an unrelated one, unless somebody grants it. */
#include "account.h"
#include "quote.h"
#include "rule.h"

enum { ALLOW, DENY, GRANT, GRANT_EARLIER };

static const char *const words[] = {"allow", "deny", "grant", "grant earlier-tip", NULL};
static const char *const ref_words[] = {"allow", "deny", NULL};

/* What would mend it: the way of history or, where a second person may let it pass, their leave. */
static void add_fix(const struct rule_case *c, struct finding *finding, const char *otherwise,
		    struct findings *findings)
{
	const struct setting *grant = case_setting(c, "grant");

	finding->firm = c->setting->number == DENY;
	if (finding->firm || !grant)
		finding_fix(findings, finding, "%s", otherwise);
	else
		finding_fix(findings, finding,
			    "one of %.*s runs: git policy grant %s %s %s --reason '...' --expires 1h",
			    BYTES_ARG(grant->clauses[0].text), quote_word(findings->arena, c->update->name),
			    oid_abbrev(&c->update->old).text, oid_abbrev(&c->update->new).text);
}

static enum answer judge_root(const struct rule_case *c, struct findings *findings)
{
	struct oid root;
	enum answer answer = facts_new_root(c->facts, c->update, &root);

	if (answer != ANSWER_YES)
		return answer;
	struct finding *finding = case_add(c, findings, "brings in an unrelated history, whose first commit is %s",
					   oid_abbrev(&root).text);

	finding->commit = root;
	finding_wanted(findings, finding, "commits that descend from the history of this branch");
	add_fix(c, finding, "git rebase or cherry-pick what is needed onto this branch", findings);
	return answer;
}

static bool is_tip(void *context, const struct account_line *line)
{
	struct oid *tip = context;

	if (!oid_equal(&line->old, tip) && !oid_equal(&line->new, tip))
		return true;
	*tip = (struct oid){0};
	return false;
}

/* No grant makes a tip of what never was one. */
static enum answer judge_tip(const struct rule_case *c, struct findings *findings)
{
	struct oid tip = c->update->new;

	if (c->setting->number != GRANT_EARLIER)
		return ANSWER_NO;
	if (facts_cloned(c->facts)) {
		finding_open(case_add(c, findings, "only the server knows whether %s was ever the tip of this branch",
				      oid_abbrev(&tip).text));
		return ANSWER_NO;
	}
	if (facts_account(c->facts, c->update->ref, is_tip, &tip) == ANSWER_UNKNOWN)
		return ANSWER_UNKNOWN;
	if (oid_is_zero(&tip))
		return ANSWER_NO;
	struct finding *finding = case_add(c, findings, "%s was never the tip of this branch", oid_abbrev(&tip).text);

	finding->firm = true;
	finding_wanted(findings, finding, "an earlier tip, by the server's account");
	finding_fix(findings, finding, "go back to a commit that this branch was at");
	return ANSWER_YES;
}

static enum answer judge_loss(const struct rule_case *c, struct findings *findings)
{
	struct oid_hex old = oid_abbrev(&c->update->old);
	struct finding *finding = case_add(c, findings, "%s does not contain %s: the move would drop commits",
					   oid_abbrev(&c->update->new).text, old.text);

	finding_wanted(findings, finding, "a commit that descends from %s", old.text);
	add_fix(c, finding, "git fetch, then git rebase or git merge, and push without --force", findings);
	return ANSWER_YES;
}

/* Whether something was found. */
static enum answer judge_move(const struct rule_case *c, struct findings *findings)
{
	enum answer answer = facts_forward(c->facts, c->update);

	if (answer == ANSWER_UNKNOWN)
		return answer;
	answer = answer == ANSWER_YES ? judge_root(c, findings) : judge_loss(c, findings);
	return answer == ANSWER_YES ? judge_tip(c, findings) : answer;
}

static bool judge(const struct rule_case *c, struct findings *findings)
{
	if (c->update->kind != UPDATE_MOVE || c->setting->number == ALLOW || judge_move(c, findings) != ANSWER_UNKNOWN)
		return true;
	if (c->setting->number == GRANT)
		return false;
	/* What could not be told may be what no grant lets pass. */
	struct finding *finding = case_add(c, findings, "%s", facts_reason(c->facts));

	finding->severity = SEVERITY_UNDECIDED;
	finding->firm = true;
	return true;
}

static bool check_grant(struct setting *setting, struct findings *errors)
{
	if (!bytes_equal(setting->words[0], BYTES("anyone")))
		return true;
	setting_error(errors, setting, 0, "a grant is somebody's in particular; list users and @groups");
	return false;
}

static const struct key keys[] = {
	{
		.name = "rewrite",
		.sections = SECTION_BRANCH,
		.kind = KEY_WORD,
		.words = words,
		.help = "deny: the branch only moves to descendants of its tip, and no unrelated history is joined; "
			"grant: unless one of `grant` lets exactly that move pass; earlier-tip: and only back to what "
			"the branch was at before, by the account.",
		.example = "grant earlier-tip",
	},
	{
		.name = "rewrite",
		.sections = SECTION_REF,
		.kind = KEY_WORD,
		.words = ref_words,
		.help = "deny: the ref only moves to descendants of its tip, and no unrelated history is joined.",
		.example = "deny",
	},
	{
		.name = "grant",
		.sections = SECTION_BRANCH,
		.kind = KEY_WHO,
		.check = check_grant,
		.help = "Who may let another's move pass the rules about how a branch moves: exactly that move, once, "
			"with a reason, for a time.",
		.example = "@admins",
		.unset = "nobody",
	},
};

const struct rule rule_rewrite = {
	.name = "rewrite",
	.help = "Refuses a move that drops commits (a \"force push\"), or that joins an unrelated history.",
	.mend = "Add to the branch in place of replacing what is there: git pull --rebase, or git revert <commit>. "
		"Where the section has a grant, one of those it lists may let exactly this move pass: git policy "
		"grant.",
	.scope = SCOPE_UPDATE,
	.flags = RULE_FLOW,
	.severity = SEVERITY_ENFORCE,
	.keys = keys,
	.key_count = sizeof(keys) / sizeof(*keys),
	.judge = judge,
};
