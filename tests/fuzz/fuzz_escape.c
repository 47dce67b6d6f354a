/* fuzz_escape: any bytes through the escaper, in all its lengths, as a word of a shell and as JSON: nothing that a
 * terminal or a log could act on comes out, and nothing harmless is changed. */
#include "fuzz.h"

#include <string.h>

#include "json.h"
#include "jsonread.h"
#include "policy.h"
#include "quote.h"
#include "report.h"
#include "utf8.h"

static bool is_safe(struct bytes text)
{
	uint32_t point;

	for (size_t len; text.len; text = bytes_from(text, len)) {
		len = utf8_next(text, &point);
		if (!len || utf8_unsafe(point))
			return false;
	}
	return true;
}

static struct bytes escaped(struct arena *arena, struct bytes text, size_t max)
{
	struct buffer out = {.arena = arena};

	escape_add(&out, text, max);
	return buffer_bytes(&out);
}

static void check_cuts(struct arena *arena, struct bytes text)
{
	struct bytes all = escaped(arena, text, SIZE_MAX);

	FUZZ_ASSERT(is_safe(all) && (!is_safe(text) || bytes_equal(all, text)));
	for (size_t max = 3; max < 40; max += 3) {
		struct bytes cut = escaped(arena, text, max);

		FUZZ_ASSERT(cut.len <= max && is_safe(cut));
		if (!bytes_equal(cut, all))
			FUZZ_ASSERT(bytes_ends(cut, BYTES("...")) && bytes_starts(all, bytes_first(cut, cut.len - 3)));
	}
}

/* As a shell reads one word: 'quoted', \' between quotes, anything else as it is. */
static struct bytes unquoted(struct arena *arena, struct bytes word)
{
	struct buffer out = {.arena = arena};
	bool quoted = false;

	for (size_t i = 0; i < word.len; i++) {
		if (word.data[i] == '\'')
			quoted = !quoted;
		else if (word.data[i] == '\\' && !quoted)
			buffer_add(&out, bytes_first(bytes_from(word, ++i), 1));
		else if (quoted || !memchr(" \t\n\"$`;&|<>()*?[#~!{}", word.data[i], 21) || (i && word.data[i] == '~'))
			buffer_add(&out, bytes_first(bytes_from(word, i), 1));
		else
			abort();
	}
	FUZZ_ASSERT(!quoted && word.len);
	return buffer_bytes(&out);
}

static void check_word(struct arena *arena, struct bytes text)
{
	char *shown = policy_escape(text.data), *word = policy_quote(text.data);

	FUZZ_ASSERT(shown && bytes_equal(bytes_of(shown), escaped(arena, text, SIZE_MAX)));
	FUZZ_ASSERT(word && strcmp(word, quote_word(arena, text)) == 0);
	FUZZ_ASSERT(bytes_equal(unquoted(arena, bytes_of(word)), text));
	free(shown);
	free(word);
}

static void check_json(struct arena *arena, struct bytes text)
{
	struct buffer out = {.arena = arena};
	struct json json = {.out = &out, .scratch = {.arena = arena}};

	json_string(&json, text);
	struct bytes written = buffer_bytes(&out);

	FUZZ_ASSERT(is_safe(written) && json_value(written) == written.len);
	FUZZ_ASSERT(bytes_equal(json_unquote(arena, written), escaped(arena, text, SIZE_MAX)));
}

void fuzz_escape(struct arena *arena, struct bytes input)
{
	check_cuts(arena, input);
	check_word(arena, bytes_of(bytes_copy(arena, input).data));
	check_json(arena, input);
}
