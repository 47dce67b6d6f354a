/* command: what a subcommand is and how it is called. */
#ifndef COMMAND_H
#define COMMAND_H

#include "guard.h"

/** Exit code of a command line that makes no sense: nothing was looked at. As git's. */
#define COMMAND_USAGE 129

/** Options a subcommand takes besides its operands; option.c tells how they are written. */
enum command_option {
	OPTION_REPOSITORY = 1 << 0,
	OPTION_POLICY = 1 << 1,
	OPTION_JSON = 1 << 2,
	OPTION_FOR = 1 << 3,
	OPTION_INTO = 1 << 4,
	OPTION_METHOD = 1 << 5,
	OPTION_MESSAGE = 1 << 6,
	OPTION_REASON = 1 << 7,
	OPTION_EXPIRES = 1 << 8,
	OPTION_SIGN = 1 << 9,
	OPTION_AS = 1 << 10,
	OPTION_REMOTE = 1 << 11,
	OPTION_OFFLINE = 1 << 12,
	OPTION_DRY_RUN = 1 << 13,
	OPTION_PUSH = 1 << 14,
	OPTION_WORKFLOW = 1 << 15,
	OPTION_APPROVALS = 1 << 16,
	OPTION_CHECKS = 1 << 17,
	OPTION_MESSAGES = 1 << 18,
	OPTION_IDENTITY = 1 << 19,
	OPTION_REF = 1 << 20,
	OPTION_USER = 1 << 21,
	OPTION_EVENT = 1 << 22,
	OPTION_VERDICT = 1 << 23,
	OPTION_SINCE = 1 << 24,
	OPTION_UNTIL = 1 << 25,
	OPTION_ENFORCE = 1 << 26,
	OPTION_OUTPUT = 1 << 27,
	OPTION_FORCE = 1 << 28,
	OPTION_YES = 1 << 29,
};

/** What a first policy is to ask for, as far as the command line says. */
struct call_init {
	const char *workflow;
	const char *approvals;
	const char *checks;
	const char *messages;
	const char *identity;
	const char *output; /**< the folder it is written to */
	bool enforce, force, yes;
};

/** A command line, read. What was not given is NULL or false. */
struct call {
	struct policy_options options;
	const char *directory;
	const char *target; /**< --for, --into */
	const char *method; /**< "squash" … */
	const char *message;
	const char *reason;
	const char *expires;
	const char *user; /**< --as */
	const char *remote;
	bool sign, offline, dry_run, push, help, usage, version;
	struct policy_audit_query query;
	struct call_init init;
	char **operands; /**< NULL-ended */
	int operand_count;
};

struct command {
	const char *name;
	const char *operands; /**< as usage shows them */
	const char *help;     /**< one line */
	unsigned options;     /**< those it takes */
	unsigned needs;	      /**< those of them that must be given */
	int least, most;      /**< how many operands */
	/** It runs git, as whoever called would: with their umask, for as long as it takes. Others begin by
	 * guard_start(). */
	bool runs_git;
	/** The words behind its name are all operands, options of another program's among them. */
	bool passes_on;
	int (*run)(const struct call *call);
};

extern const struct command command_approve;
extern const struct command command_audit;
extern const struct command command_authorize;
extern const struct command command_check;
extern const struct command command_check_message;
extern const struct command command_debt;
extern const struct command command_deploy;
extern const struct command command_doctor;
extern const struct command command_explain;
extern const struct command command_grant;
extern const struct command command_help;
extern const struct command command_hook;
extern const struct command command_init;
extern const struct command command_install;
extern const struct command command_land;
extern const struct command command_notes;
extern const struct command command_prune;
extern const struct command command_reject;
extern const struct command command_report;
extern const struct command command_rules;
extern const struct command command_status;
extern const struct command command_test;
extern const struct command command_triggers;
extern const struct command command_uninstall;
extern const struct command command_version;

/** Every subcommand, in alphabetical order, ended by NULL. */
extern const struct command *const commands[];

/**
 * Reads the options, wherever they stand, into *ret_call, and what is none, the command's name first, into its
 * operands, which take the place of `argv`. Behind the name of a command that passes words on all are operands. Which
 * options there were in *ret_seen. False when one is refused, which was said.
 */
bool options_read(int argc, char **argv, struct call *ret_call, unsigned *ret_seen);
/** Writes the options among `needs` as they are typed. */
void options_needed(int fd, unsigned needs);
/** Writes what each of `options` is for, a line each. */
void options_describe(int fd, unsigned options);
/** The first of `options`, as it is typed. */
const char *option_name(unsigned options);

/** The subcommand of that name, or NULL. */
const struct command *command_find(const char *name);
/** Writes how `command` is called and what it does. */
void command_describe(int fd, const struct command *command);
/** Writes which commands there are. */
void command_list(int fd);
/** Where what was found is written: standard output where it is the answer, and always when it is JSON. */
int command_stream(const struct call *call, bool answered);
/** guard_end() for an answer: to standard output; when there is none, the reason to standard error, JSON aside. */
int command_end(const struct call *call, struct policy_run *run, enum policy_exit verdict);
/** Writes a line, in which what a terminal could act on is shown instead. */
void command_say(int fd, const char *format, ...) __attribute__((format(printf, 2, 3)));
/** Says in one line what is wrong with the call of `command`, then how that is called; COMMAND_USAGE. */
int command_misused(const struct command *command, const char *format, ...) __attribute__((format(printf, 2, 3)));
/** Whether `file` (NULL: none was named) may hold the policy that `command` is to go by; when not, that was said. */
bool command_file(const struct command *command, const char *file);
/** Says that no command is called `name`, and which may be meant; COMMAND_USAGE. */
int command_refuse_name(const char *name);
/** Says in one line each what is missing and what to do about it (may be NULL); undecided. */
int command_refuse(const char *hint, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
