/* install: puts the hooks and a policy into repositories, and takes them out, by the installer's scripts. */
#include "command.h"

static int install(const struct call *call)
{
	(void)call;
	return command_refuse(NULL, "install is not there yet");
}

const struct command command_install = {
	.name = "install",
	.operands = "[<option>...] <repository>...",
	.help = "Put the hooks and a policy into repositories, or the hooks of a client into a clone",
	.passes_on = true,
	.run = install,
};

const struct command command_uninstall = {
	.name = "uninstall",
	.operands = "[<option>...] <repository>...",
	.help = "Take the hooks out again",
	.passes_on = true,
	.run = install,
};
