/* containerline: the instructions of a Dockerfile, each as one line: continued lines joined, comments and the bodies of
 * heredocs left out. */
#ifndef POLICY_CONTAINERLINE_H
#define POLICY_CONTAINERLINE_H

#include "bytes.h"

/** One instruction. */
struct containerline {
	struct bytes text; /**< all of it, in the arena or borrowed */
	struct bytes word; /**< what it begins with: "FROM", in any case */
	struct bytes rest; /**< what follows, trimmed */
	unsigned line;	   /**< 1-based: where it begins */
};

/** A file being read. */
struct containerlines {
	struct arena *arena;
	struct bytes rest;
	unsigned line;	     /**< lines taken */
	char escape;	     /**< backslash, or backtick */
	struct bytes syntax; /**< what the directive of that name says; empty: nothing */
	bool unended;	     /**< a heredoc does not end: what it holds cannot be told from what follows */
};

/** Begins to read `text` (borrowed): the directives at its top. */
struct containerlines containerlines_open(struct arena *arena, struct bytes text);
/** Cuts off the next instruction; false when nothing is left, or `unended`. */
bool containerlines_next(struct containerlines *lines, struct containerline *ret_line);
/** Cuts the first word off `*rest`, up to a blank outside quotes, which are kept; false when there is none. */
bool containerline_word(char escape, struct bytes *rest, struct bytes *ret_word);

#endif
