/* report_text: one finding as lines for people. */
#ifndef POLICY_REPORT_TEXT_H
#define POLICY_REPORT_TEXT_H

#include "findings.h"
#include "map.h"

/** The word a line about it starts with, which git's client colours: "error:", "warning:" or "note:". */
const char *report_prefix(enum severity severity, bool evaluated);
/**
 * Appends the finding: what is the matter, the source line with its caret, and those hints that are not yet in `told`,
 * which learns them. A finding without a ref stands for itself, any other below a heading.
 */
void report_finding(struct buffer *out, const struct finding *finding, struct map *told);

#endif
