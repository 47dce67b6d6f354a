/* gitmodules: what a .gitmodules file may not say, since whoever clones with submodules does as it says. */
#ifndef POLICY_GITMODULES_H
#define POLICY_GITMODULES_H

#include "bytes.h"

/** What is wrong with a file. */
struct gitmodules_problem {
	const char *text;  /**< the end of a sentence that begins with the line, static */
	struct bytes name; /**< of what is wrong: "url = -x"; empty: the file cannot be read there */
	unsigned line;
};

/**
 * Looks for what git fsck refuses (gitmodulesName, -Url, -Path, -Update, -Parse), and for paths that leave the tree.
 * True when there is nothing of it.
 */
bool gitmodules_check(struct arena *arena, struct bytes text, struct gitmodules_problem *ret_problem);

#endif
