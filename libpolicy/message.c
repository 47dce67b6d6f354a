/* message: a commit message by the grammar of Conventional Commits 1.0.0, in one linear pass. */
#include "message.h"

#include "arena.h"
#include "message_parts.h"
#include "utf8.h"

bool message_line(struct bytes *rest, struct bytes *ret_line)
{
	if (!bytes_line(rest, ret_line))
		return false;
	if (ret_line->len && ret_line->data[ret_line->len - 1] == '\r')
		ret_line->len--;
	return true;
}

bool message_blank(struct bytes line)
{
	return !line.len || ((unsigned char)line.data[0] <= ' ' && !bytes_trim(line).len);
}

void message_note(struct message_parser *parser, bool warning, unsigned item, size_t offset, const char *text)
{
	struct message *message = parser->message;
	size_t *kept = warning ? &parser->warnings : &parser->errors;

	if (*kept == MESSAGE_PROBLEMS_MAX)
		return;
	++*kept;
	message->problems = arena_grow(parser->arena, message->problems, &parser->room, message->problem_count + 1,
				       sizeof(*message->problems));
	message->problems[message->problem_count++] = (struct message_problem){
		.text = text,
		.item = item,
		.line = parser->number,
		.column = (unsigned)utf8_length(bytes_first(parser->line, offset)) + 1,
		.source = parser->line,
		.warning = warning,
	};
}

void message_parse(struct arena *arena, struct bytes text, struct message *ret_message)
{
	struct message_parser parser = {.arena = arena, .message = ret_message, .number = 1};

	*ret_message = (struct message){.text = text, .rest = text};
	message_line(&ret_message->rest, &parser.line);
	ret_message->header = parser.line;
	message_header(&parser);
	message_body(&parser);
}
