/* check: validates a policy file, or the policies in force for the repository. */
#include "command.h"

#include <stddef.h>

static int check(const struct call *call)
{
	struct policy_options options = call->options;

	options.file = call->operands[0];
	if (!command_file(&command_check, options.file))
		return POLICY_UNDECIDED;
	struct policy_run *run = guard_run(&options);

	return command_end(call, run, policy_check(run));
}

const struct command command_check = {
	.name = "check",
	.operands = "[<file>]",
	.help = "Validate a policy file, or the policies in force here",
	.options = OPTION_REPOSITORY | OPTION_JSON,
	.most = 1,
	.run = check,
};
