/* land: brings a branch onto another by a commit that the server will recognise, when nothing is missing. */
#include "question.h"

#include <string.h>
#include <unistd.h>

/* The branch as the server has it: only that can have been approved. */
static const char *head_of(struct git *git, const char *branch)
{
	const char *kept = git_text(git, "%s^{commit}", git_tracking(git, git_ref(git, branch)));
	const char *head = git_read(git, "rev-parse", "--verify", "--quiet", kept, NULL);
	const char *own = git_read(git, "rev-parse", "--verify", "--quiet", git_ref(git, branch), NULL);

	const char *push = git_text(git, "git push %s %s", git_quote(git, git->remote), git_quote(git, branch));

	if (!head)
		command_refuse(own ? push : "git branch --all lists those there are", "%s has no branch %s",
			       git->remote, branch);
	else if (own && strcmp(own, head))
		command_say(STDERR_FILENO, "warning: %s is at %s here and at %s on %s, which lands", branch,
			    git_short(git, own), git_short(git, head), git->remote);
	return head;
}

static int push(struct git *git, const struct landing *landing, const char *new)
{
	const char *branch = landing->branch, *target = landing->target;

	if (git->call->dry_run) {
		command_say(STDOUT_FILENO, "%s would land on %s", branch, target);
		return POLICY_ACCEPTED;
	}
	/* What our own pre-push would say was said. */
	if (git_run(git, "push", "--no-verify", "--no-follow-tags", git->remote,
		    git_text(git, "%s:%s", new, git_ref(git, target)), NULL))
		return POLICY_REJECTED;
	command_say(STDOUT_FILENO, "%s landed on %s: %s", branch, target, git_short(git, new));
	return POLICY_ACCEPTED;
}

static int bring(struct git *git, struct landing *landing)
{
	const char *new;

	if (!question_begin(git))
		return POLICY_UNDECIDED;
	if (!git->remote)
		return command_refuse("run it in a clone of this repository",
				      "what lands is pushed, and this is the server");
	if (question_is_deploy(git, landing->target))
		return command_refuse("git policy deploy asks for one", "a deploy is asked for, nothing lands there");
	landing->branch = git_there(git, landing->branch);
	if (!(landing->head = head_of(git, landing->branch)))
		return POLICY_UNDECIDED;
	int code = question_put(git, landing, &new);

	if (code || !new)
		return code;
	code = question_commits(git, landing, new);
	return code ? code : push(git, landing, new);
}

static int land(const struct call *call)
{
	struct git git = {.call = call};
	struct landing landing = {
		.branch = call->operands[0],
		.target = call->target,
		.brief = call->dry_run,
	};
	int code = bring(&git, &landing);

	make_end(&git, &landing);
	git_end(&git);
	return code;
}

const struct command command_land = {
	.name = "land",
	.operands = "<branch>",
	.help = "Land a branch on another, when nothing is missing",
	.options = OPTION_REPOSITORY | OPTION_POLICY | OPTION_INTO | OPTION_METHOD | OPTION_MESSAGE | OPTION_SIGN |
		   OPTION_REMOTE | OPTION_OFFLINE | OPTION_DRY_RUN,
	.needs = OPTION_INTO,
	.least = 1,
	.most = 1,
	.runs_git = true,
	.run = land,
};
