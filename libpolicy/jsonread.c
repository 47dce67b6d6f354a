/* jsonread: one pass without recursion: a state, and the brackets that are open. */
#include "jsonread.h"

#include <stdint.h>

#include "arena.h"
#include "utf8.h"

#define DEPTH_MAX 8

enum state {
	VALUE,
	NAME,
	AFTER, /* a value */
};

struct reading {
	struct bytes text;
	size_t at;
	enum state state;
	char closers[DEPTH_MAX]; /* of the brackets that are open */
	size_t depth;
};

static char byte_at(struct bytes text, size_t at)
{
	return at < text.len ? text.data[at] : '\0';
}

/* How much of it may stand in a string as it is: one character, 0 for none. */
static size_t plain_len(struct bytes text)
{
	unsigned char byte = (unsigned char)text.data[0];
	uint32_t point;
	size_t len;

	if (byte < 0x80) /* as most are */
		return byte >= 0x20 && byte != 0x7f;
	len = utf8_next(text, &point);
	return len && !utf8_unsafe(point) ? len : 0;
}

/* A string with its quotes; 0: there is none, or it holds what json_string() does not write. */
static size_t string_len(struct bytes text)
{
	size_t at = 1;

	if (byte_at(text, 0) != '"')
		return 0;
	while (at < text.len && text.data[at] != '"') {
		size_t len = plain_len(bytes_from(text, at));

		if (!len)
			return 0;
		if (text.data[at] != '\\')
			at += len;
		else if (byte_at(text, at + 1) == '"' || byte_at(text, at + 1) == '\\')
			at += 2;
		else
			return 0;
	}
	return at < text.len ? at + 1 : 0;
}

static size_t number_len(struct bytes text)
{
	size_t len = 0;

	while (len < text.len && text.data[len] >= '0' && text.data[len] <= '9')
		len++;
	return len > 1 && text.data[0] == '0' ? 0 : len;
}

static size_t scalar_len(struct bytes text)
{
	const struct bytes words[] = {BYTES("true"), BYTES("false")};

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (bytes_starts(text, words[i]))
			return words[i].len;
	return byte_at(text, 0) == '"' ? string_len(text) : number_len(text);
}

static bool open_bracket(struct reading *reading)
{
	bool object = byte_at(reading->text, reading->at) == '{';

	if (reading->depth == DEPTH_MAX)
		return false;
	reading->closers[reading->depth++] = object ? '}' : ']';
	reading->at++;
	reading->state = object ? NAME : VALUE;
	if (byte_at(reading->text, reading->at) == reading->closers[reading->depth - 1]) {
		reading->depth--;
		reading->at++;
		reading->state = AFTER;
	}
	return true;
}

static bool read_value(struct reading *reading)
{
	char first = byte_at(reading->text, reading->at);

	if (first == '{' || first == '[')
		return open_bracket(reading);
	size_t len = scalar_len(bytes_from(reading->text, reading->at));

	reading->at += len;
	reading->state = AFTER;
	return len;
}

static bool read_name(struct reading *reading)
{
	size_t len = string_len(bytes_from(reading->text, reading->at));

	reading->at += len + 1;
	reading->state = VALUE;
	return len && byte_at(reading->text, reading->at - 1) == ':';
}

static bool read_after(struct reading *reading)
{
	char closer = reading->closers[reading->depth - 1], byte = byte_at(reading->text, reading->at++);

	if (byte == closer)
		reading->depth--;
	else if (byte == ',')
		reading->state = closer == '}' ? NAME : VALUE;
	return byte == closer || byte == ',';
}

size_t json_value(struct bytes text)
{
	struct reading reading = {.text = text};
	bool good = true;

	while (good && (reading.depth || reading.state != AFTER)) {
		switch (reading.state) {
		case VALUE:
			good = read_value(&reading);
			break;
		case NAME:
			good = read_name(&reading);
			break;
		case AFTER:
			good = read_after(&reading);
			break;
		}
	}
	return good ? reading.at : 0;
}

bool json_element(struct bytes *rest, struct bytes *ret_value)
{
	struct bytes text = bytes_from(*rest, 1); /* behind the bracket or the comma */
	size_t len = json_value(text);

	*ret_value = bytes_first(text, len);
	*rest = bytes_from(text, len);
	return len;
}

bool json_next(struct bytes *rest, struct bytes *ret_name, struct bytes *ret_value)
{
	struct bytes text = bytes_from(*rest, 1);
	size_t len = string_len(text);

	if (!len)
		return false;
	*ret_name = bytes_first(bytes_from(text, 1), len - 2);
	*rest = bytes_from(text, len);
	return json_element(rest, ret_value);
}

struct bytes json_member(struct bytes object, const char *name)
{
	struct bytes found, value;

	while (json_next(&object, &found, &value))
		if (bytes_equal(found, bytes_of(name)))
			return value;
	return (struct bytes){0};
}

struct bytes json_unquote(struct arena *arena, struct bytes value)
{
	struct buffer text = {.arena = arena};

	if (!string_len(value))
		return (struct bytes){0};
	value = bytes_first(bytes_from(value, 1), value.len - 2);
	while (value.len) {
		size_t len = bytes_index(value, '\\');

		buffer_add(&text, bytes_first(value, len));
		buffer_add(&text, bytes_first(bytes_from(value, len + 1), 1));
		value = bytes_from(value, len + 2);
	}
	return buffer_bytes(&text);
}
