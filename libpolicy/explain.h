/* explain: what a policy asks of one ref, value by value, each with where it came from. */
#ifndef POLICY_EXPLAIN_H
#define POLICY_EXPLAIN_H

#include "model.h"

/** Appends the effective value of every key that may bear on `ref` in each layer, with file:line or "default". */
void explain_ref(const struct layers *layers, struct bytes ref, struct buffer *out);
/** Appends every rule: name, help, keys with their kinds and where they may stand. */
void explain_rules(struct buffer *out);

#endif
