/* help: lists the subcommands and how each is called. */
#include "command.h"

#include <stdio.h>
#include <unistd.h>

void command_describe(int fd, const struct command *command)
{
	unsigned options = command->options;

	dprintf(fd, "  git-policy %s%s%s%s%s%s\n        %s\n", command->name,
		options & OPTION_REPOSITORY ? " [-C <dir>]" : "", options & OPTION_POLICY ? " [--policy <file>]" : "",
		options & OPTION_JSON ? " [--json]" : "", *command->operands ? " " : "", command->operands,
		command->help);
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
