/* version: prints which release this is. */
#include "command.h"

#include <unistd.h>

static int version(const struct call *call)
{
	guard_print(STDOUT_FILENO,
		    call->options.json ? "{\"type\":\"version\",\"version\":\"" POLICY_VERSION "\"}\n" : GUARD_VERSION);
	return POLICY_ACCEPTED;
}

const struct command command_version = {
	.name = "version",
	.operands = "",
	.help = "Show which release this is",
	.options = OPTION_JSON,
	.run = version,
};
