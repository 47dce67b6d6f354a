/* rules: prints every rule with its keys, or all there is to know of one. */
#include "command.h"

static int rules(const struct call *call)
{
	struct policy_run *run = guard_run(&call->options);

	return command_end(call, run, policy_rules(run, call->operands[0]));
}

const struct command command_rules = {
	.name = "rules",
	.operands = "[<name>]",
	.help = "List every rule with its policy keys, or say all there is to know of one",
	.options = OPTION_JSON,
	.most = 1,
	.run = rules,
};
