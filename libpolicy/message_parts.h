/* message_parts: what the two halves of the message parser, header and body, share; private to message*.c. */
#ifndef POLICY_MESSAGE_PARTS_H
#define POLICY_MESSAGE_PARTS_H

#include "message.h"

/** One run of the parser: the message being filled in, and the line it is at. */
struct message_parser {
	struct arena *arena;
	struct message *message;
	struct bytes line;
	unsigned number; /* of that line, from 1 */
	size_t room;	 /* for problems */
	size_t errors, warnings;
};

/** Notes a problem at byte `offset` of the current line; beyond MESSAGE_PROBLEMS_MAX of its kind it is dropped. */
void message_note(struct message_parser *parser, bool warning, unsigned item, size_t offset, const char *text);

/** Parses the current line as the header and fills in what the message says about it. */
void message_header(struct message_parser *parser);
/** Parses everything after the header. */
void message_body(struct message_parser *parser);

/** Whether there is nothing but blanks in it. */
bool message_blank(struct bytes line);

#endif
