/* message_header: the first line of a message: type, scope, "!", colon, space, description. */
#include "letter.h"
#include "message_parts.h"
#include "utf8.h"

/* Each step below reads on from *at and says what is wrong, at most once. */
static bool fault(struct message_parser *parser, unsigned item, size_t offset, const char *text)
{
	message_note(parser, false, item, offset, text);
	return false;
}

static char byte_at(struct bytes b, size_t at)
{
	return at < b.len ? b.data[at] : '\0';
}

static bool is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Blanks beyond ASCII. */
static bool is_wide_blank(uint32_t point)
{
	return point == 0xA0 || point == 0x1680 || (point >= 0x2000 && point <= 0x200A) || point == 0x202F ||
	       point == 0x205F || point == 0x3000;
}

/* Length of the noun at the start: a letter, then letters, digits, - and _. */
static size_t noun_length(struct bytes b)
{
	size_t at = 0, step;
	uint32_t point;

	while ((step = utf8_next(bytes_from(b, at), &point))) {
		bool inside = at && ((point >= '0' && point <= '9') || point == '-' || point == '_');

		if (!inside && letter_of(point) == LETTER_NOT)
			break;
		at += step;
	}
	return at;
}

/* Offset of the first control, zero-width or bidirectional character; joiners, which emoji and some scripts need, pass.
 */
static size_t unsafe_offset(struct bytes b)
{
	uint32_t point;

	for (size_t at = 0, step; at < b.len; at += step) {
		step = 1;
		if ((b.data[at] >= ' ' && b.data[at] < 0x7F) || b.data[at] == '\t')
			continue;
		step = utf8_next(bytes_from(b, at), &point);
		if (step && utf8_unsafe(point) && point != 0x200C && point != 0x200D)
			return at;
		step += !step;
	}
	return b.len;
}

static bool read_opening(struct message_parser *parser)
{
	struct bytes line = parser->line;

	if (message_blank(line))
		return fault(parser, 1, 0,
			     message_blank(bytes_trim(parser->message->rest))
				     ? "the message is empty"
				     : "the message begins with an empty line; its first line is the header");
	if (bytes_starts(line, BYTES("\xEF\xBB\xBF")))
		return fault(parser, 1, 0, "the message begins with a byte order mark");
	if (is_blank(line.data[0]))
		return fault(parser, 1, 0, "the header begins with a blank");
	return true;
}

static bool read_type(struct message_parser *parser, size_t *at)
{
	struct message *message = parser->message;

	*at = noun_length(parser->line);
	if (!*at)
		return fault(parser, 1, 0, "the header does not begin with a type, which is a word of letters");
	message->type = bytes_first(parser->line, *at);
	return true;
}

static bool read_scope(struct message_parser *parser, size_t *at)
{
	struct bytes line = parser->line;
	size_t start = *at + 1, end = start;

	if (byte_at(line, *at) != '(')
		return true;
	while (end < line.len && line.data[end] != '(' && line.data[end] != ')')
		end++;
	struct bytes scope = bytes_first(bytes_from(line, start), end - start);
	size_t unsafe = unsafe_offset(scope);

	if (end == line.len)
		return fault(parser, 4, *at, "the scope has no closing parenthesis");
	if (line.data[end] == '(')
		return fault(parser, 4, end, "a scope holds no parentheses");
	if (!scope.len)
		return fault(parser, 4, *at, "the scope is empty");
	if (is_blank(scope.data[0]))
		return fault(parser, 4, start, "the scope begins with a blank");
	if (is_blank(line.data[end - 1]))
		return fault(parser, 4, end - 1, "the scope ends with a blank");
	if (unsafe < scope.len)
		return fault(parser, 4, start + unsafe, "the scope holds a control or invisible character");
	parser->message->scope = scope;
	*at = end + 1;
	return true;
}

/* What stands where the colon should: the slip people make most is said in its own words. */
static bool no_colon(struct message_parser *parser, size_t at)
{
	bool scoped = parser->message->scope.len;
	size_t next = at;

	while (is_blank(byte_at(parser->line, next)))
		next++;
	char found = byte_at(parser->line, next);

	if (found == '!')
		return fault(parser, 13, next, "\"!\" must stand directly between the type or scope and the colon");
	if (found == ':')
		return fault(parser, 1, at, "a blank stands before the colon");
	if (found == '(')
		return fault(parser, 4, at,
			     scoped ? "more than one scope; several go into one pair of parentheses"
				    : "a blank stands between the type and the scope");
	if (scoped)
		return fault(parser, 1, at, "no colon follows the scope");
	if (next > at || next == parser->line.len)
		return fault(parser, 1, at, "no colon follows the type");
	return fault(parser, 1, at, "a type holds only letters, digits, \"-\" and \"_\"");
}

static bool read_colon(struct message_parser *parser, size_t *at)
{
	bool breaking = byte_at(parser->line, *at) == '!' && byte_at(parser->line, *at + 1) == ':';

	if (!breaking && byte_at(parser->line, *at) != ':')
		return no_colon(parser, *at);
	parser->message->breaking = breaking;
	*at += breaking ? 2 : 1;
	return true;
}

/* Offset of the first character that can be seen. */
static size_t visible_offset(struct bytes b)
{
	uint32_t point;
	size_t at = 0, step;

	while ((step = utf8_next(bytes_from(b, at), &point))) {
		if (point > ' ' && !is_wide_blank(point) && !utf8_unsafe(point))
			break;
		at += step;
	}
	return at;
}

static bool read_description(struct message_parser *parser, size_t at)
{
	struct bytes rest = bytes_from(parser->line, at), description = bytes_from(rest, 1);
	uint32_t point;

	if (visible_offset(rest) == rest.len)
		return fault(parser, 5, at, "no description follows the colon");
	if (rest.data[0] != ' ')
		return fault(parser, 1, at, "no space follows the colon");
	if (is_blank(description.data[0]) || (utf8_next(description, &point) && is_wide_blank(point)))
		return fault(parser, 5, at + 1, "more than one blank follows the colon");
	parser->message->subject = description;
	parser->message->subject_column = (unsigned)utf8_length(bytes_first(parser->line, at + 1)) + 1;
	return true;
}

void message_header(struct message_parser *parser)
{
	struct message *message = parser->message;
	size_t at;

	message->conventional = read_opening(parser) && read_type(parser, &at) && read_scope(parser, &at) &&
				read_colon(parser, &at) && read_description(parser, at);
	if (!message->conventional) {
		message->type = message->scope = (struct bytes){0};
		message->breaking = false;
		message->subject = parser->line;
		message->subject_column = 1;
		return;
	}
	size_t unsafe = unsafe_offset(parser->line);

	if (unsafe < parser->line.len)
		message_note(parser, true, 0, unsafe, "the header holds a control or invisible character");
}
