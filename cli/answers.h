/* answers: what a first policy is to ask for: as the options say, as somebody at a terminal says, or as it looks. */
#ifndef ANSWERS_H
#define ANSWERS_H

#include "survey.h"

enum workflow {
	WORKFLOW_GITFLOW,
	WORKFLOW_TRUNK,
	WORKFLOW_PROMOTION,
};

struct answers {
	enum workflow workflow;
	unsigned approvals;
	const char *checks; /**< as the key lists them; NULL: none */
	bool conventional;
	const char *identity;
};

/** Whether every option that answers a question says one of the answers; when not, COMMAND_USAGE, which was said. */
int answers_check(const struct call *call);
/** Takes each answer from its option, else asks on `fd` if `ask`, else takes what the survey suggests. False when
 * whoever was asked has gone, which was said. */
bool answers_take(struct git *git, const struct survey *survey, bool ask, int fd, struct answers *ret_answers);
/** Says on one line what was answered. */
void answers_tell(const struct answers *answers, int fd);

#endif
