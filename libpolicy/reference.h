/* reference: what a policy may say: every rule and every key, as the table has them. */
#ifndef POLICY_REFERENCE_H
#define POLICY_REFERENCE_H

#include "model.h"
#include "rule.h"

/** How rules and keys are written down. */
struct reference_style {
	/** `rule` is NULL for what belongs to no rule. With `whole` everything there is to know of it. */
	void (*rule)(struct buffer *out, const struct rule *rule, bool whole);
	void (*key)(struct buffer *out, const struct key *key, const struct rule *rule, bool whole);
};
extern const struct reference_style reference_text, reference_json;

/**
 * Appends every rule with its keys, then the keys that belong to none; or, unless `name` is empty, the whole of the
 * rules and keys called so. False when there are none; the name that was probably meant is in *ret_near then, or it is
 * empty.
 */
bool reference_add(struct buffer *out, const struct reference_style *style, struct bytes name, struct bytes *ret_near);

/** What a value of the key looks like. */
struct bytes reference_form(struct arena *arena, const struct key *key);
/** What a finding of the rule does unless [severity] says otherwise: "enforce". */
const char *reference_severity(const struct rule *rule);
/** What the rule is asked about: "update", "landing", "commit", "content". */
const char *reference_scope(const struct rule *rule);
/** The heading of docs/policy.md under which more is said of a rule, or of a key that may belong to one. */
const char *reference_heading(const struct rule *rule, const struct key *key);

#endif
