/* environment: the few variables a run reads, and nothing else of what the caller's shell may hold. */
#ifndef POLICY_ENVIRONMENT_H
#define POLICY_ENVIRONMENT_H

#include "bytes.h"

/** A variable's value (borrowed from the environment), empty when unset. */
struct bytes environment_get(const char *name);
/**
 * Whether the pusher or the caller asked for JSON: `git push -o policy.format=json` (githooks(5),
 * GIT_PUSH_OPTION_COUNT) or GIT_POLICY_FORMAT=json.
 */
bool environment_json(void);
/** How the pusher reached the server, as far as the variables tell: "ssh", "http", "git" or "local". */
struct bytes environment_transport(void);

#endif
