/* terminal: guard_write() of a client's hook, coloured on a terminal as git colours what a server says. */
#ifndef TERMINAL_H
#define TERMINAL_H

#include "guard.h"

/** When it has judged: colours from here on, if standard error is a terminal and git's configuration wants them. */
void terminal_start(struct policy_run *run);

#endif
