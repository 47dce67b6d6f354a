/* happened: what a trigger is told of an update, as JSON. */
#ifndef POLICY_HAPPENED_H
#define POLICY_HAPPENED_H

#include "account.h"
#include "run.h"

/** One line (arena), with its LF, of the update that `line` tells; `facts` are those from before it. Without the name
 * of the trigger, which happened_to() adds. */
struct bytes happened_print(struct policy_run *run, struct facts *facts, struct bytes ref,
			    const struct account_line *line);
/** The line as that trigger gets to see it (arena). */
struct bytes happened_to(struct arena *arena, struct bytes trigger, struct bytes event);

#endif
