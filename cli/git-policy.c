/* git-policy: the command line: reads the options and hands the rest to one subcommand. */
#include "command.h"

#include <errno.h>
#include <getopt.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Keep alphabetized. */
const struct command *const commands[] = {
	&command_approve,
	&command_audit,
	&command_check,
	&command_check_message,
	&command_debt,
	&command_deploy,
	&command_doctor,
	&command_explain,
	&command_grant,
	&command_help,
	&command_hook,
	&command_init,
	&command_install,
	&command_land,
	&command_notes,
	&command_prune,
	&command_reject,
	&command_report,
	&command_rules,
	&command_status,
	&command_test,
	&command_triggers,
	&command_uninstall,
	&command_version,
	NULL,
};

int command_end(struct policy_run *run, enum policy_exit verdict)
{
	return guard_end(run, verdict, verdict == POLICY_ACCEPTED ? STDOUT_FILENO : STDERR_FILENO);
}

int command_refuse(const char *hint, const char *format, ...)
{
	va_list arguments;

	guard_print(STDERR_FILENO, "error: git-policy: ");
	va_start(arguments, format);
	vdprintf(STDERR_FILENO, format, arguments);
	va_end(arguments);
	guard_print(STDERR_FILENO, "\n");
	if (hint)
		dprintf(STDERR_FILENO, "hint: %s\n", hint);
	return POLICY_UNDECIDED;
}

static int refuse_command(const char *words, const char *name)
{
	command_refuse(NULL, "%s%s", words, name);
	guard_print(STDERR_FILENO, "hint: the commands are");
	for (const struct command *const *command = commands; *command; command++)
		dprintf(STDERR_FILENO, " %s", (*command)->name);
	guard_print(STDERR_FILENO, "\n");
	return POLICY_UNDECIDED;
}

static int refuse_call(const char *before, const char *words, const struct command *command)
{
	command_refuse("it is called as", "%s%s%s", before, words, command->name);
	command_describe(STDERR_FILENO, command);
	return POLICY_UNDECIDED;
}

const struct command *command_find(const char *name)
{
	for (const struct command *const *command = commands; *command; command++)
		if (!strcmp((*command)->name, name))
			return *command;
	return NULL;
}

static int run_command(const struct command *command, unsigned seen, const struct call *call)
{
	int operands = call->operand_count;

	if (seen & ~command->options)
		return refuse_call(option_name(seen & ~command->options), " is not for ", command);
	if (command->needs & ~seen)
		return refuse_call(option_name(command->needs & ~seen), " is missing for ", command);
	if (operands < command->least || operands > command->most)
		return refuse_call("", "too few or too many arguments for ", command);
	if (!command->runs_git)
		guard_start();
	if (call->directory && chdir(call->directory))
		return command_refuse(NULL, "-C %s: %s", call->directory, strerror(errno));
	return command->run(call);
}

int main(int argc, char **argv)
{
	struct call call = {0};
	unsigned seen = 0;

	const struct command *passing = argc > 1 ? command_find(argv[1]) : NULL;

	if (passing && passing->passes_on) {
		call.operands = argv + 2;
		call.operand_count = argc - 2;
		return passing->run(&call);
	}
	if (!options_read(argc, argv, &call, &seen))
		return POLICY_UNDECIDED;
	if (call.version)
		return command_version.run(&call);
	if (optind == argc)
		return call.help ? command_help.run(&call) : refuse_command("which command?", "");
	const struct command *command = command_find(argv[optind]);

	if (!command)
		return refuse_command("no such command: ", argv[optind]);
	if (call.help) {
		command_describe(STDOUT_FILENO, command);
		return POLICY_ACCEPTED;
	}
	call.operands = argv + optind + 1;
	call.operand_count = argc - optind - 1;
	return run_command(command, seen, &call);
}
