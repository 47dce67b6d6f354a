/* test: what would happen if this were pushed. */
#include "command.h"

static int test(const struct call *call)
{
	(void)call;
	return command_refuse(NULL, "test is not there yet");
}

const struct command command_test = {
	.name = "test",
	.operands = "<refspec>...",
	.help = "Judge a push without making it",
	.run = test,
};
