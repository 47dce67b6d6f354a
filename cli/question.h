/* question: may this land there? What `status` asks, and `land` before it pushes. */
#ifndef QUESTION_H
#define QUESTION_H

#include "make.h"

/** Whether the target is a stage of a deploy: nothing lands there, it is asked for. */
bool question_is_deploy(struct git *git, const char *target);
/** Finds the remote and fetches. False when that fails, which was said. */
bool question_begin(struct git *git);
/**
 * Writes what every rule says of landing `head` of `branch` on `target`, or of deploying it there, by a commit that it
 * makes; fills in the rest of *landing. An exit code; 0 with the commit in *ret_new, or with NULL: there is nothing to
 * land. Whatever it returns, make_end() is called in the end.
 */
int question_put(struct git *git, struct landing *landing, const char **ret_new);
/** Writes what is wrong with the commits that the target would get with `new`. An exit code. */
int question_commits(struct git *git, const struct landing *landing, const char *new);

#endif
