/* regex: the interpreter of pcre2, never its compiler, with limits that no pattern can raise. */
#include "regex.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "arena.h"
#include "utf8.h"

#define MATCH_LIMIT 100000u /* steps */
#define DEPTH_LIMIT 10000u  /* nested ones */
#define HEAP_LIMIT 20480u   /* KiB */

/* Not PCRE2_MATCH_INVALID_UTF: with it the end of a match may be the byte before the first invalid one. */
#define WHOLE (PCRE2_UTF | PCRE2_DOLLAR_ENDONLY | PCRE2_NEVER_BACKSLASH_C | PCRE2_ANCHORED | PCRE2_ENDANCHORED)
#define SEARCH (PCRE2_MULTILINE | PCRE2_NEVER_UTF | PCRE2_NEVER_BACKSLASH_C)

struct regex {
	pcre2_code *code;
	pcre2_match_context *limits;
	pcre2_match_data *data; /* one for all matches, since the arena takes nothing back */
};

static void *take(size_t size, void *arena)
{
	return arena_alloc(arena, size);
}

static void keep(void *memory, void *arena)
{
	(void)memory;
	(void)arena;
}

static struct regex *refuse(struct arena *arena, int code, size_t offset, const char **ret_problem, size_t *ret_offset)
{
	char *text = arena_alloc(arena, 256);

	if (pcre2_get_error_message(code, (PCRE2_UCHAR *)text, 256) < 0)
		*ret_problem = "pcre2 does not take it";
	else
		*ret_problem = text;
	*ret_offset = offset;
	return NULL;
}

static struct regex *compile(struct arena *arena, struct bytes pattern, uint32_t options, const char **ret_problem,
			     size_t *ret_offset)
{
	struct regex *regex = arena_alloc(arena, sizeof(*regex));
	pcre2_general_context *memory = pcre2_general_context_create(take, keep, arena);
	pcre2_compile_context *context = pcre2_compile_context_create(memory);
	int code = 0;

	pcre2_set_max_pattern_length(context, REGEX_PATTERN_MAX);
	if (options == SEARCH)
		pcre2_set_newline(context, PCRE2_NEWLINE_ANYCRLF);
	regex->code = pcre2_compile((PCRE2_SPTR)(pattern.len ? pattern.data : ""), pattern.len, options, &code,
				    ret_offset, context);
	if (!regex->code)
		return refuse(arena, code, *ret_offset, ret_problem, ret_offset);
	regex->limits = pcre2_match_context_create(memory);
	regex->data = pcre2_match_data_create(2, memory);
	pcre2_set_match_limit(regex->limits, MATCH_LIMIT);
	pcre2_set_depth_limit(regex->limits, DEPTH_LIMIT);
	pcre2_set_heap_limit(regex->limits, HEAP_LIMIT);
	return regex;
}

struct regex *regex_compile(struct arena *arena, struct bytes pattern, const char **ret_problem, size_t *ret_offset)
{
	return compile(arena, pattern, WHOLE, ret_problem, ret_offset);
}

struct regex *regex_compile_search(struct arena *arena, struct bytes pattern, const char **ret_problem,
				   size_t *ret_offset)
{
	return compile(arena, pattern, SEARCH, ret_problem, ret_offset);
}

enum regex_answer regex_match(const struct regex *regex, struct bytes subject)
{
	if (subject.len > REGEX_SUBJECT_MAX)
		return REGEX_UNKNOWN;
	if (utf8_invalid(subject) < subject.len)
		return REGEX_NO;
	int code = pcre2_match(regex->code, (PCRE2_SPTR)(subject.len ? subject.data : ""), subject.len, 0, 0,
			       regex->data, regex->limits);

	if (code >= 0)
		return REGEX_YES;
	return code == PCRE2_ERROR_NOMATCH ? REGEX_NO : REGEX_UNKNOWN;
}

enum regex_answer regex_search(const struct regex *regex, struct bytes subject, size_t from, struct bytes *ret_found)
{
	int code = pcre2_match(regex->code, (PCRE2_SPTR)(subject.len ? subject.data : ""), subject.len, from, 0,
			       regex->data, regex->limits);

	if (code < 0)
		return code == PCRE2_ERROR_NOMATCH ? REGEX_NO : REGEX_UNKNOWN;
	const PCRE2_SIZE *places = pcre2_get_ovector_pointer(regex->data);

	if (code != 1 && places[2] != PCRE2_UNSET)
		places += 2;
	/* \K in a lookahead can put a match's beginning behind its end. */
	if (places[0] > places[1])
		return REGEX_UNKNOWN;
	*ret_found = bytes_first(bytes_from(subject, places[0]), places[1] - places[0]);
	return REGEX_YES;
}

struct regex *regex_anything(struct arena *arena)
{
	const char *problem;
	size_t offset;

	return regex_compile(arena, BYTES("(?s).+"), &problem, &offset);
}

/* All that `regex` matches, in upper or lower case. */
static bool force_case(const struct regex *regex, struct arena *arena, const char *replacement, struct bytes *text)
{
	size_t len = text->len * 2 + 1; /* no letter takes more than half again as many bytes in the other case */
	char *out = arena_alloc(arena, len);
	int code = pcre2_substitute(regex->code, (PCRE2_SPTR)text->data, text->len, 0, PCRE2_SUBSTITUTE_EXTENDED,
				    regex->data, regex->limits, (PCRE2_SPTR)replacement, PCRE2_ZERO_TERMINATED,
				    (PCRE2_UCHAR *)out, &len);

	if (code == 1)
		*text = (struct bytes){out, len};
	return code == 1;
}

bool regex_fold(const struct regex *anything, struct arena *arena, struct bytes *text)
{
	return force_case(anything, arena, "\\U$0", text) && force_case(anything, arena, "\\L$0", text);
}

const char *regex_library(struct arena *arena)
{
	int size = pcre2_config(PCRE2_CONFIG_VERSION, NULL);
	char *version = arena_alloc(arena, size > 0 ? (size_t)size : 1);

	if (size > 0)
		pcre2_config(PCRE2_CONFIG_VERSION, version);
	return version;
}
