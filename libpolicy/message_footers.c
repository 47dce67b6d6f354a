/* message_footers: what follows the header: the blank line, the body, and the footers it ends with. */
#include "message_parts.h"

#define BREAKING "BREAKING CHANGE"

/* How a line speaks of a breaking change. */
enum breaking {
	BREAKING_NOT,
	BREAKING_NEAR,	 /* in another spelling, which the specification does not know */
	BREAKING_BROKEN, /* in its spelling, but without ": " and a description */
	BREAKING_WELL,
};

/* Where the walk over the body is, and what it has seen of the paragraph it is in. */
struct body {
	struct message_parser *parser;
	bool blank;	 /* the line before was empty */
	bool trailers;	 /* the paragraph holds footers that git takes for trailers … */
	bool patient;	 /* … and a line of git's own making, with which it overlooks a few others … */
	unsigned number; /* … and "BREAKING CHANGE: ", which is none to git, in this line; 0: not */
	struct bytes line;
};

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Length of the footer token at the start of the line; 0: none. */
static size_t token_length(struct bytes line)
{
	size_t at = 0;

	if (bytes_starts(line, BYTES(BREAKING)))
		return sizeof(BREAKING) - 1;
	while (at < line.len && (is_letter(line.data[at]) ||
				 (at && ((line.data[at] >= '0' && line.data[at] <= '9') || line.data[at] == '-'))))
		at++;
	return at;
}

static bool is_breaking(struct bytes token)
{
	return bytes_equal(token, BYTES(BREAKING)) || bytes_equal(token, BYTES("BREAKING-CHANGE"));
}

/* Splits "Token: value" or "Token #value"; BREAKING CHANGE takes only the first. */
static bool footer_split(struct bytes line, struct bytes *ret_token, struct bytes *ret_value)
{
	size_t length = token_length(line);
	struct bytes token = bytes_first(line, length), rest = bytes_from(line, length);
	bool colon = bytes_starts(rest, BYTES(": "));

	if (!length || (!colon && !bytes_starts(rest, BYTES(" #"))) || (!colon && is_breaking(token)))
		return false;
	*ret_token = token;
	*ret_value = bytes_from(rest, 2);
	return !message_blank(*ret_value);
}

bool footer_next(struct footers *footers, struct footer *ret_footer)
{
	struct bytes line, token, value, ignored, unread;

	if (!message_line(&footers->rest, &line) || !footer_split(line, &token, &value))
		return false;
	const char *end = line.data + line.len;

	*ret_footer = (struct footer){.token = token, .line = footers->line++};
	unread = footers->rest;
	while (message_line(&unread, &line) && !footer_split(line, &token, &ignored)) {
		end = line.data + line.len;
		footers->rest = unread;
		footers->line++;
	}
	ret_footer->value = bytes_trim((struct bytes){value.data, (size_t)(end - value.data)});
	return true;
}

/* After "breaking change" in any spelling: does the line go on as a footer would? */
static enum breaking breaking_rest(struct bytes line, size_t length)
{
	struct bytes token = bytes_first(line, length), rest = bytes_from(line, length);

	if (is_breaking(token) && (bytes_starts(rest, BYTES(":")) || bytes_starts(rest, BYTES(" #"))))
		return bytes_starts(rest, BYTES(": ")) && !message_blank(bytes_from(rest, 2)) ? BREAKING_WELL
											      : BREAKING_BROKEN;
	if (rest.len && (rest.data[0] == 's' || rest.data[0] == 'S'))
		rest = bytes_from(rest, 1);
	return bytes_starts(bytes_trim(rest), BYTES(":")) ? BREAKING_NEAR : BREAKING_NOT;
}

static enum breaking breaking_of(struct bytes line)
{
	const size_t length = sizeof(BREAKING) - 1;

	if (line.len <= length || (line.data[0] != 'B' && line.data[0] != 'b'))
		return BREAKING_NOT;
	bool joint = line.data[8] == ' ' || line.data[8] == '-' || line.data[8] == '_';

	if (!joint || !bytes_equal_fold(bytes_first(line, 8), BYTES("breaking")) ||
	    !bytes_equal_fold(bytes_first(bytes_from(line, 9), 6), BYTES("change")))
		return BREAKING_NOT;
	return breaking_rest(line, length);
}

static void note(struct body *body, bool warning, unsigned item, const char *text)
{
	message_note(body->parser, warning, item, 0, text);
}

static void read_breaking(struct body *body, enum breaking breaking, bool place)
{
	if (!place)
		note(body, true, 8,
		     "inside a paragraph this marks no breaking change; footers begin after an empty line");
	else if (breaking == BREAKING_WELL)
		body->parser->message->breaking = true;
	else if (breaking == BREAKING_BROKEN)
		note(body, false, 12, "a colon, a space and a description must follow BREAKING CHANGE");
	else
		note(body, true, 15, "this spelling marks no breaking change; BREAKING CHANGE or BREAKING-CHANGE does");
}

/* The line is where a footer may be: when it is one, the footers begin or go on. */
static void read_footer(struct body *body)
{
	struct message_parser *parser = body->parser;
	struct bytes token, value, line = parser->line, text = parser->message->text;

	body->patient |= bytes_starts(line, BYTES("(cherry picked from commit "));
	if (!footer_split(line, &token, &value))
		return;
	if (!parser->message->footers.rest.len)
		parser->message->footers =
			(struct footers){bytes_from(text, (size_t)(line.data - text.data)), parser->number};
	if (bytes_equal(token, BYTES(BREAKING))) {
		body->number = parser->number;
		body->line = line;
	} else if (line.data[token.len] == ':') {
		body->trailers = true;
		body->patient |= bytes_equal_fold(token, BYTES("Signed-off-by"));
	}
}

static void read_text(struct body *body)
{
	struct message_parser *parser = body->parser;

	if (body->blank)
		*body = (struct body){.parser = parser, .blank = true};
	if (parser->number == 2 && !message_blank(parser->message->header))
		note(body, false, 6, "an empty line must stand between the header and what follows it");
	bool place = body->blank || parser->number == 2 || parser->message->footers.rest.len;
	enum breaking breaking = breaking_of(parser->line);

	if (breaking != BREAKING_NOT)
		read_breaking(body, breaking, place);
	if (place)
		read_footer(body);
	body->blank = false;
}

/* git-interpret-trailers(1) reads the last paragraph, and none of it when a line is no trailer. */
static void check_trailers(struct body *body)
{
	if (!body->number || !body->trailers || body->patient)
		return;
	body->parser->line = body->line;
	body->parser->number = body->number;
	note(body, true, 0,
	     "the blank in BREAKING CHANGE hides this paragraph's trailers from git; BREAKING-CHANGE would not");
}

void message_body(struct message_parser *parser)
{
	struct body body = {.parser = parser};
	struct bytes rest = parser->message->rest;

	while (message_line(&rest, &parser->line)) {
		parser->number++;
		if (message_blank(parser->line))
			body.blank = true;
		else
			read_text(&body);
	}
	check_trailers(&body);
}
