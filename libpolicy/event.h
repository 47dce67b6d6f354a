/* event: the id of a push, the same in every hook that one receive-pack starts. */
#ifndef POLICY_EVENT_H
#define POLICY_EVENT_H

#include "bytes.h"

/**
 * 16 hex digits (arena): of the receive-pack that this process was started by, however indirectly, which is told from
 * every other by boot, process id and start time; random ones where none is found. Empty when not even those are to be
 * had.
 */
struct bytes event_of_push(struct arena *arena);
/** 16 random hex digits, for what no push of ours did. Empty when they are not to be had. */
struct bytes event_new(struct arena *arena);

#endif
