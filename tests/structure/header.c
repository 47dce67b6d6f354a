/* header: policy.h alone, under the strictest flags: it compiles when nothing else has been included. */
#include "policy.h"

/* A translation unit must not be empty. */
extern const struct policy_options header_options;
const struct policy_options header_options = {0};
