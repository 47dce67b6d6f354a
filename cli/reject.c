/* reject: records that a commit needs changes before it may land on a branch. */
#include "send.h"

static int reject(const struct call *call)
{
	return send_opinion(call, "reject", "asked for changes of");
}

const struct command command_reject = {
	.name = "reject",
	.operands = "[<commit>]",
	.help = "Ask for changes before a commit (HEAD) lands on a branch",
	.options = OPTION_REPOSITORY | OPTION_FOR | OPTION_MESSAGE | OPTION_SIGN | OPTION_AS | OPTION_REMOTE,
	.needs = OPTION_FOR | OPTION_MESSAGE,
	.most = 1,
	.runs_git = true,
	.run = reject,
};
