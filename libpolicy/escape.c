/* escape: the one escaper: what a terminal or a log could act on is shown, never sent. */
#include "policy.h"
#include "report.h"
#include "utf8.h"

#include <stdlib.h>
#include <string.h>

#define CUT "..."
#define HEX 4u /* bytes that one takes as \xNN */

/* The character at the start of `b` (an invalid byte is one): its length, and in *ret_safe whether it may be shown raw.
 */
static size_t character_next(struct bytes b, bool *ret_safe)
{
	uint32_t point;
	size_t len = utf8_next(b, &point);

	*ret_safe = len && !utf8_unsafe(point);
	return len ? len : 1;
}

/* How much of `b` can be shown in `max` bytes: all of it, or what leaves room for the mark that some is cut. */
static size_t length_shown(struct bytes b, size_t max)
{
	size_t width = 0, at = 0, keep = 0;
	bool safe;

	for (size_t len; at < b.len; at += len) {
		if (width + sizeof(CUT) - 1 <= max)
			keep = at;
		len = character_next(bytes_from(b, at), &safe);
		width += safe ? len : HEX * len;
		if (width > max)
			return keep;
	}
	return b.len;
}

static char *hex_put(char *end, char byte)
{
	static const char digits[] = "0123456789ABCDEF";
	unsigned char value = (unsigned char)byte;

	*end++ = '\\';
	*end++ = 'x';
	*end++ = digits[value >> 4];
	*end++ = digits[value & 15];
	return end;
}

static void hex_add(struct buffer *out, struct bytes b)
{
	for (size_t i = 0; i < b.len; i++) {
		char text[HEX];

		hex_put(text, b.data[i]);
		buffer_add(out, (struct bytes){text, sizeof(text)});
	}
}

void escape_add(struct buffer *out, struct bytes b, size_t max)
{
	struct bytes shown = bytes_first(b, length_shown(b, max));
	size_t raw = 0;
	bool safe;

	for (size_t at = 0, len; at < shown.len; at += len) {
		len = character_next(bytes_from(shown, at), &safe);
		if (safe)
			continue;
		buffer_add(out, bytes_first(bytes_from(shown, raw), at - raw));
		hex_add(out, bytes_first(bytes_from(shown, at), len));
		raw = at + len;
	}
	buffer_add(out, bytes_from(shown, raw));
	if (shown.len < b.len)
		buffer_add(out, BYTES(CUT));
}

char *policy_escape(const char *text)
{
	struct bytes rest = bytes_of(text);
	char *shown = calloc(rest.len + 1, HEX), *end = shown;
	bool safe;

	for (size_t len; shown && rest.len; rest = bytes_from(rest, len)) {
		len = character_next(rest, &safe);
		for (size_t i = 0; !safe && i < len; i++)
			end = hex_put(end, rest.data[i]);
		if (!safe)
			continue;
		memcpy(end, rest.data, len);
		end += len;
	}
	return shown;
}
