/* repoenv: git's two ways of quoting in the environment: C strings for directories, shell words for configuration. */
#include "repoenv.h"

#include <stdio.h>
#include <stdlib.h>
#include <strings.h>

#include "arena.h"

#define CONFIG_COUNT_MAX 1000000ul

/* The byte that stands after a backslash: one letter, or three octal digits. Returns how many bytes it took, 0 for
 * none. */
static size_t unescape(struct bytes rest, char *ret_byte)
{
	static const char values[] = "\a\b\t\n\v\f\r\"\\";
	struct bytes letters = BYTES("abtnvfr\"\\");
	size_t letter = rest.len ? bytes_index(letters, rest.data[0]) : letters.len;
	unsigned value = 0;

	if (letter < letters.len) {
		*ret_byte = values[letter];
		return 1;
	}
	if (rest.len < 3)
		return 0;
	for (size_t i = 0; i < 3; i++) {
		if (rest.data[i] < '0' || rest.data[i] > '7')
			return 0;
		value = value << 3 | (unsigned)(rest.data[i] - '0');
	}
	*ret_byte = (char)value;
	return value < 256 ? 3 : 0;
}

/* Reads a quoted entry, and passes over one byte after it, as git does, which is a separator. False when it is not well
 * quoted; `*rest` is then unchanged. */
static bool quoted_directory(struct arena *arena, struct bytes *rest, struct bytes *ret_directory)
{
	size_t end = 1, len = 0, at = 1;

	while (end < rest->len && rest->data[end] != '"')
		end += rest->data[end] == '\\' ? 2 : 1;
	if (end >= rest->len)
		return false;
	char *text = arena_alloc(arena, end);

	while (at < end) {
		size_t taken = 1;

		if (rest->data[at] != '\\')
			text[len] = rest->data[at];
		else if (!(taken = unescape(bytes_from(*rest, ++at), &text[len])))
			return false;
		at += taken;
		len++;
	}
	*ret_directory = (struct bytes){text, len};
	*rest = bytes_from(*rest, end + 2);
	return true;
}

bool repoenv_directory(struct arena *arena, struct bytes *rest, char separator, struct bytes *ret_directory)
{
	if (!rest->len)
		return false;
	if (rest->data[0] == '"' && quoted_directory(arena, rest, ret_directory))
		return true;
	size_t len = bytes_index(*rest, separator);

	*ret_directory = bytes_copy(arena, bytes_first(*rest, rest->data[0] == '#' ? 0 : len));
	*rest = bytes_from(*rest, len + 1);
	return true;
}

/* Cuts a shell word off `*rest`: runs of '...', and \' or \! between them. False when there is none. */
static bool shell_word(struct arena *arena, struct bytes *rest, struct bytes *ret_word)
{
	char *text = arena_alloc(arena, rest->len + 1);
	size_t len = 0, at = 0;

	if (!rest->len || rest->data[0] != '\'')
		return false;
	while (at < rest->len && (rest->data[at] == '\'' || rest->data[at] == '\\')) {
		if (rest->data[at++] == '\\') {
			if (at == rest->len || (rest->data[at] != '\'' && rest->data[at] != '!'))
				return false;
			text[len++] = rest->data[at++];
			continue;
		}
		while (at < rest->len && rest->data[at] != '\'')
			text[len++] = rest->data[at++];
		if (at++ == rest->len)
			return false;
	}
	*ret_word = (struct bytes){text, len};
	*rest = bytes_from(*rest, at);
	return true;
}

/* One setting of GIT_CONFIG_PARAMETERS; a name without a value is true, as in a file. */
static bool parameter(struct arena *arena, struct bytes *rest, struct bytes *ret_name, struct bytes *ret_value)
{
	struct bytes word;

	if (!shell_word(arena, rest, &word))
		return false;
	*ret_value = BYTES("true");
	if (rest->len && rest->data[0] == '=') {
		*ret_name = word;
		*rest = bytes_from(*rest, 1);
		return !rest->len || rest->data[0] == ' ' || shell_word(arena, rest, ret_value);
	}
	size_t equals = bytes_index(word, '=');

	*ret_name = bytes_first(word, equals);
	if (equals < word.len)
		*ret_value = bytes_from(word, equals + 1);
	return true;
}

static enum answer from_parameters(struct arena *arena, struct bytes rest, struct bytes wanted, struct bytes *ret_value)
{
	enum answer answer = ANSWER_NO;
	struct bytes name, value;

	for (rest = bytes_trim(rest); rest.len; rest = bytes_trim(rest)) {
		if (!parameter(arena, &rest, &name, &value))
			return ANSWER_UNKNOWN;
		if (!bytes_equal_fold(name, wanted))
			continue;
		*ret_value = value;
		answer = ANSWER_YES;
	}
	return answer;
}

static const char *numbered(const char *variable, unsigned long number)
{
	char name[64];

	snprintf(name, sizeof(name), "%s_%lu", variable, number);
	return getenv(name);
}

static enum answer from_count(struct arena *arena, struct bytes count, struct bytes wanted, struct bytes *ret_value)
{
	unsigned long pairs;
	enum answer answer = ANSWER_NO;

	if (!bytes_number(count, CONFIG_COUNT_MAX, &pairs))
		return ANSWER_UNKNOWN;
	for (unsigned long i = 0; i < pairs; i++) {
		const char *name = numbered("GIT_CONFIG_KEY", i), *value = numbered("GIT_CONFIG_VALUE", i);

		if (!name || !value)
			return ANSWER_UNKNOWN;
		if (!bytes_equal_fold(bytes_of(name), wanted))
			continue;
		*ret_value = bytes_copy(arena, bytes_of(value));
		answer = ANSWER_YES;
	}
	return answer;
}

enum answer repoenv_config(struct arena *arena, const char *count, const char *parameters, struct bytes name,
			   struct bytes *ret_value)
{
	enum answer counted = ANSWER_NO, given = ANSWER_NO;

	if (count && *count)
		counted = from_count(arena, bytes_of(count), name, ret_value);
	if (parameters)
		given = from_parameters(arena, bytes_of(parameters), name, ret_value);
	if (counted == ANSWER_UNKNOWN || given == ANSWER_UNKNOWN)
		return ANSWER_UNKNOWN;
	return counted == ANSWER_YES ? counted : given;
}

bool repoenv_true(const char *value)
{
	static const char *const words[] = {"", "0", "false", "no", "off"};

	for (size_t i = 0; value && i < sizeof(words) / sizeof(*words); i++)
		if (!strcasecmp(value, words[i]))
			return false;
	return value;
}
