/* containervalue: the variables of a Dockerfile, as far as the file itself tells their values. */
#include "containervalue.h"

#include <stdint.h>

#include "arena.h"
#include "containerline.h"
#include "map.h"

/* So that values which hold one another do not grow without end. */
#define VALUE_MAX ((size_t)256)

/* The value of a variable, which may not be known. */
struct value {
	bool known;
	struct bytes text;
};

struct container_scope container_scope_new(struct arena *arena, const struct container_scope *base, char escape)
{
	return (struct container_scope){arena, base, map_new(arena), map_new(arena), escape};
}

static const struct value *find(const struct container_scope *scope, struct bytes name)
{
	const struct value *value = NULL;

	for (const struct container_scope *at = scope; at && !value; at = at->base)
		value = map_get(at->env, name);
	return value ? value : map_get(scope->args, name);
}

static bool is_name(char c)
{
	return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

static struct bytes name_of(struct bytes text)
{
	size_t len = 0;

	while (len < text.len && is_name(text.data[len]))
		len++;
	return bytes_first(text, len);
}

/* What "${name:-word}" stands for, from behind its bracket to before the other one. */
static bool braced(const struct container_scope *scope, struct bytes text, struct bytes *ret_text)
{
	struct bytes name = name_of(text), rest = bytes_from(text, name.len);
	const struct value *value = find(scope, name);
	bool known = value && value->known;
	bool colon = bytes_starts(rest, BYTES(":"));

	*ret_text = known ? value->text : (struct bytes){0};
	if (!rest.len || (value && !known))
		return known;
	rest = bytes_from(rest, colon ? 1 : 0);
	if (!rest.len || rest.data[0] != '-' || bytes_index(rest, '$') < rest.len)
		return false;
	if (!known || (colon && !value->text.len))
		*ret_text = bytes_from(rest, 1);
	return true;
}

/* What stands at a dollar; its length in *ret_len. */
static bool variable(const struct container_scope *scope, struct bytes text, size_t *ret_len, struct bytes *ret_text)
{
	struct bytes name = name_of(bytes_from(text, 1));

	if (bytes_starts(text, BYTES("${"))) {
		size_t end = bytes_index(text, '}');

		*ret_len = end + 1;
		return end < text.len && braced(scope, bytes_from(bytes_first(text, end), 2), ret_text);
	}
	*ret_len = 1 + name.len;
	*ret_text = BYTES("$");
	return !name.len || braced(scope, name, ret_text);
}

bool container_expand(const struct container_scope *scope, struct bytes word, struct bytes *ret_text)
{
	struct buffer text = {.arena = scope->arena};
	char quote = 0;

	for (size_t len; word.len; word = bytes_from(word, len)) {
		struct bytes part = bytes_first(word, 1);
		char c = word.data[0];

		len = 1;
		if (quote ? c == quote : c == '"' || c == '\'') {
			quote = quote ? 0 : c;
			continue;
		}
		if (c == scope->escape && quote != '\'' && word.len > 1) {
			part = bytes_first(bytes_from(word, 1), 1);
			len = 2;
		} else if (c == '$' && quote != '\'' && !variable(scope, word, &len, &part)) {
			return false;
		}
		if (text.len + part.len > VALUE_MAX)
			return false;
		buffer_add(&text, part);
	}
	*ret_text = buffer_bytes(&text);
	return true;
}

static void set(const struct container_scope *scope, struct bytes name, struct bytes word)
{
	struct value *value = arena_alloc(scope->arena, sizeof(*value));

	value->known = container_expand(scope, word, &value->text);
	map_set(scope->env, name, value);
}

void container_arg(struct container_scope *scope, struct bytes rest)
{
	static const struct value unknown;
	struct bytes word;

	while (containerline_word(scope->escape, &rest, &word))
		map_set(scope->args, bytes_first(word, bytes_index(word, '=')), (void *)(uintptr_t)&unknown);
}

void container_env(struct container_scope *scope, struct bytes rest)
{
	struct bytes whole = rest, word;

	/* "ENV name value" has one value, which holds blanks. */
	if (containerline_word(scope->escape, &rest, &word) && bytes_index(word, '=') == word.len) {
		set(scope, word, bytes_trim(rest));
		return;
	}
	while (containerline_word(scope->escape, &whole, &word)) {
		struct bytes name = bytes_first(word, bytes_index(word, '='));

		set(scope, name, bytes_from(word, name.len + 1));
	}
}
