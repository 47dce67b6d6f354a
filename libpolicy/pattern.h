/* pattern: the headings of a policy: ref patterns with *, ** and templates, matched in bounded time. */
#ifndef POLICY_PATTERN_H
#define POLICY_PATTERN_H

#include "bytes.h"

struct pattern;

/**
 * Compiles "feature/{slug}", "release/v{semver}", "notes/" and two stars. `*` stops at "/", `**` does not; {slug} is
 * [a-z0-9]+(-[a-z0-9]+)*, {semver} X.Y.Z without leading zeros, {number} digits without leading zero, {user} a user's
 * name (compared with `user` when matching). Anything else is literal. NULL with a sentence in *ret_problem and the
 * offset of the fault: an unknown template, "***", an empty pattern, what can never be a ref name.
 */
struct pattern *pattern_compile(struct arena *arena, struct bytes text, const char **ret_problem, size_t *ret_offset);
/** Whether the whole of `name` matches. `user` fills {user}; empty: {user} matches one path component. Time O(name *
 * pattern). */
bool pattern_match(const struct pattern *pattern, struct bytes name, struct bytes user);
/** Without wildcards and templates. */
bool pattern_literal(const struct pattern *pattern);
/** The literal bytes every match begins with. */
struct bytes pattern_prefix(const struct pattern *pattern);
/** Its part up to the last "/": the folder every match is in. */
struct bytes pattern_folder(const struct pattern *pattern);
struct bytes pattern_text(const struct pattern *pattern);
/**
 * What {semver} stands for in `name` (borrowed), where a version can be told from all that matches: the pattern has one
 * {semver}, and nothing else that varies. False for any other pattern, and when `name` does not match.
 */
bool pattern_version(const struct pattern *pattern, struct bytes name, struct bytes *ret_version);
/** Whether it is such a pattern. */
bool pattern_versioned(const struct pattern *pattern);
/** Whether everything `later` matches `earlier` matches too, as far as that can be told cheaply; false when unsure. */
bool pattern_covers(const struct pattern *earlier, const struct pattern *later);

#endif
