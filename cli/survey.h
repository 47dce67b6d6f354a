/* survey: what a repository looks like, as far as a first policy goes by it. */
#ifndef SURVEY_H
#define SURVEY_H

#include "crew.h"
#include "git.h"
#include "naming.h"
#include "style.h"

/** How branches came to the trunk. */
enum landed {
	LANDED_UNKNOWN, /**< too little to tell, or both ways */
	LANDED_MERGED,
	LANDED_LINEAR,
};

struct survey {
	bool bare, empty;   /**< empty: the server has no branch, as far as is known here */
	const char *folder; /**< the git directory */
	const char *remote; /**< whose branches they are; NULL: the repository's own */
	const char *tip;    /**< the commit that its history was read from; NULL: there is none */
	struct naming naming;
	struct style style;
	struct crew crew;
	const struct person *caller; /**< whose configuration it is; NULL: nobody's in particular */
	bool lately;		     /**< the crew is that of the last year */
	enum landed landed;
	const char *owners;   /**< the path of CODEOWNERS; NULL: none */
	const char *ci;	      /**< a file that a CI server reads; NULL: none */
	bool guarded;	      /**< the server publishes a policy already */
	const char *identity; /**< the variable that this server likely sets */
};

/** Looks at the repository; what is found is kept by `git`. False when there is none,
 * or no such remote, which was said. */
bool survey_take(struct git *git, struct survey *ret_survey);
/** Says in a few lines what was seen. */
void survey_tell(const struct survey *survey, int fd);

#endif
