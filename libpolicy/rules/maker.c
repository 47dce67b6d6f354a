/* maker: whether who made a commit is somebody the policy knows, or the pusher; for author and committer alike. */
#include "maker.h"

#include "quote.h"

#include "reword.h"

const char *const maker_words[] = {[MAKER_KNOWN] = "known", [MAKER_PUSHER] = "pusher", NULL};

static bool has_email(const struct user *user, struct bytes email)
{
	for (size_t i = 0; i < user->email_count; i++)
		if (bytes_equal_fold(user->emails[i], email))
			return true;
	return false;
}

/* "ann@example.com ann@home.example", or that there is none. */
static struct bytes emails_of(const struct user *user, struct arena *arena)
{
	struct buffer list = {.arena = arena};

	for (size_t i = 0; i < user->email_count; i++)
		buffer_printf(&list, "%s%.*s", i ? " " : "", BYTES_ARG(user->emails[i]));
	return list.len ? buffer_bytes(&list) : BYTES("none is listed");
}

/* Another user's work is that user's to push; only a mistaken identity is to be mended. */
static void advise(const struct rule_case *c, const struct ident *ident, const struct user *pusher,
		   struct findings *findings, struct finding *finding)
{
	const struct user *owner = facts_email(c->facts, ident->email);
	bool author = ident == &c->commit->author;
	const char *amend = author ? "git commit --amend --no-edit --reset-author" : "git commit --amend --no-edit";
	struct bytes email = pusher && pusher->email_count ? pusher->emails[0] : BYTES("<address>");

	if (owner)
		finding_fix(findings, finding, "let %.*s push it", BYTES_ARG(owner->name));
	else if (oid_is_zero(&c->commit->id))
		finding_fix(findings, finding, "git config user.email %s, and commit again",
			    quote_word(findings->arena, email));
	else if (reword_is_tip(c))
		finding_fix(findings, finding, "git config user.email %s && %s", quote_word(findings->arena, email),
			    amend);
	else
		finding_fix(findings, finding,
			    "git config user.email %s && git rebase -i %.*s, mark %s \"edit\", then %s && "
			    "git rebase --continue",
			    quote_word(findings->arena, email), BYTES_ARG(reword_base(c, findings->arena)),
			    oid_abbrev(&c->commit->id).text, amend);
}

static void refuse(const struct rule_case *c, const struct ident *ident, const struct user *pusher,
		   struct findings *findings)
{
	struct finding *finding;

	if (c->setting->number == MAKER_PUSHER && !pusher) {
		finding = case_add(c, findings, "nobody knows who pushes this, so the %s cannot be the pusher",
				   c->rule->name);
		finding_fix(findings, finding, "push as a user of the policy");
		return;
	}
	if (c->setting->number == MAKER_KNOWN)
		finding = case_add(c, findings, "the %s, %.*s <%.*s>, is nobody the policy knows", c->rule->name,
				   BYTES_ARG(ident->name), BYTES_ARG(ident->email));
	else
		finding = case_add(c, findings, "the %s, %.*s <%.*s>, is not %.*s, who pushes it", c->rule->name,
				   BYTES_ARG(ident->name), BYTES_ARG(ident->email), BYTES_ARG(pusher->name));
	if (pusher)
		finding_wanted(findings, finding, "%s%.*s: %.*s",
			       c->setting->number == MAKER_KNOWN ? "an address of a user of the policy; of "
								 : "an address of ",
			       BYTES_ARG(pusher->name), BYTES_ARG(emails_of(pusher, findings->arena)));
	else
		finding_wanted(findings, finding, "an address of a user of the policy");
	advise(c, ident, pusher, findings, finding);
}

/* What is being made may have nobody yet; who will push it is told of what is made, once. */
bool maker_judge(const struct rule_case *c, const struct ident *ident, struct findings *findings)
{
	bool known = c->setting->number == MAKER_KNOWN, made = !oid_is_zero(&c->commit->id);
	const struct user *pusher = facts_user(c->facts);

	if (!made && !ident->email.len)
		return true;
	if (!known && facts_user_open(c->facts)) {
		if (made && reword_is_tip(c))
			finding_open(case_add(c, findings, "only the server knows whether the %s is who pushes",
					      c->rule->name));
		return true;
	}
	if (known ? !facts_email(c->facts, ident->email) : !pusher || !has_email(pusher, ident->email))
		refuse(c, ident, pusher, findings);
	return true;
}
