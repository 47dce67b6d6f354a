/* report_json: findings for machines, one JSON object a line, complete. */
#ifndef POLICY_REPORT_JSON_H
#define POLICY_REPORT_JSON_H

#include "findings.h"

/** "note", "warning", "error" or "undecided". */
const char *report_severity(enum severity severity);

/** Appends a line for every finding, then one with the verdict they come to. */
void report_json(const struct findings *findings, struct buffer *out);

#endif
