/* draftsketch: which trunks and families the workflow of a first policy has. */
#ifndef DRAFTSKETCH_H
#define DRAFTSKETCH_H

#include "draft.h"

/** What a draft is made of, worked out once. */
struct sketch {
	struct git *git;
	const struct survey *survey;
	const struct answers *answers;
	const char *main, *develop, *staging, *production;
	const char *from;	      /**< where branches start */
	const char *release, *hotfix; /**< headings; NULL: no part of the workflow */
	const char *by;		      /**< how they land: " by merge", or empty */
	bool landing;		      /**< the trunk takes branches only */
	bool open;		      /**< [branch "**"] lets every name in */
};

/** Works it out. What the workflow needs and is not there yet is added to survey->naming. */
void draftsketch_make(struct git *git, struct survey *survey, const struct answers *answers, struct sketch *ret_sketch);

#endif
