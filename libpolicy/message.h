/* message: a commit message by the grammar of Conventional Commits 1.0.0, in one linear pass. */
#ifndef POLICY_MESSAGE_H
#define POLICY_MESSAGE_H

#include "bytes.h"

/** A place where the message breaks the specification, or nearly does. */
struct message_problem {
	const char *text;    /**< static sentence: what is the matter */
	unsigned item;	     /**< numbered item of the specification, 0 for none */
	unsigned line;	     /**< 1-based */
	unsigned column;     /**< 1-based character */
	struct bytes source; /**< the line */
	bool warning;	     /**< the specification allows it, but it is hardly what the author meant */
};

/** Problems kept of a message: this many errors, and as many warnings. */
#define MESSAGE_PROBLEMS_MAX 50u

/** A footer: token and value, which may go on over several lines. */
struct footer {
	struct bytes token;
	struct bytes value;
	unsigned line;
};

/** The footers not read yet, one after the other: copy the message's and call footer_next() on the copy. */
struct footers {
	struct bytes rest;
	unsigned line; /**< of the first byte of `rest` */
};

struct message {
	struct bytes text;   /**< the whole message */
	struct bytes header; /**< its first line, without LF and CR */
	bool conventional;   /**< the header has a type, ": " and a description: the fields below hold */
	struct bytes type;
	struct bytes scope;		  /**< empty: none */
	struct bytes subject;		  /**< the description; of a message that is not conventional, the header */
	unsigned subject_column;	  /**< 1-based character at which it starts in the header */
	bool breaking;			  /**< "!" or a BREAKING CHANGE footer */
	struct bytes rest;		  /**< everything after the first line */
	struct footers footers;		  /**< everything from the first footer on; empty: none */
	struct message_problem *problems; /**< in the order they were met */
	size_t problem_count;
};

/** Parses `text` (borrowed; any bytes). Linear in its length. Never fails: what is wrong is in `problems`. */
void message_parse(struct arena *arena, struct bytes text, struct message *ret_message);

/** Cuts the next footer off; false at the end. Reading all of them is linear. */
bool footer_next(struct footers *footers, struct footer *ret_footer);

/** The line cut at its LF, with one CR before it dropped too; false at the end. Message lines are counted by this. */
bool message_line(struct bytes *rest, struct bytes *ret_line);

#endif
