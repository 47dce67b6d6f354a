/* make: makes the commits that land a head, as the server will recognise them, without touching a work tree. */
#ifndef MAKE_H
#define MAKE_H

#include "git.h"

/** What is to land, and how. Ids are full. */
struct landing {
	const char *branch; /**< short name; NULL: none is known */
	const char *target; /**< short name */
	const char *head;   /**< the tip that lands */
	const char *onto;   /**< the target's tip */
	const char *method; /**< "squash" … */
	const char *folder; /**< for what is needed briefly; NULL: not begun */
	bool brief;	    /**< the new commits too are needed briefly, and are in <folder>/objects */
};

/** Makes the folder. False when that fails, which was said. Whatever it returns, make_end() is called in the end. */
bool make_begin(struct git *git, struct landing *landing);
/** Whether a squash or a rebase changes nothing: what it would land is there already, though the head is not. */
bool make_nothing(struct git *git, const struct landing *landing, const char *new);
/** The new tip of the target; NULL when there can be none, which was said. */
const char *make_landing(struct git *git, const struct landing *landing);
void make_end(struct git *git, struct landing *landing);

#endif
