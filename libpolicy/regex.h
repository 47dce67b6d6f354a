/* regex: the one door to pcre2: bounded in time and memory, three answers. */
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

/**
 * The same for a pattern that is looked for with regex_search(), in bytes of any kind: ^ and $ are at every line, and
 * CR LF ends one as LF does.
 */
struct regex *regex_compile_search(struct arena *arena, struct bytes pattern, const char **ret_problem,
				   size_t *ret_offset);
/**
 * Looks for the leftmost match that begins at `from` or later; what is before it is seen by lookbehinds only. YES with
 * what its first group matched in *ret_found, part of `subject`; without a group, the whole match. The caller bounds
 * what there is to search.
 */
enum regex_answer regex_search(const struct regex *regex, struct bytes subject, size_t from, struct bytes *ret_found);

/** The version of pcre2 that runs. */
const char *regex_library(struct arena *arena);
/** The expression that regex_fold() wants, one for all texts. */
struct regex *regex_anything(struct arena *arena);
/**
 * Takes differences of letter case out of a text, by Unicode's simple mappings. False when that cannot be done: the
 * text is empty or not UTF-8, or the library fails.
 */
bool regex_fold(const struct regex *anything, struct arena *arena, struct bytes *text);

#endif
