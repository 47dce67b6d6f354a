/* git-policy: the command line: reads the options and hands the rest to one subcommand. */
#include "command.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Keep alphabetized. */
const struct command *const commands[] = {
	&command_check, &command_check_message, &command_explain, &command_help, &command_rules, &command_version, NULL,
};

int command_end(struct policy_run *run, enum policy_exit verdict)
{
	return guard_end(run, verdict, verdict == POLICY_ACCEPTED ? STDOUT_FILENO : STDERR_FILENO);
}

static void print_line(const char *words, const char *name)
{
	dprintf(STDERR_FILENO, "error: git-policy: %s%s\n", words, name);
}

static int refuse_command(const char *words, const char *name)
{
	print_line(words, name);
	guard_print(STDERR_FILENO, "hint: the commands are");
	for (const struct command *const *command = commands; *command; command++)
		dprintf(STDERR_FILENO, " %s", (*command)->name);
	guard_print(STDERR_FILENO, "\n");
	return POLICY_UNDECIDED;
}

static int refuse_call(const char *words, const struct command *command)
{
	print_line(words, command->name);
	guard_print(STDERR_FILENO, "hint: it is called as\n");
	command_describe(STDERR_FILENO, command);
	return POLICY_UNDECIDED;
}

/* The first of `options`, as it is typed. */
static const char *option_name(unsigned options)
{
	return options & OPTION_REPOSITORY ? "-C" : options & OPTION_POLICY ? "--policy" : "--json";
}

static int refuse_option(unsigned options, const struct command *command)
{
	char words[64];

	snprintf(words, sizeof(words), "%s is not for ", option_name(options));
	return refuse_call(words, command);
}

static const struct command *find_command(const char *name)
{
	for (const struct command *const *command = commands; *command; command++)
		if (!strcmp((*command)->name, name))
			return *command;
	return NULL;
}

/* Reads the options, wherever they stand, leaving the command and its operands. -1: refused, and said why. */
static int read_options(int argc, char **argv, struct policy_options *options, const char **ret_instead)
{
	static const struct option known[] = {
		{"help", no_argument, NULL, 'h'},
		{"json", no_argument, NULL, 'j'},
		{"policy", required_argument, NULL, 'p'},
		{"version", no_argument, NULL, 'v'},
		{NULL, 0, NULL, 0},
	};
	int seen = 0;

	for (int letter; (letter = getopt_long(argc, argv, "C:h", known, NULL)) != -1;) {
		switch (letter) {
		case 'C':
			options->git_dir = optarg;
			seen |= OPTION_REPOSITORY;
			break;
		case 'p':
			options->file = optarg;
			seen |= OPTION_POLICY;
			break;
		case 'j':
			options->json = true;
			seen |= OPTION_JSON;
			break;
		case 'h':
			*ret_instead = "help";
			break;
		case 'v':
			*ret_instead = "version";
			break;
		default:
			return -1;
		}
	}
	return seen;
}

static int run_command(const char *name, int seen, const struct call *call, int operands)
{
	const struct command *command = find_command(name);

	if (!command)
		return refuse_command("no such command: ", name);
	if ((unsigned)seen & ~command->options)
		return refuse_option((unsigned)seen & ~command->options, command);
	if (operands < command->least || operands > command->most)
		return refuse_call("too few or too many arguments for ", command);
	return command->run(call);
}

int main(int argc, char **argv)
{
	struct call call = {0};
	const char *instead = NULL;

	guard_start();
	int seen = read_options(argc, argv, &call.options, &instead);

	if (seen < 0)
		return POLICY_UNDECIDED;
	if (instead)
		return find_command(instead)->run(&call);
	if (optind == argc)
		return refuse_command("which command?", "");
	call.operands = argv + optind + 1;
	return run_command(argv[optind], seen, &call, argc - optind - 1);
}
