/* deploy: asks for a commit to be deployed: an annotated tag of it, whose message says why, at the ref of the stage. */
#include "send.h"

#include <string.h>

static int send_deploy(struct git *git)
{
	char **operands = git->call->operands;
	const char *commit = git_remote(git) ? git_commit(git, operands[1]) : NULL, *stage = operands[0];

	if (!commit)
		return POLICY_UNDECIDED;
	struct letter letter = {
		.ref = git_ref(git,
			       strncmp(stage, "refs/", strlen("refs/")) ? git_text(git, "deploy/%s", stage) : stage),
		.object = commit,
		.title = git->call->reason,
		.done = git_text(git, "asked for: %s at %s", stage, git_short(git, commit)),
	};

	return send_letter(git, &letter);
}

static int deploy(const struct call *call)
{
	struct git git = {.call = call};
	int code = send_deploy(&git);

	git_end(&git);
	return code;
}

const struct command command_deploy = {
	.name = "deploy",
	.operands = "<environment>/<stage> [<commit>]",
	.help = "Ask for a commit (HEAD) to be deployed, and say why",
	.options = OPTION_REPOSITORY | OPTION_REASON | OPTION_SIGN | OPTION_REMOTE,
	.needs = OPTION_REASON,
	.least = 1,
	.most = 2,
	.runs_git = true,
	.run = deploy,
};
