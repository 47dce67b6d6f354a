/* command: what a subcommand is and how it is called. */
#ifndef COMMAND_H
#define COMMAND_H

#include "guard.h"

/** Options a subcommand takes besides its operands. */
enum command_option {
	OPTION_REPOSITORY = 1 << 0, /**< -C <dir> */
	OPTION_POLICY = 1 << 1,	    /**< --policy <file> */
	OPTION_JSON = 1 << 2,	    /**< --json */
};

/** A command line, read. */
struct call {
	struct policy_options options;
	char **operands; /**< NULL-ended */
};

struct command {
	const char *name;
	const char *operands; /**< as usage shows them */
	const char *help;     /**< one line */
	unsigned options;
	int least, most; /**< how many operands */
	int (*run)(const struct call *call);
};

extern const struct command command_check;
extern const struct command command_check_message;
extern const struct command command_explain;
extern const struct command command_help;
extern const struct command command_rules;
extern const struct command command_version;

/** Every subcommand, in alphabetical order, ended by NULL. */
extern const struct command *const commands[];

/** Writes how `command` is called and what it does. */
void command_describe(int fd, const struct command *command);
/** guard_end() for an answer: to standard output; when there is none, the reason to standard error. */
int command_end(struct policy_run *run, enum policy_exit verdict);

#endif
