/* authorize: the line of authorized_keys that makes a key a user's, by the script of that name. */
#include <limits.h>

#include "command.h"
#include "scripts.h"

static int authorize(const struct call *call)
{
	return script_run("authorize", call->operands);
}

const struct command command_authorize = {
	.name = "authorize",
	.operands = "[--serve <program>] [--file <authorized_keys>] [--remove] <name>",
	.help = "Make a key on standard input a user's way to the server, for git alone",
	.most = INT_MAX,
	.passes_on = true,
	.run = authorize,
};
