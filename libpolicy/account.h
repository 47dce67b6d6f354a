/* account: the server's own append-only list of the updates that happened, one file a ref (design 4.8). */
#ifndef POLICY_ACCOUNT_H
#define POLICY_ACCOUNT_H

#include <stdint.h>

#include "facts.h"
#include "landing.h"

/** What landed in an update, as the account keeps it. */
struct account_landing {
	enum landing_method method;
	struct oid head;
	struct bytes *sources; /**< branches, full names */
	size_t source_count;
	struct bytes *approvers; /**< names of users */
	size_t approver_count;
};

/** Why an update passed that the rules would have stopped. */
struct account_grant {
	struct bytes user;    /**< whose grant it was; empty: it passed without one */
	struct bytes reason;  /**< its first ACCOUNT_REASON_MAX bytes, whole characters; never empty with a user */
	struct bytes *passed; /**< the rules it let the update pass; none: told before they were kept */
	size_t passed_count;
};
#define ACCOUNT_REASON_MAX 200u

/** One update that really happened. */
struct account_line {
	int64_t time;	   /**< when, by the server's clock */
	struct bytes user; /**< who pushed; empty: unknown */
	struct oid old, new;
	struct bytes event; /**< shared by all updates of one push; one of its own, or none, when it was missed */
	struct account_landing *landings;
	size_t landing_count;
	struct bytes *trunks; /**< creation or rewrite of a branch: the trunks (full names of branches) that had its
				 fork point */
	size_t trunk_count;
	bool rewritten; /**< a branch that was put somewhere else: `trunks` are told, be there none */
	struct account_grant grant;
	bool missed; /**< no run of its own told it: it was taken from the reflog */
	bool late;   /**< of an update that the account had from the reflog before its own run came to tell it */
};

/**
 * Reads what happened to `ref`, newest first, without reading other refs' files; `each` returns false to stop, and what
 * it is handed is valid only during the call unless copied. Updates that the account missed are taken from the reflog:
 * time trusted, user unknown. `git_dir` is the repository. YES when it was read (or stopped), NO when nothing is known
 * about the ref, UNKNOWN with a sentence in *ret_problem when a file cannot be read or is no account.
 */
enum answer account_read(struct arena *arena, struct bytes git_dir, struct bytes ref,
			 bool (*each)(void *context, const struct account_line *line), void *context,
			 const char **ret_problem);

/**
 * Appends `line` (NULL: nothing of its own), an update of `ref` that has happened, unless it is there already; before
 * it, oldest first, those that the account missed, by the reflog. A move that nobody tells of but that must have been,
 * since one value followed another, gets the time of the next. `prepare` (may be NULL) is called for each of these
 * lines before any is written, with `line` last: it may fill in what is not known of those missed, and where it returns
 * false for one, none is written. Whole lines are written at once under a lock; a torn one that a crash of the machine
 * left behind is cut off first. False with a sentence, or with NULL in *ret_problem when it was `prepare` that failed.
 */
bool account_write(struct arena *arena, struct bytes git_dir, struct bytes ref, const struct account_line *line,
		   bool (*prepare)(void *context, struct bytes ref, struct account_line *line), void *context,
		   const char **ret_problem);

/** The oldest move that the reflog of `ref` has: its values and its time. NO: there is none; UNKNOWN with a sentence.
 */
enum answer account_born(struct arena *arena, struct bytes git_dir, struct bytes ref, struct account_line *ret_line,
			 const char **ret_problem);

/** The refs that have an account, by name, whether they are still there or not (arena). YES, or UNKNOWN with a sentence
 * in *ret_problem. */
enum answer account_refs(struct arena *arena, struct bytes git_dir, const struct bytes **ret_refs, size_t *ret_count,
			 const char **ret_problem);

/**
 * policy/account/installed: when the policy was installed, and the repository's own name in signed records: 32 random
 * hex digits. NO when there is no such file; UNKNOWN is told as ACCOUNT_UNINSTALLED.
 */
#define ACCOUNT_UNINSTALLED                                                                                            \
	"policy/account/installed cannot be read, or is damaged: the admin restores it from a backup, or removes it "  \
	"and runs install/install to begin another"
enum answer account_installed(struct arena *arena, struct bytes git_dir, int64_t *ret_time,
			      struct bytes *ret_repository);

#endif
