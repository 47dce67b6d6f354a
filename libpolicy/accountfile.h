/* accountfile: files of lines that only grow: read from their end, block by block, and appended to under a lock. */
#ifndef POLICY_ACCOUNTFILE_H
#define POLICY_ACCOUNTFILE_H

#include <sys/types.h>

#include "facts.h"

/** Reading a file's lines, the last one first. No descriptor is held from one line to the next. */
struct accountfile {
	struct arena *arena;
	const char *path;
	off_t end;  /**< of its last whole line; a torn one behind it is not there for us */
	off_t at;   /**< where in the file `data` begins */
	char *data; /**< from there on, whole lines that were not taken yet, perhaps without the first one's beginning
		     */
	size_t len;
	size_t room;
	bool opened;
	bool folder_absent;  /**< a folder in its place counts as no file */
	const char *problem; /**< why a line is UNKNOWN */
};

/** A cursor behind the last line of `path` (a NUL behind it, borrowed). */
struct accountfile accountfile_start(struct arena *arena, struct bytes path);
/** A cursor where `file` began, whatever was appended since. */
struct accountfile accountfile_again(const struct accountfile *file);
/**
 * The line before, without its LF, valid until the next call. NO: there is none, or no such file. UNKNOWN: it cannot be
 * read, is no regular file, or has a line longer than 16 MiB.
 */
enum answer accountfile_line(struct accountfile *file, struct bytes *ret_line);

/**
 * Appends `text`, whole lines, in one write under a lock, if the last whole line still ends at `end`: what a crash left
 * behind it is cut off. Folders on the way below `root` (a beginning of `path`) are made; modes are those of the folder
 * above. YES; NO when the file has grown since; UNKNOWN with a sentence, and nothing appended.
 */
enum answer accountfile_append(struct arena *arena, struct bytes root, struct bytes path, off_t end, struct bytes text,
			       const char **ret_problem);

#endif
