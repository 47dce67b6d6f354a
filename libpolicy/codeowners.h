/* codeowners: a CODEOWNERS file as GitHub reads it: whose approval a change of a path needs. */
#ifndef POLICY_CODEOWNERS_H
#define POLICY_CODEOWNERS_H

#include "bytes.h"

/** GitHub does not load a larger file. */
#define CODEOWNERS_MAX ((size_t)3 << 20)

/** A line that says something: a pattern and its owners. */
struct codeowners_line {
	unsigned number;     /**< 1-based */
	struct bytes text;   /**< the whole line, trimmed */
	struct bytes owners; /**< "@dan @org/web mail@example.org"; empty: its paths are nobody's, on purpose */
	const char *problem; /**< why it cannot be read, a sentence; NULL: it can */
};

struct codeowners;

/**
 * Reads `text` (borrowed; any bytes) in one pass and never fails: what cannot be read is kept as a line with a problem.
 *
 * A pattern is one of pathtree.h: as in gitignore(5), without "!", "[ ]" and "\#". What stands after "#" after a blank
 * is a comment.
 */
struct codeowners *codeowners_parse(struct arena *arena, struct bytes text);
/**
 * The line that decides about `path` ("src/a.c", "lib/" for a submodule): the last one that matches, or a later one
 * that cannot be read, since nobody can tell which paths it was meant for; NULL: none.
 */
const struct codeowners_line *codeowners_find(struct codeowners *codeowners, struct bytes path);
/** The lines in the order of the file. */
const struct codeowners_line *codeowners_lines(const struct codeowners *codeowners, size_t *ret_count);

#endif
