/* report: findings rendered for people and for machines, and the verdict they come to. */
#ifndef POLICY_REPORT_H
#define POLICY_REPORT_H

#include "findings.h"

#define REPORT_LINES_MAX 100u

enum report_format {
	REPORT_TEXT,
	REPORT_JSON,
};

/**
 * Appends `b` with everything a terminal or log could act on as \xNN: controls, invalid UTF-8, bidirectional and
 * zero-width characters. At most `max` bytes are appended (SIZE_MAX: no bound); what is cut ends in "...".
 */
void escape_add(struct buffer *out, struct bytes b, size_t max);

/** Renders all findings: text by ref in order of first appearance, at most REPORT_LINES_MAX lines; JSON complete. */
void report_render(const struct findings *findings, enum report_format format, struct buffer *out);

#endif
