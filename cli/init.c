/* init: writes a first policy for a repository from what is in it. */
#include "command.h"

static int init(const struct call *call)
{
	(void)call;
	return command_refuse(NULL, "init is not there yet");
}

const struct command command_init = {
	.name = "init",
	.operands = "",
	.help = "Write a first policy, from what the repository looks like",
	.run = init,
};
