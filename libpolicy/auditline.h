/* auditline: an audit as it is read back: the lines of files, and what one says. */
#ifndef POLICY_AUDITLINE_H
#define POLICY_AUDITLINE_H

#include <stdint.h>

#include "bytes.h"

/** Reading a file from its beginning to its end, or, once more, what was appended since. */
struct auditlines {
	int fd;
	char *room;
	size_t at, len;	      /**< what is in the room and not taken yet */
	unsigned long number; /**< of the line told last, from 1 on */
	bool skipping;	      /**< the rest of a line that is too long is still to come */
	int64_t latest;	      /**< the latest time in it, for who asks */
	unsigned long broken; /**< lines that were told to be wrong */
	const char *problem;  /**< why it cannot be read on; or NULL */
};

/** A reader of `fd`, which stays the caller's. */
struct auditlines auditlines_start(struct arena *arena, int fd);
/**
 * The next line, without its LF, valid until the next call; false at the end and where it cannot be read on. What has
 * no LF yet is no line. Of a line longer than any of ours its beginning is told.
 */
bool auditlines_next(struct auditlines *lines, struct bytes *ret_line);

/** What a line says; texts are empty where it does not. */
struct auditline {
	struct bytes line; /**< as it stands, borrowed */
	int64_t time;
	struct bytes event, type, repository, repository_id, user, ref, old, new, verdict, would;
};
/** Reads a line, in the arena. False when it is none: not one JSON object as we write it, or without time and type. */
bool auditline_parse(struct arena *arena, struct bytes text, struct auditline *ret_line);
/** Appends it as lines for people. */
void auditline_print(const struct auditline *line, struct buffer *out);

#endif
