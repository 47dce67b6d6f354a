/* bytes: comparing, cutting and building runs of bytes. */
#include "bytes.h"

#include <stdio.h>
#include <string.h>

#include "arena.h"

/* Most texts that are printed have room in so much, and are formatted once then. */
#define MOST_TEXTS 256

static bool is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static char fold(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool bytes_equal_fold(struct bytes a, struct bytes b)
{
	if (a.len != b.len)
		return false;
	for (size_t i = 0; i < a.len; i++)
		if (fold(a.data[i]) != fold(b.data[i]))
			return false;
	return true;
}

bool bytes_ends(struct bytes whole, struct bytes suffix)
{
	return whole.len >= suffix.len && bytes_equal(bytes_from(whole, whole.len - suffix.len), suffix);
}

bool bytes_contains(struct bytes hay, struct bytes needle)
{
	return !needle.len || (hay.len && memmem(hay.data, hay.len, needle.data, needle.len));
}

struct bytes bytes_trim(struct bytes b)
{
	while (b.len && is_blank(b.data[b.len - 1]))
		b.len--;
	while (b.len && is_blank(b.data[0]))
		b = bytes_from(b, 1);
	return b;
}

bool bytes_line(struct bytes *rest, struct bytes *ret_line)
{
	if (!rest->len)
		return false;
	size_t end = bytes_index(*rest, '\n');

	*ret_line = bytes_first(*rest, end);
	*rest = bytes_from(*rest, end + 1);
	return true;
}

bool bytes_word(struct bytes *rest, struct bytes *ret_word)
{
	size_t start = 0, end;

	while (start < rest->len && is_blank(rest->data[start]))
		start++;
	for (end = start; end < rest->len && !is_blank(rest->data[end]);)
		end++;
	*ret_word = bytes_first(bytes_from(*rest, start), end - start);
	*rest = bytes_from(*rest, end);
	return end > start;
}

bool bytes_number(struct bytes b, unsigned long max, unsigned long *ret_number)
{
	unsigned long number = 0;

	if (!b.len || (b.len > 1 && b.data[0] == '0'))
		return false;
	for (size_t i = 0; i < b.len; i++) {
		if (b.data[i] < '0' || b.data[i] > '9')
			return false;
		unsigned long digit = (unsigned long)(b.data[i] - '0');

		if (digit > max || number > (max - digit) / 10)
			return false;
		number = number * 10 + digit;
	}
	*ret_number = number;
	return true;
}

struct bytes bytes_copy(struct arena *arena, struct bytes b)
{
	char *copy = arena_alloc(arena, b.len + 1);

	if (b.len)
		memcpy(copy, b.data, b.len);
	return (struct bytes){copy, b.len};
}

struct bytes bytes_vprintf(struct arena *arena, const char *format, va_list arguments)
{
	char most[MOST_TEXTS];
	va_list again;

	va_copy(again, arguments);
	int len = vsnprintf(most, sizeof(most), format, arguments);
	size_t room = len < 0 ? 1 : (size_t)len + 1;
	char *text = arena_alloc(arena, room);

	if (room <= sizeof(most))
		memcpy(text, most, room - 1);
	else
		vsnprintf(text, room, format, again);
	va_end(again);
	return (struct bytes){text, room - 1};
}

struct bytes bytes_printf(struct arena *arena, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	struct bytes text = bytes_vprintf(arena, format, arguments);

	va_end(arguments);
	return text;
}

void buffer_add(struct buffer *buffer, struct bytes b)
{
	buffer->data = arena_grow(buffer->arena, buffer->data, &buffer->room, buffer->len + b.len + 1, 1);
	if (b.len)
		memcpy(buffer->data + buffer->len, b.data, b.len);
	buffer->len += b.len;
	buffer->data[buffer->len] = '\0';
}

void buffer_printf(struct buffer *buffer, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	buffer_add(buffer, bytes_vprintf(buffer->arena, format, arguments));
	va_end(arguments);
}

struct bytes buffer_bytes(const struct buffer *buffer)
{
	return (struct bytes){buffer->data, buffer->len};
}
