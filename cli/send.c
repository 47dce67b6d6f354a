/* send: makes a record's tag, and pushes it to the ref that its meaning gives it. */
#include "send.h"

#include <string.h>
#include <unistd.h>

#define NAMES_MAX 64 /* policy_nearest() looks at no more */

/* A run of the library that looks where the server's things are kept here. */
static struct policy_run *run_new(const struct git *git)
{
	struct policy_options options = git->call->options;

	options.remote = git->remote;
	return policy_run_new(&options);
}

/* What the library answers, kept; NULL when it has none, which was said. */
static const char *answer(struct git *git, const struct policy_record *record,
			  enum policy_exit (*ask)(struct policy_run *run, const struct policy_record *record))
{
	struct policy_run *run = run_new(git);
	enum policy_exit verdict = ask(run, record);
	size_t len;
	const char *output = policy_run_output(run, &len), *kept = NULL;

	if (verdict == POLICY_ACCEPTED)
		kept = git_text(git, "%.*s", (int)len, output);
	else
		guard_write(STDERR_FILENO, output, len);
	policy_run_free(run);
	return kept;
}

static const char *message_of(struct git *git, const struct letter *letter)
{
	const char *title = letter->title ? letter->title : "approve", *body = letter->body ? letter->body : "";
	bool sign = git->call->sign && !letter->ref;
	const char *statement = sign ? NULL : "";

	/* What the repository is called there, the server publishes. */
	if (sign && git_fetch(git))
		statement = answer(git, &letter->record, policy_record_statement);
	if (!statement)
		return NULL;
	return git_text(git, "%s\n%s%s%s%s%s", title, *body ? "\n" : "", body, *body ? "\n" : "",
			*statement ? "\n" : "", statement);
}

/* git may exit with 0 though its signer failed. */
static bool is_signed(struct git *git, const char *id)
{
	const char *tag = git_read(git, "cat-file", "tag", id, NULL);

	return tag && strstr(tag, "\n-----BEGIN ");
}

/*
 * An annotated tag as git makes it, with the signing that git is configured for. It needs a ref of its own for as long
 * as that takes.
 */
static const char *tag_of(struct git *git, const struct letter *letter)
{
	const char *name = git_text(git, "git-policy/%ld", (long)getpid()), *message = message_of(git, letter);
	int status;

	if (!message)
		return NULL;
	git_feed(git, message, &status, "tag", git->call->sign ? "--sign" : "--no-sign", "--annotate", "--force",
		 "--cleanup=verbatim", "--file=-", "--", name, letter->object, NULL);
	if (status)
		return NULL;
	const char *id = git_read(git, "rev-parse", "--verify", git_text(git, "refs/tags/%s", name), NULL);

	git_read(git, "tag", "--delete", name, NULL);
	return id && (!git->call->sign || is_signed(git, id)) ? id : NULL;
}

/* Whether the branch has the commit already, which is said. */
static bool remark_landed(struct git *git, const struct policy_record *record)
{
	const char *heads = "refs/heads/", *target = git_tracking(git, record->target);

	if (strncmp(record->target, heads, strlen(heads)) ||
	    !git_read(git, "rev-parse", "--verify", "--quiet", target, NULL) ||
	    !git_read(git, "merge-base", "--is-ancestor", record->commit, target, NULL))
		return false;
	command_say(STDERR_FILENO, "warning: this counts for nothing: %s has %s already", git_name(record->target),
		    git_short(git, record->commit));
	return true;
}

/* Says what the server will not: that the record counts for nothing. Where that cannot be told, nothing is said. */
static void remark(struct git *git, const struct letter *letter, const char *ref)
{
	if (!git_fetch_record(git, ref, letter->record.target))
		return;
	if (letter->record.kind == POLICY_APPROVAL && remark_landed(git, &letter->record))
		return;
	struct policy_run *run = run_new(git);
	enum policy_exit verdict = policy_record_remark(run, &letter->record);
	size_t len;
	const char *output = policy_run_output(run, &len);

	if (verdict == POLICY_ACCEPTED)
		guard_write(STDERR_FILENO, output, len);
	policy_run_free(run);
}

