/* send: records as anyone could push them with plain git: an object, and a ref whose name says whose word it is on
 * what. */
#ifndef SEND_H
#define SEND_H

#include "git.h"

/** A record to send. */
struct letter {
	struct policy_record record; /**< its name is filled in by send_as_user() */
	const char *ref;	     /**< where it goes, when no record says so: a deploy */
	const char *object;	     /**< what its tag points to */
	const char *title;	     /**< the first line of the tag's message; NULL: the record is the object itself */
	const char *body;	     /**< below it; may be NULL */
	const char *done;	     /**< what to say when the server has taken it */
};

/** Pushes the record, in place of an earlier one of the same name. An exit code. */
int send_letter(struct git *git, struct letter *letter);
/** The same for one that bears the name of whoever sends it: --as, else git config policy.user. */
int send_as_user(struct git *git, struct letter *letter);

/** The run of `approve` and `reject`: both say a word on a commit, for a branch. */
int send_opinion(const struct call *call, const char *word, const char *said);

#endif
