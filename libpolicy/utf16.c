/* utf16: text that other systems write with a byte order mark, as UTF-8. */
#include "utf16.h"

#include <stdint.h>

#include "arena.h"

#define REPLACEMENT 0xfffdu

bool utf16_marked(struct bytes content)
{
	return bytes_starts(content, BYTES("\xff\xfe")) || bytes_starts(content, BYTES("\xfe\xff"));
}

/* A unit of a big or little endian text. */
static uint32_t unit_at(struct bytes content, size_t at, bool big)
{
	unsigned char first = (unsigned char)content.data[at], second = (unsigned char)content.data[at + 1];

	return big ? (uint32_t)first << 8 | second : (uint32_t)second << 8 | first;
}

/* The character at *at, which goes behind it. */
static uint32_t next_point(struct bytes content, size_t *at, bool big)
{
	uint32_t unit = unit_at(content, *at, big), low;

	*at += 2;
	if (unit < 0xd800 || unit > 0xdfff)
		return unit;
	if (unit > 0xdbff || *at + 2 > content.len)
		return REPLACEMENT;
	low = unit_at(content, *at, big);
	if (low < 0xdc00 || low > 0xdfff)
		return REPLACEMENT;
	*at += 2;
	return 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
}

static size_t encode(uint32_t point, char *room)
{
	static const unsigned char lead[] = {0, 0, 0xc0, 0xe0, 0xf0};
	size_t length = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;

	for (size_t i = length; i-- > 1; point >>= 6)
		room[i] = (char)(0x80 | (point & 0x3f));
	room[0] = (char)(lead[length] | point);
	return length;
}

struct bytes utf16_decode(struct arena *arena, struct bytes content)
{
	char *text = arena_array(arena, content.len / 2, 3);
	bool big = bytes_starts(content, BYTES("\xfe\xff"));
	size_t len = 0;

	for (size_t at = 2; at + 2 <= content.len;)
		len += encode(next_point(content, &at, big), text + len);
	return (struct bytes){text, len};
}
