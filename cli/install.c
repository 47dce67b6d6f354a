/* install: puts the hooks and a policy into repositories, and takes them out, by the installer's scripts. */
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "scripts.h"

static int install(const struct call *call)
{
	return script_run("install", call->operands);
}

static int uninstall(const struct call *call)
{
	char **words = calloc((size_t)call->operand_count + 2, sizeof(*words)), option[] = "--uninstall";

	if (!words)
		return command_refuse(NULL, "out of memory");
	*words = option;
	memcpy(words + 1, call->operands, (size_t)call->operand_count * sizeof(*words));
	int code = script_run("install", words);

	free(words);
	return code;
}

const struct command command_install = {
	.name = "install",
	.operands = "[<option>...] [<repository>...]",
	.help = "Put the hooks and a policy into repositories, or the hooks of a client into a clone",
	.options = OPTION_REPOSITORY,
	.most = INT_MAX,
	.runs_git = true,
	.passes_on = true,
	.run = install,
};

const struct command command_uninstall = {
	.name = "uninstall",
	.operands = "[<option>...] [<repository>...]",
	.help = "Take the hooks out again",
	.options = OPTION_REPOSITORY,
	.most = INT_MAX,
	.runs_git = true,
	.passes_on = true,
	.run = uninstall,
};
