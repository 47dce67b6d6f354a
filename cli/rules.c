/* rules: prints every rule with its keys. */
#include "command.h"

static int rules(const struct call *call)
{
	struct policy_run *run = guard_run(&call->options);

	return command_end(run, policy_rules(run));
}

const struct command command_rules = {
	.name = "rules",
	.operands = "",
	.help = "List every rule with its policy keys",
	.run = rules,
};
