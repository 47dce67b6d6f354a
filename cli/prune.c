/* prune: deletes records that can count for nothing any more, on the server. */
#include "command.h"

static int prune(const struct call *call)
{
	struct policy_run *run = guard_run(&call->options);

	return command_end(call, run, policy_prune(run, call->dry_run));
}

const struct command command_prune = {
	.name = "prune",
	.operands = "",
	.help = "Delete, on the server, records of commits that are gone and grants that are over",
	.options = OPTION_REPOSITORY | OPTION_JSON | OPTION_DRY_RUN,
	.run = prune,
};
