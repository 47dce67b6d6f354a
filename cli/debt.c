/* debt: what branches still owe, and which grants were used, on the server. */
#include "command.h"

static int debt(const struct call *call)
{
	struct policy_run *run = guard_run(&call->options);

	return command_end(call, run, policy_debt(run));
}

const struct command command_debt = {
	.name = "debt",
	.operands = "",
	.help = "List, on the server, what branches still owe and every grant that was used",
	.options = OPTION_REPOSITORY | OPTION_JSON,
	.run = debt,
};
