/* help: lists the subcommands and how each is called. */
#include "command.h"

#include <stdio.h>
#include <unistd.h>

void command_describe(int fd, const struct command *command)
{
	dprintf(fd, "  git-policy %s", command->name);
	options_describe(fd, command->options, command->needs);
	dprintf(fd, "%s%s", *command->operands ? " " : "", command->operands);
	dprintf(fd, "\n        %s\n", command->help);
}

static int help(const struct call *call)
{
	(void)call;
	guard_print(STDOUT_FILENO, "usage:\n");
	for (const struct command *const *command = commands; *command; command++)
		command_describe(STDOUT_FILENO, *command);
	guard_print(STDOUT_FILENO, "\nexit status: 0 accepted, 1 rejected, 2 undecided\n");
	return POLICY_ACCEPTED;
}

const struct command command_help = {
	.name = "help",
	.operands = "",
	.help = "Show this",
	.run = help,
};
