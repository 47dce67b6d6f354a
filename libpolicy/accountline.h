/* accountline: one line of an account, and one of a reflog, as text. */
#ifndef POLICY_ACCOUNTLINE_H
#define POLICY_ACCOUNTLINE_H

#include "account.h"

/** Adds the line of `ref`, with its LF. */
void accountline_print(struct buffer *out, struct bytes ref, const struct account_line *line);
/** The line of `ref` that `text` is, in the arena and borrowing from `text`; false when it is none. */
bool accountline_parse(struct arena *arena, struct bytes ref, struct bytes text, struct account_line *ret_line);
/** The same for a line of git's reflog: its time and both values. */
bool accountline_parse_reflog(struct bytes text, struct account_line *ret_line);

#endif
