/* letter: which characters are letters and of which case, as far as types and subjects need to know. */
#include "letter.h"

#include <stddef.h>

static const struct {
	uint32_t first, last;
	enum letter letter;
} ranges[] = {
	{'A', 'Z', LETTER_UPPER},	   {'a', 'z', LETTER_LOWER},
	{0xC0, 0xD6, LETTER_UPPER},	   {0xD8, 0xDE, LETTER_UPPER},
	{0xDF, 0xF6, LETTER_LOWER},	   {0xF8, 0xFF, LETTER_LOWER},
	{0x100, 0x2AF, LETTER_CASELESS}, /* Latin Extended: the cases alternate */
	{0x386, 0x386, LETTER_UPPER},	 /* Greek */
	{0x388, 0x38F, LETTER_UPPER},	   {0x391, 0x3A9, LETTER_UPPER},
	{0x3AC, 0x3CE, LETTER_LOWER},	   {0x400, 0x42F, LETTER_UPPER}, /* Cyrillic */
	{0x430, 0x45F, LETTER_LOWER},	   {0x48A, 0x52F, LETTER_CASELESS},
	{0x531, 0x556, LETTER_UPPER},					    /* Armenian */
	{0x561, 0x587, LETTER_LOWER},	   {0x5D0, 0x5EA, LETTER_CASELESS}, /* Hebrew */
	{0x620, 0x64A, LETTER_CASELESS},				    /* Arabic */
	{0x671, 0x6D3, LETTER_CASELESS},   {0x904, 0x939, LETTER_CASELESS}, /* Devanagari */
	{0xE01, 0xE30, LETTER_CASELESS},				    /* Thai */
	{0x10D0, 0x10FA, LETTER_CASELESS},				    /* Georgian */
	{0x1E00, 0x1EFF, LETTER_CASELESS},				    /* Latin Extended Additional */
	{0x3041, 0x3096, LETTER_CASELESS},				    /* Hiragana, Katakana, Han, Hangul */
	{0x30A1, 0x30FA, LETTER_CASELESS}, {0x3400, 0x4DBF, LETTER_CASELESS},
	{0x4E00, 0x9FFF, LETTER_CASELESS}, {0xAC00, 0xD7A3, LETTER_CASELESS},
};

enum letter letter_of(uint32_t point)
{
	for (size_t i = 0; i < sizeof(ranges) / sizeof(ranges[0]) && point >= ranges[i].first; i++)
		if (point <= ranges[i].last)
			return ranges[i].letter;
	return LETTER_NOT;
}
