/* opening: when a ref may move, by the window and the freeze of its section together. */
#ifndef POLICY_OPENING_H
#define POLICY_OPENING_H

#include "rule.h"
#include "window.h"

/** What one of the two rules asks of, and what it says of an update at another time. */
struct opening {
	const struct window *window;
	bool open;	     /**< the update has to be in it; else outside */
	const char *problem; /**< "is in a freeze" */
};

/** Judges an update by the clock: the finding says when the ref may move. Always told. */
bool opening_judge(const struct rule_case *c, const struct opening *opening, struct findings *findings);

#endif
