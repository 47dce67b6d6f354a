/* explain: prints what the policy asks of one ref, each value with where it comes from. */
#include "command.h"

static int explain(const struct call *call)
{
	struct policy_run *run = guard_run(&call->options);

	return command_end(run, policy_explain(run, call->operands[0]));
}

const struct command command_explain = {
	.name = "explain",
	.operands = "<ref>",
	.help = "Show what holds for a ref, and which policy line says so",
	.options = OPTION_REPOSITORY | OPTION_POLICY,
	.least = 1,
	.most = 1,
	.run = explain,
};
