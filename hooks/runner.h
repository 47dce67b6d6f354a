/* runner: the programs that triggers run, started so that no push waits for them. */
#ifndef RUNNER_H
#define RUNNER_H

#include "guard.h"

/** Tells a trigger all that waits for it, one event after the other; `wait`: also where another process is at it. What
 * there is to say goes to descriptor `fd`, -1: nowhere. The worst that came of one. */
enum policy_exit runner_work(const char *trigger, const struct policy_options *options, bool wait, int fd);
/**
 * Starts a process for every trigger that waits for something, as `run` knows, and does not wait for it: it has none of
 * our descriptors, a session of its own, and the `limits` that were there before guard_start().
 */
void runner_start(const struct policy_run *run, const struct guard_limits *limits);

#endif
