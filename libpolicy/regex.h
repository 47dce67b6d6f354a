/* regex: the one door to pcre2: whole match, bounded in time and memory, three answers. */
#ifndef POLICY_REGEX_H
#define POLICY_REGEX_H

#include "bytes.h"

#define REGEX_PATTERN_MAX 4096u
#define REGEX_SUBJECT_MAX 65536u

struct regex;

enum regex_answer {
	REGEX_UNKNOWN, /**< a limit was hit or the library failed: the rule could not be decided */
	REGEX_NO,
	REGEX_YES,
};

/**
 * Compiles a pattern (UTF, dollar at the very end only, no \C) that must match a whole subject. NULL with
 * a static or arena sentence in *ret_problem and the offset in *ret_offset. The compiled code lives in the arena (no
 * free needed).
 */
struct regex *regex_compile(struct arena *arena, struct bytes pattern, const char **ret_problem, size_t *ret_offset);
/**
 * Whether the whole of `subject` matches; a subject over REGEX_SUBJECT_MAX bytes is UNKNOWN. One that is not UTF-8 is
 * NO: good for expressions that must match, so whoever forbids what matches asks for UTF-8 first.
 */
enum regex_answer regex_match(const struct regex *regex, struct bytes subject);

#endif
