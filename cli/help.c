/* help: lists the subcommands and how each is called. */
#include "command.h"

#include <stdio.h>
#include <unistd.h>

void command_describe(int fd, const struct command *command)
{
	dprintf(fd, "usage: git-policy %s%s", command->name,
		command->options & ~command->needs ? " [<option>...]" : "");
	options_needed(fd, command->needs);
	dprintf(fd, "%s%s\n\n%s\n\n", *command->operands ? " " : "", command->operands, command->help);
	options_describe(fd, command->options);
}

void command_list(int fd)
{
	guard_print(fd, "usage: git-policy <command> [<option>...] [<argument>...]\n\n");
	for (const struct command *const *command = commands; *command; command++)
		dprintf(fd, "  %-15s%s\n", (*command)->name, (*command)->help);
	guard_print(fd, "\ngit policy help <command> shows how one is called; git help policy opens the manual\n"
			"exit status: 0 accepted, 1 rejected, 2 undecided, 129 not called like that\n");
}

static int help(const struct call *call)
{
	const char *name = call->operands[0];
	const struct command *command = name ? command_find(name) : NULL;

	if (name && !command)
		return command_refuse_name(name);
	if (command)
		command_describe(STDOUT_FILENO, command);
	else
		command_list(STDOUT_FILENO);
	return POLICY_ACCEPTED;
}

const struct command command_help = {
	.name = "help",
	.operands = "[<command>]",
	.help = "Show how every command, or one, is called",
	.most = 1,
	.run = help,
};
