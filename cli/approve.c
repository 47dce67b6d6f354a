/* approve: records that a commit may land on a branch, in the name of whoever says so. */
#include "send.h"

static int approve(const struct call *call)
{
	return send_opinion(call, "approve", "approved");
}

const struct command command_approve = {
	.name = "approve",
	.operands = "[<commit>]",
	.help = "Approve that a commit (HEAD) lands on a branch",
	.options = OPTION_REPOSITORY | OPTION_FOR | OPTION_MESSAGE | OPTION_SIGN | OPTION_AS | OPTION_REMOTE,
	.needs = OPTION_FOR,
	.most = 1,
	.runs_git = true,
	.run = approve,
};
