/* draftpeople: who is who in a first policy. */
#ifndef DRAFTPEOPLE_H
#define DRAFTPEOPLE_H

#include "draft.h"
#include "template.h"

extern const struct template draft_people;

/** Writes people.ini: the crew, in the groups that the answers need. */
void draftpeople_write(struct git *git, const struct survey *survey, const struct answers *answers, FILE *out,
		       struct draft *draft);

#endif
