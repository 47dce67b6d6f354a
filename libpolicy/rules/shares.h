/* shares: the changed paths, each put to those who own it by a CODEOWNERS file. */
#ifndef POLICY_SHARES_H
#define POLICY_SHARES_H

#include "rule.h"

#include "codeowners.h"
#include "counted.h"

/** A few of many things: the first ones by name, all of them counted. */
struct some {
	struct bytes items[3];
	size_t count;
};

/** "a, b, c and 4 more" */
struct bytes some_list(const struct some *some, const char *joint, struct arena *arena);

/** What the owners of some paths say. */
enum word {
	WORD_UNREADABLE, /**< nobody can tell what the line wants */
	WORD_UNKNOWN,	 /**< they are nobody the policy knows */
	WORD_AWAITED,
	WORD_APPROVED,
};

/** Changed paths with the same owners, or that one line blocks. */
struct share {
	struct share *next;
	const struct codeowners_line *line; /**< of the first path */
	enum word word;
	struct some paths;
	struct some owners;	      /**< whom the policy knows */
	const struct user *rejecting; /**< an owner who asks for changes; NULL: none */
};

/** What is to be shared out. */
struct shares {
	const struct facts *facts;
	struct arena *arena;
	struct codeowners *codeowners;
	const struct counted *counted; /**< who approves, and who asks for changes */
	struct bytes file;	       /**< where CODEOWNERS is */
	struct codeowners_line anyone; /**< all owners there are: they share CODEOWNERS itself where it is nobody's */
};

/**
 * Shares the paths out, in the order of the first path of each. Paths that are nobody's, on purpose or not, are in no
 * share.
 */
const struct share *shares_of(const struct shares *shares, const struct bytes *paths, size_t count);

/** Whether the policy knows one of the owners in a list as CODEOWNERS has it. */
bool shares_known(const struct facts *facts, struct bytes owners);

#endif
