/* pattern: a heading as a row of tokens, each a small automaton; matching runs every possible split at once. */
#include "pattern.h"

#include <string.h>

#include "arena.h"
#include "push.h"

#define TEXT_MAX ((size_t)256)
#define NAME_MAX_BYTES ((size_t)1024)

enum token_kind {
	TOKEN_BYTE,
	TOKEN_STAR,
	TOKEN_ANY, /* ** */
	TOKEN_SLUG,
	TOKEN_NUMBER,
	TOKEN_SEMVER,
	TOKEN_USER,
};

struct token {
	enum token_kind kind;
	char byte; /* TOKEN_BYTE */
};

struct pattern {
	struct bytes text;
	struct token *tokens;
	size_t count;
	size_t prefix; /* leading TOKEN_BYTEs */
	bool personal; /* has a TOKEN_USER */
};

/*
 * Every automaton starts in state 1. The states of numbers, three bits a part: nothing yet, a lone zero, other digits;
 * {number} is the first part of {semver}.
 */
#define PART_STARTS 0111u
#define PART_ZEROS 0222u
#define PART_DIGITS 0444u

static unsigned number_step(unsigned states, char c)
{
	if (c == '.')
		return ((states & PART_ZEROS) << 2 | (states & PART_DIGITS) << 1) & 0777u;
	if (c < '0' || c > '9')
		return 0;
	return (states & PART_STARTS) << (c == '0' ? 1 : 2) | (states & PART_DIGITS);
}

/* States of {slug}: 1 nothing yet, 2 after a letter or digit, 4 after a hyphen. */
static unsigned slug_step(unsigned states, char c)
{
	if (c == '-')
		return states & 2 ? 4 : 0;
	return states && ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) ? 2 : 0;
}

static unsigned token_step(struct token token, unsigned states, char c)
{
	switch (token.kind) {
	case TOKEN_BYTE:
		return states & 1 && c == token.byte ? 2 : 0;
	case TOKEN_STAR:
		return c == '/' ? 0 : states;
	case TOKEN_ANY:
		return states;
	case TOKEN_SLUG:
		return slug_step(states, c);
	case TOKEN_NUMBER:
	case TOKEN_SEMVER:
		return number_step(states, c);
	case TOKEN_USER:
		return states && c != '/' ? 2 : 0;
	}
	return 0;
}

static const unsigned accepting[] = {
	[TOKEN_BYTE] = 2,    [TOKEN_STAR] = 1,	    [TOKEN_ANY] = 1,  [TOKEN_SLUG] = 2,
	[TOKEN_NUMBER] = 06, [TOKEN_SEMVER] = 0600, [TOKEN_USER] = 2,
};

/* `at[i]` says whether the tokens so far can end at offset i of `name`; moves that on by one token. */
static void token_advance(struct token token, struct bytes name, bool *at)
{
	unsigned states = 0;

	for (size_t i = 0; i <= name.len; i++) {
		states |= at[i];
		at[i] = states & accepting[token.kind];
		if (i < name.len)
			states = token_step(token, states, name.data[i]);
	}
}

static void user_advance(struct bytes user, struct bytes name, bool *at)
{
	for (size_t i = name.len + 1; i-- > 0;)
		at[i] = i >= user.len && at[i - user.len] && bytes_starts(bytes_from(name, i - user.len), user);
}

bool pattern_match(const struct pattern *pattern, struct bytes name, struct bytes user)
{
	bool at[NAME_MAX_BYTES + 1];

	if (name.len > NAME_MAX_BYTES || !bytes_starts(name, pattern_prefix(pattern)))
		return false;
	name = bytes_from(name, pattern->prefix);
	memset(at, 0, name.len + 1);
	at[0] = true;
	for (size_t i = pattern->prefix; i < pattern->count; i++)
		if (pattern->tokens[i].kind == TOKEN_USER && user.len)
			user_advance(user, name, at);
		else
			token_advance(pattern->tokens[i], name, at);
	return at[name.len];
}

/* The token at the start of `text`, its length in *ret_len; NULL or what is wrong with it. */
static const char *token_read(struct bytes text, struct token *ret_token, size_t *ret_len)
{
	static const struct {
		struct bytes text;
		enum token_kind kind;
	} special[] = {
		{{"**", 2}, TOKEN_ANY},		 {{"*", 1}, TOKEN_STAR},	  {{"{slug}", 6}, TOKEN_SLUG},
		{{"{number}", 8}, TOKEN_NUMBER}, {{"{semver}", 8}, TOKEN_SEMVER}, {{"{user}", 6}, TOKEN_USER},
	};

	if (bytes_starts(text, BYTES("***")))
		return "\"***\" means nothing: \"*\" stops at a slash, \"**\" does not";
	for (size_t i = 0; i < sizeof(special) / sizeof(special[0]); i++)
		if (bytes_starts(text, special[i].text)) {
			*ret_token = (struct token){special[i].kind, 0};
			*ret_len = special[i].text.len;
			return NULL;
		}
	if (text.data[0] == '{' || text.data[0] == '}')
		return "the templates are {slug}, {semver}, {number} and {user}";
	if (text.data[0] == '?' || text.data[0] == '[')
		return "\"?\" and \"[\" match nothing here: a pattern knows \"*\", \"**\" and templates";
	*ret_token = (struct token){TOKEN_BYTE, text.data[0]};
	*ret_len = 1;
	return NULL;
}

