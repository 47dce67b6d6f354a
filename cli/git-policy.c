/* git-policy: the command line: reads the options and hands the rest to one subcommand. */
#include "colour.h"
#include "command.h"

#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Keep alphabetized. */
const struct command *const commands[] = {
	&command_approve,	&command_audit,
	&command_authorize,	&command_check,
	&command_check_message, &command_debt,
	&command_deploy,	&command_doctor,
	&command_explain,	&command_grant,
	&command_help,		&command_hook,
	&command_init,		&command_install,
	&command_land,		&command_notes,
	&command_prune,		&command_reject,
	&command_report,	&command_rules,
	&command_status,	&command_test,
	&command_triggers,	&command_uninstall,
	&command_version,	NULL,
};

int command_stream(const struct call *call, bool answered)
{
	return answered || call->options.json ? STDOUT_FILENO : STDERR_FILENO;
}

int command_end(const struct call *call, struct policy_run *run, enum policy_exit verdict)
{
	return guard_end(run, verdict, command_stream(call, verdict == POLICY_ACCEPTED));
}

/* A line at once, as guard_write() wants it. */
__attribute__((format(printf, 3, 0))) static void say(int fd, const char *before, const char *format, va_list arguments)
{
	char *text = NULL, *shown = NULL, *line = NULL;

	if (vasprintf(&text, format, arguments) < 0)
		text = NULL;
	if (text)
		shown = policy_escape(text);
	if (!shown || asprintf(&line, "%s%s\n", before, shown) < 0)
		line = NULL;
	guard_print(fd, line ? line : "error: git-policy: out of memory\n");
	free(line);
	free(shown);
	free(text);
}

void command_say(int fd, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	say(fd, "", format, arguments);
	va_end(arguments);
}

__attribute__((format(printf, 1, 0))) static void complain(const char *format, va_list arguments)
{
	say(STDERR_FILENO, "error: git-policy: ", format, arguments);
}

int command_refuse(const char *hint, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	complain(format, arguments);
	va_end(arguments);
	if (hint)
		command_say(STDERR_FILENO, "hint: %s", hint);
	return POLICY_UNDECIDED;
}

int command_misused(const struct command *command, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	complain(format, arguments);
	va_end(arguments);
	command_describe(STDERR_FILENO, command);
	return COMMAND_USAGE;
}

const struct command *command_find(const char *name)
{
	for (const struct command *const *command = commands; *command; command++)
		if (!strcmp((*command)->name, name))
			return *command;
	return NULL;
}

int command_refuse_name(const char *name)
{
	const char *names[sizeof(commands) / sizeof(*commands)] = {NULL};

	for (size_t i = 0; commands[i]; i++)
		names[i] = commands[i]->name;
	const char *near = policy_nearest(name, names);

	command_refuse("git policy help lists the commands", "'%s' is not a command%s%s%s", name,
		       near ? "; did you mean " : "", near ? near : "", near ? "?" : "");
	return COMMAND_USAGE;
}

static bool has(const char *folder, const char *name)
{
	char path[PATH_MAX];
	int length = snprintf(path, sizeof(path), "%s/%s", folder, name);

	return length > 0 && length < PATH_MAX && !access(path, F_OK);
}

bool command_file(const struct command *command, const char *file)
{
	char hint[PATH_MAX + 64];
	struct stat status;

	if (!file || (!stat(file, &status) && !S_ISDIR(status.st_mode)))
		return true;
	if (stat(file, &status)) {
		command_refuse(NULL, "%s: %s", file, strerror(errno));
		return false;
	}
	snprintf(hint, sizeof(hint), "did you mean git policy %s -C %s?", command->name, file);
	command_refuse(has(file, "HEAD") || has(file, ".git") ? hint : "name the file in it",
		       "%s is a folder, and a policy is a file", file);
	return false;
}

static int run_command(const struct command *command, unsigned seen, const struct call *call)
{
	int operands = call->operand_count;

	if (seen & ~command->options)
		return command_misused(command, "%s is not for %s", option_name(seen & ~command->options),
				       command->name);
	if (command->needs & ~seen)
		return command_misused(command, "%s is missing for %s", option_name(command->needs & ~seen),
				       command->name);
	if (operands < command->least || operands > command->most)
		return command_misused(command, "too %s arguments for %s", operands < command->least ? "few" : "many",
				       command->name);
	if (!command->runs_git)
		guard_start();
	if (call->directory && chdir(call->directory))
		return command_refuse(NULL, "-C %s: %s", call->directory, strerror(errno));
	if (!command_file(command, call->options.file))
		return POLICY_UNDECIDED;
	return command->run(call);
}

/* git's own commands end so when they are asked how they are called. */
static int describe(const struct command *command, const struct call *call)
{
	if (command)
		command_describe(STDOUT_FILENO, command);
	else
		command_list(STDOUT_FILENO);
	return call->usage ? COMMAND_USAGE : POLICY_ACCEPTED;
}

int main(int argc, char **argv)
{
	struct call call = {0};
	unsigned seen = 0;

	colour_start();
	if (!options_read(argc, argv, &call, &seen))
		return COMMAND_USAGE;
	if (call.version)
		return command_version.run(&call);
	const char *name = call.operand_count ? *call.operands : NULL;
	const struct command *command = name ? command_find(name) : NULL;

	if (name && !command)
		return command_refuse_name(name);
	if (call.help || call.usage)
		return describe(command, &call);
	if (!command) {
		command_list(STDERR_FILENO);
		return COMMAND_USAGE;
	}
	call.operands++;
	call.operand_count--;
	return run_command(command, seen, &call);
}