static bool is_clone(const struct git *git)
{
	if (!git->remote)
		command_refuse("run it in a clone of this repository", "records are pushed, and this is the server");
	return git->remote;
}

int send_letter(struct git *git, struct letter *letter)
{
	if (!is_clone(git))
		return POLICY_UNDECIDED;
	const char *ref = letter->ref ? letter->ref : answer(git, &letter->record, policy_record_ref);

	if (!ref)
		return POLICY_UNDECIDED;
	bool tagged = letter->title || git->call->sign;

	if (tagged && !git_identity(git, true))
		return POLICY_UNDECIDED;
	const char *id = tagged ? tag_of(git, letter) : letter->object;

	if (!id)
		return command_refuse(git->call->sign ? "git config gpg.format and user.signingkey say how to sign"
						      : NULL,
				      "cannot make the record");
	/* Our own pre-push would only say before the server does what the server says better. */
	int code = git_reach(
		git, git_text(git, "git remote get-url %s says where it is looked for", git_quote(git, git->remote)),
		"push", "--quiet", "--no-verify", "--no-follow-tags", git->remote, git_text(git, "+%s:%s", id, ref),
		NULL);

	if (code)
		return code;
	command_say(STDOUT_FILENO, "%s", letter->done);
	if (!letter->ref)
		remark(git, letter, ref);
	return POLICY_ACCEPTED;
}

/* Says that a refused record was for a branch that the server does not have, and which may be meant. */
static void hint_target(struct git *git, const char *target)
{
	const char *heads = "refs/heads/", *names[NAMES_MAX + 1] = {NULL};
	const char *list = git_read(git, "ls-remote", "--heads", "--quiet", git->remote, NULL);
	size_t count = 0;

	if (!list || strncmp(target, heads, strlen(heads)))
		return;
	for (const char *at = list; (at = strstr(at, heads)) && count < NAMES_MAX;) {
		names[count] = git_line(git, at += strlen(heads));
		if (!strcmp(names[count++], git_name(target)))
			return;
	}
	const char *near = policy_nearest(git_name(target), names);

	command_say(STDERR_FILENO, "hint: %s has no branch %s%s%s%s", git->remote, git_name(target),
		    near ? "; did you mean " : "", near ? near : "", near ? "?" : "");
}

int send_as_user(struct git *git, struct letter *letter)
{
	if (!is_clone(git))
		return POLICY_UNDECIDED;
	letter->record.name = git->call->user ? git->call->user : git_read(git, "config", "--get", "policy.user", NULL);
	if (!letter->record.name || !*letter->record.name)
		return command_refuse("git config policy.user <name>, or --as <name>",
				      "who you are to the server is not known");
	int code = send_letter(git, letter);

	if (code == POLICY_REJECTED && letter->record.kind == POLICY_APPROVAL)
		hint_target(git, letter->record.target);
	if (code == POLICY_REJECTED && strstr(git->said, "does not speak for"))
		command_say(STDERR_FILENO,
			    "hint: this was in the name of %s; --as <name> or git config policy.user says who you are "
			    "to the server",
			    letter->record.name);
	return code;
}

static int opinion(struct git *git, const char *word, const char *said)
{
	const struct call *call = git->call;
	const char *head = git_remote(git) ? git_commit(git, call->operands[0]) : NULL;

	if (!head)
		return POLICY_UNDECIDED;
	struct letter letter = {
		.record = {.kind = POLICY_APPROVAL, .target = git_ref(git, call->target), .commit = head},
		.object = head,
		.title = word,
		.body = call->message,
		.done = git_text(git, "%s %s for %s", said, git_short(git, head), git_name(call->target)),
	};

	if (!call->message && !strcmp(word, "approve"))
		letter.title = NULL;
	return send_as_user(git, &letter);
}

int send_opinion(const struct call *call, const char *word, const char *said)
{
	struct git git = {.call = call};
	int code = opinion(&git, word, said);

	git_end(&git);
	return code;
}
