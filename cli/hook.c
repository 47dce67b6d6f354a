/* hook: runs a hook of ours for whoever manages the hooks of a clone. */
#include "command.h"

static int hook(const struct call *call)
{
	(void)call;
	return command_refuse(NULL, "hook is not there yet");
}

const struct command command_hook = {
	.name = "hook",
	.operands = "<name> [<argument>...]",
	.help = "Run one of our hooks, for a tool that manages hooks",
	.passes_on = true,
	.run = hook,
};
