/* maker: whether who made a commit is somebody the policy knows, or the pusher; for author and committer alike. */
#include "maker.h"

const char *const maker_words[] = {[MAKER_KNOWN] = "known", [MAKER_PUSHER] = "pusher", NULL};

static bool has_email(const struct user *user, struct bytes email)
{
	for (size_t i = 0; i < user->email_count; i++)
		if (bytes_equal_fold(user->emails[i], email))
			return true;
	return false;
}

static void refuse(const struct rule_case *c, const struct ident *ident, const struct user *pusher,
		   struct findings *findings)
{
	struct finding *finding;

	if (c->setting->number == MAKER_KNOWN) {
		finding = case_add(c, findings, "the %s, %.*s <%.*s>, is nobody the policy knows", c->rule->name,
				   BYTES_ARG(ident->name), BYTES_ARG(ident->email));
		finding_wanted(findings, finding, "an address of one of the policy's users");
	} else if (!pusher) {
		finding = case_add(c, findings, "nobody knows who pushes this, so the %s cannot be the pusher",
				   c->rule->name);
	} else {
		finding = case_add(c, findings, "the %s, %.*s <%.*s>, is not %.*s, who pushes it", c->rule->name,
				   BYTES_ARG(ident->name), BYTES_ARG(ident->email), BYTES_ARG(pusher->name));
		finding_wanted(findings, finding, "an address of %.*s", BYTES_ARG(pusher->name));
	}
	finding_fix(findings, finding,
		    "git config user.email <address>, then git commit --amend --no-edit --reset-author");
}

bool maker_judge(const struct rule_case *c, const struct ident *ident, struct findings *findings)
{
	bool known = c->setting->number == MAKER_KNOWN;
	const struct user *pusher = facts_user(c->facts);

	if (facts_on_client(c->facts) && (!known || !ident->email.len)) {
		struct finding *note = case_add(c, findings, "the server decides about the %s", c->rule->name);

		note->severity = SEVERITY_NOTE;
		return true;
	}
	if (known ? !facts_email(c->facts, ident->email) : !pusher || !has_email(pusher, ident->email))
		refuse(c, ident, pusher, findings);
	return true;
}
