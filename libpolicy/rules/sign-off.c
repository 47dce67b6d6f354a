/* sign-off: the author or the committer has signed the commit off. */
#include "reword.h"

/* The address in "Name <address>"; empty when the value is not of that form. */
static struct bytes address_of(struct bytes value)
{
	size_t open = bytes_index(value, '<'), close = bytes_index(value, '>');

	if (!bytes_trim(bytes_first(value, open)).len || open > close || close + 1 != value.len)
		return (struct bytes){0};
	return bytes_first(bytes_from(value, open + 1), close - open - 1);
}

/* A message may have no commit yet, and so nobody to compare with. */
static bool is_maker(const struct rule_case *c, struct bytes address)
{
	struct bytes author = c->commit->author.email, committer = c->commit->committer.email;

	if (!address.len)
		return false;
	if (!author.len && !committer.len && oid_is_zero(&c->commit->id))
		return true;
	return bytes_equal_fold(address, author) || bytes_equal_fold(address, committer);
}

static bool judge(const struct rule_case *c, struct findings *findings)
{
	struct footers footers = c->message->footers;
	struct footer footer, other = {0};

	while (footer_next(&footers, &footer)) {
		if (!bytes_equal_fold(footer.token, BYTES("Signed-off-by")))
			continue;
		if (is_maker(c, address_of(footer.value)))
			return true;
		other = footer;
	}
	struct finding *finding =
		case_add(c, findings, "%s",
			 other.line ? "no sign-off is of the author or the committer" : "the commit is not signed off");

	finding_wanted(findings, finding, "Signed-off-by: %.*s <%.*s>", BYTES_ARG(c->commit->committer.name),
		       BYTES_ARG(c->commit->committer.email));
	if (other.line)
		reword_footer(c, findings, finding, &other);
	if (oid_is_zero(&c->commit->id))
		reword_again(c, findings, finding, "--signoff ");
	else if (reword_is_tip(c))
		finding_fix(findings, finding, "git commit --amend --no-edit --signoff");
	else
		finding_fix(findings, finding, "git rebase --signoff %.*s", BYTES_ARG(reword_base(c, findings->arena)));
	return true;
}

static const char *const words[] = {"required", NULL};

static const struct key keys[] = {
	{
		.name = "sign-off",
		.sections = SECTION_COMMIT,
		.kind = KEY_WORD,
		.words = words,
		.help = "required: a Signed-off-by footer with the author's or the committer's address.",
		.example = "required",
	},
};

const struct rule rule_sign_off = {
	.name = "sign-off",
	.help = "Refuses a commit that neither its author nor its committer has signed off.",
	.mend = "git commit --amend --no-edit --signoff, or for several git rebase --signoff <before them>.",
	.scope = SCOPE_COMMIT,
	.flags = RULE_MESSAGE,
	.severity = SEVERITY_ENFORCE,
	.keys = keys,
	.key_count = 1,
	.judge = judge,
};