/* Tokens of `text`; a name it could match, with "x" where the choice is left open, goes to `sample`. */
static const char *tokens_read(struct pattern *pattern, struct buffer *sample, size_t *ret_offset)
{
	for (size_t at = 0, len = 0; at < pattern->text.len; at += len) {
		struct token *token = &pattern->tokens[pattern->count++];
		const char *problem = token_read(bytes_from(pattern->text, at), token, &len);

		if (problem) {
			*ret_offset = at;
			return problem;
		}
		buffer_add(sample, token->kind == TOKEN_BYTE ? (struct bytes){&token->byte, 1} : BYTES("x"));
		pattern->personal |= token->kind == TOKEN_USER;
		if (token->kind == TOKEN_BYTE && pattern->prefix + 1 == pattern->count)
			pattern->prefix++;
	}
	return NULL;
}

struct pattern *pattern_compile(struct arena *arena, struct bytes text, const char **ret_problem, size_t *ret_offset)
{
	struct pattern *pattern = arena_alloc(arena, sizeof(*pattern));
	struct buffer sample = {.arena = arena};
	const char *problem = "it is empty";

	*ret_offset = 0;
	if (text.len > TEXT_MAX)
		problem = "it is longer than 256 bytes";
	else if (text.len) {
		pattern->text = bytes_copy(arena, text);
		pattern->tokens = arena_array(arena, text.len, sizeof(*pattern->tokens));
		buffer_add(&sample, BYTES("refs/heads/"));
		problem = tokens_read(pattern, &sample, ret_offset);
		if (!problem)
			problem = refname_problem(buffer_bytes(&sample));
	}
	if (!problem)
		return pattern;
	*ret_problem = problem;
	return NULL;
}

bool pattern_literal(const struct pattern *pattern)
{
	return pattern->prefix == pattern->count;
}

struct bytes pattern_prefix(const struct pattern *pattern)
{
	return bytes_first(pattern->text, pattern->prefix);
}

struct bytes pattern_folder(const struct pattern *pattern)
{
	struct bytes prefix = pattern_prefix(pattern);

	while (prefix.len && prefix.data[prefix.len - 1] != '/')
		prefix.len--;
	return prefix;
}

bool pattern_versioned(const struct pattern *pattern)
{
	if (pattern_literal(pattern) || pattern->tokens[pattern->prefix].kind != TOKEN_SEMVER)
		return false;
	for (size_t i = pattern->prefix + 1; i < pattern->count; i++)
		if (pattern->tokens[i].kind != TOKEN_BYTE)
			return false;
	return true;
}

bool pattern_version(const struct pattern *pattern, struct bytes name, struct bytes *ret_version)
{
	if (!pattern_versioned(pattern) || !pattern_match(pattern, name, (struct bytes){0}))
		return false;
	size_t behind = pattern->count - pattern->prefix - 1;

	*ret_version = bytes_first(bytes_from(name, pattern->prefix), name.len - pattern->prefix - behind);
	return true;
}

struct bytes pattern_text(const struct pattern *pattern)
{
	return pattern->text;
}

/* Whether all that one token of the later pattern matches may follow inside the wildcard. */
static bool wildcard_takes(struct token wildcard, struct token token)
{
	return wildcard.kind == TOKEN_ANY || (token.kind != TOKEN_ANY && token.byte != '/');
}

static bool token_covers(struct token earlier, struct token later)
{
	if (earlier.kind == TOKEN_SLUG && later.kind == TOKEN_NUMBER)
		return true;
	return earlier.kind == later.kind && earlier.byte == later.byte;
}

/* `covers[j]` says whether the earlier pattern's tokens behind `token` cover the later one's from j on; takes in
 * `token`. */
static void token_cover(struct token token, const struct pattern *later, bool *covers)
{
	size_t end = later->count;

	if (token.kind == TOKEN_STAR || token.kind == TOKEN_ANY) {
		for (size_t j = end; j-- > 0;)
			covers[j] |= wildcard_takes(token, later->tokens[j]) && covers[j + 1];
		return;
	}
	for (size_t j = 0; j < end; j++)
		covers[j] = token_covers(token, later->tokens[j]) && covers[j + 1];
	covers[end] = false;
}

bool pattern_covers(const struct pattern *earlier, const struct pattern *later)
{
	bool covers[TEXT_MAX + 1] = {false};

	if (!bytes_starts(pattern_prefix(later), pattern_prefix(earlier)))
		return false;
	if (pattern_literal(later) && !earlier->personal)
		return pattern_match(earlier, later->text, (struct bytes){0});
	covers[later->count] = true;
	for (size_t i = earlier->count; i-- > 0;)
		token_cover(earlier->tokens[i], later, covers);
	return covers[0];
}
