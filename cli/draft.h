/* draft: the text of a first policy, and of who is who in it. */
#ifndef DRAFT_H
#define DRAFT_H

#include "answers.h"

/** Two files; their text is freed by draft_free(). */
struct draft {
	char *policy, *people;
	unsigned reviewers; /**< persons who may approve */
	bool invented;	    /**< some of the people are placeholders */
};

/** Writes both; false without memory. What the workflow needs and is not there yet is added to survey->naming. */
bool draft_write(struct git *git, struct survey *survey, const struct answers *answers, struct draft *ret_draft);
void draft_free(struct draft *draft);

#endif
