/* account_parts: what the files of the account share; nobody else includes this. */
#ifndef POLICY_ACCOUNT_PARTS_H
#define POLICY_ACCOUNT_PARTS_H

#include "account.h"
#include "accountfile.h"

struct late;

/** The account of one ref, newest line first, as the updates followed one another. */
struct chain {
	struct arena *arena;
	struct bytes ref;
	struct accountfile file;
	struct late *late;   /**< updates' own lines, whose earlier ones were not met yet */
	const char *problem; /**< why a line is UNKNOWN: a sentence */
};

struct chain chain_start(struct arena *arena, struct bytes ref, struct accountfile file);
enum answer chain_next(struct chain *chain, struct account_line *ret_line);
/** Hands the lines to `each` until it wants no more: YES, or UNKNOWN. */
enum answer chain_read(struct chain *chain, bool (*each)(void *context, const struct account_line *line),
		       void *context);

/** Whether they tell of the same values. */
bool account_same(const struct account_line *a, const struct account_line *b);
/** The file of a ref's account. */
struct bytes account_path(struct arena *arena, struct bytes git_dir, struct bytes ref);

/** In the newest so many lines of an account the reflog has to agree before it is said to know no more. */
#define ACCOUNT_AGREE 8u

/** What the reflog knows of a ref and its account does not. */
struct missed {
	struct bytes git_dir;
	struct bytes ref;
	struct account_line head[ACCOUNT_AGREE]; /**< the account's newest lines, newest first: their values only */
	size_t head_count;
	struct accountfile file;    /**< the account, as far as it went */
	struct account_line *lines; /**< newest first: those that it misses, and some of the reflog's before them */
	size_t line_count;
	size_t room;
	size_t count; /**< so many it misses */
	bool reflog;  /**< there is one */
};

/** YES, or UNKNOWN with a sentence. */
enum answer missed_find(struct arena *arena, struct bytes git_dir, struct bytes ref, struct missed *ret_missed,
			const char **ret_problem);

#endif
