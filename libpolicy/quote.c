/* quote: foreign text in a command that somebody will paste: a ref may be called a;touch${IFS}b. */
#include "quote.h"

#include <stdlib.h>
#include <string.h>

#include "arena.h"
#include "policy.h"

/* What takes the place of a quote between quotes. */
#define QUOTE "'\\''"

/* What no shell takes for anything but itself, wherever it stands in a word; and what it does not where one begins. */
static bool is_plain(struct bytes text)
{
	static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_./:@%+=,^~-";

	for (size_t i = 0; i < text.len; i++)
		if (!memchr(plain, text.data[i], sizeof(plain) - 1))
			return false;
	return text.len && !memchr("-~=", text.data[0], 3);
}

static size_t room_for(struct bytes text)
{
	size_t room = text.len + sizeof("''");

	for (size_t i = 0; i < text.len; i++)
		room += text.data[i] == '\'' ? sizeof(QUOTE) - 2 : 0;
	return room;
}

static char *put(char *out, struct bytes text)
{
	if (text.len)
		memcpy(out, text.data, text.len);
	return out + text.len;
}

/* Into room_for(text). */
static const char *write_word(char *word, struct bytes text)
{
	struct bytes quote = is_plain(text) ? BYTES("") : BYTES("'");
	char *end = put(word, quote);

	for (size_t len; text.len; text = bytes_from(text, len + 1)) {
		len = bytes_index(text, '\'');
		end = put(end, bytes_first(text, len));
		if (len < text.len)
			end = put(end, BYTES(QUOTE));
	}
	*put(end, quote) = 0;
	return word;
}

const char *quote_word(struct arena *arena, struct bytes text)
{
	return write_word(arena_alloc(arena, room_for(text)), text);
}

char *policy_quote(const char *word)
{
	char *quoted = malloc(room_for(bytes_of(word)));

	if (quoted)
		write_word(quoted, bytes_of(word));
	return quoted;
}
