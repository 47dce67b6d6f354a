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
	const char *name = call->operand_count ? call->operands[0] : NULL;

	if (name && !command_find(name))
		return command_refuse("git-policy help lists them", "no such command: %s", name);
	guard_print(STDOUT_FILENO, "usage:\n");
	for (const struct command *const *command = commands; *command; command++)
		if (!name || *command == command_find(name))
			command_describe(STDOUT_FILENO, *command);
	guard_print(STDOUT_FILENO, "\nexit status: 0 accepted, 1 rejected, 2 undecided\n");
	return POLICY_ACCEPTED;
}

const struct command command_help = {
	.name = "help",
	.operands = "[<command>]",
	.help = "Show how every command, or one, is called",
	.most = 1,
	.run = help,
};
