/* check-message: judges a finished commit message from a file or standard input. */
#include "command.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

static int check_message(const struct call *call)
{
	const char *file = call->operands[0];
	int fd = !file || !strcmp(file, "-") ? STDIN_FILENO : open(file, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return command_refuse(NULL, "cannot open %s: %s", file, strerror(errno));
	struct policy_run *run = guard_run(&call->options);

	return guard_end(run, policy_judge_text(run, fd), command_stream(call, false));
}

const struct command command_check_message = {
	.name = "check-message",
	.operands = "[<file>|-]",
	.help = "Judge a finished commit message as the server will",
	.options = OPTION_REPOSITORY | OPTION_POLICY | OPTION_JSON,
	.most = 1,
	.run = check_message,
};
