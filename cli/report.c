/* report: records what a check said of a commit. */
#include "send.h"

static int send_report(struct git *git)
{
	char **operands = git->call->operands;
	const char *commit = git_remote(git) ? git_commit(git, operands[2]) : NULL;

	if (!commit)
		return POLICY_UNDECIDED;
	struct letter letter = {
		.record = {.kind = POLICY_CHECK, .commit = commit, .name = operands[0], .result = operands[1]},
		.object = commit,
		.title = operands[1],
		.body = git->call->message,
		.done = git_text(git, "%s is %s for %s", operands[0], operands[1], git_short(git, commit)),
	};

	return send_letter(git, &letter);
}

static int report(const struct call *call)
{
	struct git git = {.call = call};
	int code = send_report(&git);

	git_end(&git);
	return code;
}

const struct command command_report = {
	.name = "report",
	.operands = "<check> pass|fail|<number> [<commit>]",
	.help = "Record what a check said of a commit (HEAD)",
	.options = OPTION_REPOSITORY | OPTION_MESSAGE | OPTION_REMOTE,
	.least = 2,
	.most = 3,
	.runs_git = true,
	.run = report,
};
