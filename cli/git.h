/* git: running git as whoever called would, and keeping what it says. */
#ifndef GIT_H
#define GIT_H

#include "command.h"

#define GIT_VARIABLES_MAX 16

/** Text that is kept until the command ends. */
struct text;

/** What a command that runs git holds on to until it ends: {.call = call}; freed by git_end(). */
struct git {
	const struct call *call;
	const char *remote;			  /**< where the server is; NULL: this bare repository is it */
	const char *variables[GIT_VARIABLES_MAX]; /**< "NAME=value": set for git besides our own environment */
	size_t variable_count;			  /**< cut back to what it was, it unsets the later ones */
	bool quiet;				  /**< what git complains of is not shown */
	const char *said;			  /**< what git_reach() last showed; NULL: nothing yet */
	struct text *texts;
};

void git_end(struct git *git);

/** printf into text that is kept. Without memory the program ends, undecided. */
const char *git_text(struct git *git, const char *format, ...) __attribute__((format(printf, 2, 3)));
/** `word` for a command that is shown: quoted where a shell would make something of it. */
const char *git_quote(struct git *git, const char *word);

/** Sets a variable for git. */
void git_set(struct git *git, const char *variable);

/**
 * Runs git with these arguments, ended by NULL, on our own standard streams. Its exit status; 127 and more when it
 * could not be run to its end.
 */
int git_run(struct git *git, const char *argument, ...) __attribute__((sentinel));
/**
 * Runs `git fetch …` or `git push …` with the server, and then shows what it said. An exit code: undecided when the
 * server could not be asked, which is said in a line, with what to do about it; rejected when it refused.
 */
int git_reach(struct git *git, const char *hint, const char *argument, ...) __attribute__((sentinel));
/** What git complains of, in English, when it is run so. */
const char *git_complaint(struct git *git, const char *argument, ...) __attribute__((sentinel));
/** git_run(), keeping what it writes, without final newlines; NULL unless it exits with 0. */
const char *git_read(struct git *git, const char *argument, ...) __attribute__((sentinel));
/** The same with `input` as its standard input; its exit status in *ret_status, what it wrote whatever that is. */
const char *git_feed(struct git *git, const char *input, int *ret_status, const char *argument, ...)
	__attribute__((sentinel));

/** Whether git knows who commits here; when not, that is said if it is `needed`. */
bool git_identity(struct git *git, bool needed);

/** Whether there is a repository to work in; when not, that was said. */
bool git_repository(struct git *git);
/**
 * Where the server is: --remote, else the remote of the branch, else "origin"; in a bare repository without --remote
 * the repository itself. False when there is no such remote, which was said.
 */
bool git_remote(struct git *git);
/** Fetches what the server has, records and policy with it, unless --offline or this is the server; false when that
 * failed, which was said. */
bool git_fetch(struct git *git);
/** Fetches what tells whether a record counts: the policy, the records beside `ref`, the branches for `target` (may be
 * NULL). False when that failed. */
bool git_fetch_record(struct git *git, const char *ref, const char *target);
/** The full ref that a name stands for: a deploy's for "deploy/production/live", else a branch's. */
const char *git_ref(struct git *git, const char *name);
/** The inverse: a branch by its own name, a deploy without refs/. */
const char *git_name(const char *ref);
/** Where a branch of the server (full ref) is kept in this repository. */
const char *git_tracking(struct git *git, const char *ref);
/** The server's branch that a name stands for, also where git keeps it here ("origin/x"); or the name itself. */
const char *git_there(struct git *git, const char *name);
/** The id of the commit `name` (NULL: HEAD), a branch of the server too; NULL when there is none, which was said. */
const char *git_commit(struct git *git, const char *name);
/** The same for a value of a ref: zeros, for a name of zeros, where there is none before or after. */
const char *git_value(struct git *git, const char *name);
/** The first line of `text`. */
const char *git_line(struct git *git, const char *text);
/** The first seven digits of an id. */
const char *git_short(struct git *git, const char *id);

#endif
