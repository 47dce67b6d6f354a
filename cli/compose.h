/* compose: what a commit that stands for a whole branch says, and whose it is. */
#ifndef COMPOSE_H
#define COMPOSE_H

#include "make.h"

/** One commit by git-log(1)'s `format`, dates as git keeps them; NULL when that fails. */
const char *compose_shown(struct git *git, const char *format, const char *id);
/**
 * The message of a squash: that of the branch's one commit; of several, the oldest one's subject, the subjects of the
 * others as a list, and everybody's trailers.
 */
const char *compose_message(struct git *git, const struct landing *landing);
/** The last commit of the branch when all are by one author, whose the squash is then; else NULL. */
const char *compose_author(struct git *git, const struct landing *landing);

#endif
