/* progress: tells somebody once a second that a run goes on. */
#ifndef POLICY_PROGRESS_H
#define POLICY_PROGRESS_H

#include <stdint.h>

#include "policy.h"

/** A run's work so far. All zero: nobody is told. */
struct progress {
	policy_progress *tell;
	void *context;
	int64_t started; /**< see clock_elapsed() */
	int64_t told;
	size_t objects;
};

/** One object more is read. */
void progress_step(struct progress *progress);

#endif
