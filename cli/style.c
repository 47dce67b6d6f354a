/* style: counts what first lines of messages have in common. */
#include "style.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TELLING 20u
#define SPARED_PERCENT 3u

static void word_take(struct style_word words[STYLE_WORDS], const char *text, size_t len)
{
	if (!len || len > STYLE_WORD_MAX)
		return;
	for (size_t i = 0; i < STYLE_WORDS; i++) {
		if (!words[i].count)
			snprintf(words[i].text, sizeof(words[i].text), "%.*s", (int)len, text);
		if (strlen(words[i].text) != len || strncmp(words[i].text, text, len) != 0)
			continue;
		words[i].count++;
		return;
	}
}

/* How many bytes of `text` are letters, digits and hyphens; slashes too where a scope may have them. */
static size_t word_length(const char *text)
{
	size_t len = 0;

	while (isalnum((unsigned char)text[len]) || (len && strchr("-_./", text[len]) && text[len]))
		len++;
	return len;
}

/* "type: ", "type(scope)!: " */
static bool conventional_take(struct style *style, const char *header)
{
	size_t type = strspn(header, "abcdefghijklmnopqrstuvwxyz"), scope = 0;
	const char *at = header + type;

	if (*at == '(') {
		scope = word_length(at + 1);
		at += 1 + strcspn(at + 1, ")");
		at += *at == ')';
	}
	at += *at == '!';
	if (!type || strncmp(at, ": ", 2) != 0)
		return false;
	word_take(style->types, header, type);
	word_take(style->scopes, header + type + 1, scope);
	return true;
}

void style_take(struct style *style, const char *header, bool signed_off)
{
	size_t bytes = strlen(header), characters = 0;

	for (const char *c = header; *c; c++)
		characters += ((unsigned char)*c & 0xc0u) != 0x80u;
	style->count++;
	style->signed_off += signed_off;
	style->periods += bytes && header[bytes - 1] == '.';
	style->over_72 += characters > 72;
	style->over_100 += characters > 100;
	if (characters > style->longest)
		style->longest = characters;
	style->conventional += conventional_take(style, header);
}

static int compare(const void *one, const void *other)
{
	const struct style_word *a = one, *b = other;

	if (a->count != b->count)
		return a->count < b->count ? 1 : -1;
	return strcmp(a->text, b->text);
}

void style_order(struct style *style)
{
	qsort(style->types, STYLE_WORDS, sizeof(*style->types), compare);
	qsort(style->scopes, STYLE_WORDS, sizeof(*style->scopes), compare);
}

bool style_spares(const struct style *style, unsigned exceptions)
{
	return exceptions * 100u <= style->count * SPARED_PERCENT;
}

bool style_tells(const struct style *style)
{
	return style->count >= TELLING;
}
