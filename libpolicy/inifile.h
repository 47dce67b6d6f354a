/* inifile: the one door to inih, behind a reader that refuses everything inih would silently bend. */
#ifndef POLICY_INIFILE_H
#define POLICY_INIFILE_H

#include "findings.h"

#define INIFILE_LINE_MAX 190u	/**< bytes in a line, line end aside */
#define INIFILE_HEADING_MAX 48u /**< bytes between [ and ] */
#define INIFILE_SIZE_MAX 1048576u

/** One line of a policy file that says something. Everything borrows from the file's content. */
struct ini_entry {
	struct bytes section; /**< what stands between [ and ], as written: branch "main" */
	struct bytes key;     /**< empty: this is the heading itself, told once for each [..] line */
	struct bytes value;
	bool continued; /**< an indented line: more of the key before */
	struct origin origin;
	struct bytes source; /**< the whole line, as written */
	unsigned column;     /**< 1-based, of the value (or of the heading's text) */
};

/** Told every entry in order; what it finds wrong it adds to the findings it knows. */
typedef void inifile_handler(void *context, const struct ini_entry *entry);

/**
 * Reads `content` of the file that messages call `file`. Every fault is a finding of rule "policy", severity undecided,
 * with origin (file, line, text), column and, in `fix`, how to write it instead; reading goes on so that all faults of
 * a file are told. Refused: lines over INIFILE_LINE_MAX (comments too), headings over INIFILE_HEADING_MAX, a `]` inside
 * a heading, text after `]`, a missing `]`, " ;" or tab-";" in a value, NUL, BOM, stray CR, other control characters,
 * invalid UTF-8, an empty key, `:` as separator, a line without "=", an indented line with nothing before it, a key
 * before the first heading, an indented line that looks like a heading or setting, an empty file. CRLF line ends are
 * accepted. Returns false when it added a finding.
 */
bool inifile_read(struct bytes content, struct bytes file, inifile_handler *handler, void *context,
		  struct findings *errors);

#endif
