/* containerfile: as whom a container runs, by its Dockerfile, read as BuildKit reads it. */
#ifndef POLICY_CONTAINERFILE_H
#define POLICY_CONTAINERFILE_H

#include "bytes.h"

enum container_verdict {
	CONTAINER_USER,	   /**< as somebody else than root */
	CONTAINER_ROOT,	   /**< as root: USER says so */
	CONTAINER_UNSET,   /**< as whom the base image says: the last stage, and those it is made from, have no USER */
	CONTAINER_UNKNOWN, /**< USER holds a variable whose value the file does not settle */
	CONTAINER_UNREADABLE, /**< `problem` says why */
};

struct container {
	enum container_verdict verdict;
	unsigned line;	     /**< 1-based: of the USER that counts, of the last FROM, of what cannot be read */
	struct bytes source; /**< that instruction, in one line */
	struct bytes user;   /**< whom it comes to, variables replaced; empty: not known */
	const char *problem; /**< UNREADABLE: a sentence about the line */
};

/** Whether a file of that name (the last of its path) is one: Dockerfile; Dockerfile.*, with - or
 * _ as well; *.Dockerfile; and so with Containerfile. */
bool containerfile_named(struct bytes name);
/** Reads any bytes in one pass. `text` is borrowed. */
struct container containerfile_read(struct arena *arena, struct bytes text);

#endif
