/* explain: what a policy asks of one ref, value by value, each with where it came from. */
#ifndef POLICY_EXPLAIN_H
#define POLICY_EXPLAIN_H

#include "model.h"

struct explain_style;
extern const struct explain_style explain_text, explain_json;

/** Appends the effective value of every key that may bear on `ref` in each layer, with file:line or "default". */
void explain_ref(const struct layers *layers, struct bytes ref, const struct explain_style *style, struct buffer *out);

#endif
