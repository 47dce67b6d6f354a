/* utf8: one strict decoder, and one table of the characters that hide or reorder text. */
#include "utf8.h"

size_t utf8_next(struct bytes b, uint32_t *ret_point)
{
	/* By length: the fixed bits of the first byte, and the least value that needs it (RFC 3629, section 3). */
	static const struct {
		unsigned char mask, lead;
		uint32_t least;
	} forms[] = {{0x80, 0x00, 0}, {0xe0, 0xc0, 0x80}, {0xf0, 0xe0, 0x800}, {0xf8, 0xf0, 0x10000}};
	size_t more = 0;

	while (b.len && more < 4 && ((unsigned char)b.data[0] & forms[more].mask) != forms[more].lead)
		more++;
	if (more >= b.len || more == 4)
		return 0;
	uint32_t point = (unsigned char)b.data[0] & ~(unsigned)forms[more].mask;

	for (size_t i = 1; i <= more; i++) {
		if (((unsigned char)b.data[i] & 0xc0) != 0x80)
			return 0;
		point = point << 6 | ((unsigned char)b.data[i] & 0x3f);
	}
	if (point < forms[more].least || point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff))
		return 0;
	*ret_point = point;
	return more + 1;
}

size_t utf8_length(struct bytes b)
{
	size_t count = 0;
	uint32_t point;

	for (size_t len; b.len; b = bytes_from(b, len ? len : 1), count++)
		len = utf8_next(b, &point);
	return count;
}

size_t utf8_invalid(struct bytes b)
{
	size_t at = 0;
	uint32_t point;

	for (size_t len; at < b.len; at += len) {
		len = utf8_next(bytes_from(b, at), &point);
		if (!len)
			break;
	}
	return at;
}

bool utf8_unsafe(uint32_t point)
{
	static const struct {
		uint32_t first, last;
	} unsafe[] = {
		{0x0000, 0x001f},   /* C0 */
		{0x007f, 0x009f},   /* DEL, C1 */
		{0x00ad, 0x00ad},   /* soft hyphen */
		{0x034f, 0x034f},   /* combining grapheme joiner */
		{0x061c, 0x061c},   /* Arabic letter mark */
		{0x115f, 0x1160},   /* Hangul fillers, drawn as nothing */
		{0x17b4, 0x17b5},   /* Khmer inherent vowels, drawn as nothing */
		{0x180b, 0x180f},   /* Mongolian selectors and vowel separator */
		{0x200b, 0x200f},   /* zero-width space and joiners, left-to-right and right-to-left marks */
		{0x2028, 0x202e},   /* line and paragraph separators, embeddings and overrides */
		{0x2060, 0x206f},   /* word joiner, invisible operators, isolates, deprecated format characters */
		{0x3164, 0x3164},   /* Hangul filler */
		{0xfdd0, 0xfdef},   /* noncharacters */
		{0xfeff, 0xfeff},   /* byte order mark */
		{0xffa0, 0xffa0},   /* halfwidth Hangul filler */
		{0xfff9, 0xfffb},   /* interlinear annotation */
		{0xe0000, 0xe007f}, /* tags */
	};

	if ((point & 0xfffe) == 0xfffe || point > 0x10ffff)
		return true;
	for (size_t i = 0; i < sizeof(unsafe) / sizeof(unsafe[0]) && unsafe[i].first <= point; i++)
		if (point <= unsafe[i].last)
			return true;
	return false;
}
