/* iniline: one line of a policy file, checked byte by byte before inih sees it. */
#ifndef POLICY_INILINE_H
#define POLICY_INILINE_H

#include "findings.h"

/** The line in hand, and where its faults go. */
struct iniline {
	struct bytes file;
	struct findings *errors;
	size_t faults;
	unsigned number;
	struct bytes source; /**< without its line end */
	bool ascii;	     /**< it is known to be */
};

/** The 1-based character at byte `offset`. */
unsigned iniline_column(const struct iniline *line, size_t offset);
/** Reports a fault `offset` bytes into the line; `fix` is static. Always false. */
bool iniline_fault(struct iniline *line, size_t offset, const char *fix, const char *format, ...)
	__attribute__((format(printf, 4, 5)));
/** Whether it is short enough, UTF-8, and shows all that it holds; a fault otherwise. */
bool iniline_readable(struct iniline *line);
/** Whether nothing in it would begin a comment for inih; a fault otherwise. */
bool iniline_uncut(struct iniline *line);

#endif
