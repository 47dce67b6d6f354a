/* secretscan: one pass for the keywords, then the expressions of their rules in the lines around them. */
#include "secretscan.h"

#include <math.h>
#include <string.h>

#include "arena.h"
#include "keywords.h"
#include "regex.h"
#include "secretrules.h"
#include "utf16.h"

/* What of a long line an expression gets to see, from the end of a keyword. */
#define BEFORE ((size_t)1024)
#define AFTER ((size_t)8192)
/* Where git, too, looks for a NUL. */
#define HEAD ((size_t)8000)

struct secretscan {
	struct arena *arena;
	struct arena *scratch; /* of one content */
	struct secret_rules rules;
	struct secret_rule **table; /* by number; NULL: the rules have not been made ready */
	struct keywords *keywords;
	size_t *searched; /* for each rule, up to where another keyword of it needs no search of its own */
};

/* What a rule found. */
struct found {
	struct bytes text;
	size_t rank; /* the number of the rule */
};

/* One content being scanned. */
struct scanning {
	struct secretscan *scan;
	struct bytes content;
	struct found *found; /* in the order of the content */
	size_t count;
	size_t room;
};

struct secretscan *secretscan_new(struct arena *arena)
{
	struct secretscan *scan = arena_alloc(arena, sizeof(*scan));

	scan->arena = arena;
	return scan;
}

bool secretscan_add(struct secretscan *scan, struct bytes content, struct bytes file, struct findings *errors)
{
	return secretrules_read(content, file, true, &scan->rules, errors);
}

/* The built-in rules are the last, and cannot be wrong: a unit test reads them all. */
static bool make_ready(struct secretscan *scan)
{
	struct findings errors = {.arena = scan->arena};
	size_t number = 0;

	if (!secretrules_read(secretrules_builtin(), BYTES("secrets.ini"), false, &scan->rules, &errors))
		return false;
	scan->keywords = keywords_new(scan->arena);
	scan->searched = arena_array(scan->arena, scan->rules.count, sizeof(*scan->searched));
	struct secret_rule **table = arena_array(scan->arena, scan->rules.count, sizeof(*table));

	for (struct secret_rule *rule = scan->rules.first; rule; rule = rule->next) {
		for (size_t i = 0; i < rule->keyword_count; i++)
			keywords_add(scan->keywords, rule->keywords[i], (unsigned)number);
		table[number++] = rule;
	}
	keywords_build(scan->keywords);
	scan->table = table;
	return true;
}

/* Tenths of a bit that each byte holds, by how often it occurs here. */
static double entropy_of(struct bytes text)
{
	size_t counts[256] = {0};
	double bits = 0;

	for (size_t i = 0; i < text.len; i++)
		counts[(unsigned char)text.data[i]]++;
	for (size_t i = 0; i < 256; i++)
		if (counts[i])
			bits += (double)counts[i] * log2((double)text.len / (double)counts[i]);
	return text.len ? 10 * bits / (double)text.len : 0;
}

/* Whether `text`, which the expression of the rule found, is a secret. */
static enum regex_answer is_secret(struct secretscan *scan, struct secret_rule *rule, struct bytes text)
{
	const char *problem;
	struct bytes found;
	size_t offset;

	if (!text.len || (rule->entropy && entropy_of(text) < (double)rule->entropy))
		return REGEX_NO;
	for (size_t i = 0; i < rule->unless_count; i++) {
		struct regex *regex = secretrules_compile(&rule->unless[i], scan->arena, &problem, &offset);
		enum regex_answer answer = regex ? regex_search(regex, text, 0, &found) : REGEX_UNKNOWN;

		if (answer != REGEX_NO)
			return answer == REGEX_YES ? REGEX_NO : REGEX_UNKNOWN;
	}
	return REGEX_YES;
}

/* How many of what was found end behind the place. Nothing overlaps, so these are the last. */
static size_t found_behind(const struct scanning *scanning, const char *place)
{
	size_t count = 0;

	while (count < scanning->count) {
		const struct bytes *text = &scanning->found[scanning->count - count - 1].text;

		if (text->data + text->len <= place)
			break;
		count++;
	}
	return count;
}

/* In its place, unless an earlier rule has found some of it; what later ones have found of it goes. */
static void take(struct scanning *scanning, size_t rank, struct bytes text)
{
	size_t begin = scanning->count - found_behind(scanning, text.data), end = begin;

	for (; end < scanning->count && scanning->found[end].text.data < text.data + text.len; end++)
		if (scanning->found[end].rank <= rank)
			return;
	scanning->found = arena_grow(scanning->scan->scratch, scanning->found, &scanning->room, scanning->count + 1,
				     sizeof(*scanning->found));
	memmove(scanning->found + begin + 1, scanning->found + end, (scanning->count - end) * sizeof(*scanning->found));
	scanning->found[begin] = (struct found){text, rank};
	scanning->count += begin + 1 - end;
}

/* Where the line of `at` begins, or as far before as an expression gets to see. */
static size_t line_begin(struct bytes content, size_t at)
{
	size_t least = at > BEFORE ? at - BEFORE : 0;
	const char *end = memrchr(content.data + least, '\n', at - least);

	return end ? (size_t)(end - content.data) + 1 : least;
}

/* Where `lines` lines from `at` on end, line end included, or for a long line `after` bytes of it. */
static size_t line_end(struct bytes content, size_t at, unsigned long lines, size_t after)
{
	while (lines-- > 0 && at < content.len) {
		size_t most = content.len - at > after ? at + after : content.len;
		const char *end = memchr(content.data + at, '\n', most - at);

		at = end ? (size_t)(end - content.data) + 1 : most;
	}
	return at;
}

/* Looks for what the rule finds between two places. */
static bool search_between(struct scanning *scanning, size_t rank, size_t from, size_t to)
{
	struct secretscan *scan = scanning->scan;
	struct secret_rule *rule = scan->table[rank];
	struct bytes seen = bytes_first(scanning->content, to), found;
	const char *problem;
	size_t offset;
	const struct regex *regex = secretrules_compile(&rule->regex, scan->arena, &problem, &offset);

	while (regex && from < to) {
		enum regex_answer answer = regex_search(regex, seen, from, &found);

		if (answer == REGEX_NO)
			return true;
		if (answer == REGEX_YES)
			answer = is_secret(scan, rule, found);
		if (answer == REGEX_UNKNOWN)
			return false;
		if (answer == REGEX_YES)
			take(scanning, rank, found);
		size_t end = (size_t)(found.data - seen.data) + found.len;

		from = end > from ? end : from + 1;
	}
	return regex != NULL;
}

/* Looks around a keyword of the rule, which ends at `at`, unless an earlier one was near enough: then what begins here
 * was seen with half as much behind it. */
static bool search(struct scanning *scanning, size_t rank, size_t at)
{
	struct bytes content = scanning->content;
	unsigned long lines = scanning->scan->table[rank]->lines;
	size_t *searched = &scanning->scan->searched[rank];

	if (at <= *searched)
		return true;
	*searched = line_end(content, at, (lines + 1) / 2, AFTER / 2);
	return search_between(scanning, rank, line_begin(content, at), line_end(content, at, lines, AFTER));
}

static struct secret *secrets_of(const struct scanning *scanning)
{
	const struct secretscan *scan = scanning->scan;
	struct secret *secrets = arena_array(scan->scratch, scanning->count, sizeof(*secrets));
	const char *at = scanning->content.data, *next;
	unsigned line = 1;

	for (size_t i = 0; i < scanning->count; i++) {
		const struct found *found = &scanning->found[i];
		const struct secret_rule *rule = scan->table[found->rank];

		for (; (next = memchr(at, '\n', (size_t)(found->text.data - at))); at = next + 1)
			line++;
		secrets[i] = (struct secret){rule->name, rule->what, found->text, line};
	}
	return secrets;
}

struct bytes secretscan_text(struct secretscan *scan, struct bytes content)
{
	if (scan->scratch)
		arena_reset(scan->scratch);
	else
		scan->scratch = arena_child(scan->arena);
	return utf16_marked(content) ? utf16_decode(scan->scratch, content) : content;
}

bool secretscan_find(struct secretscan *scan, struct bytes content, struct secret **ret_secrets, size_t *ret_count)
{
	struct keyword_pass pass = {.content = secretscan_text(scan, content)};
	struct scanning scanning = {.scan = scan, .content = pass.content};
	struct bytes head = bytes_first(pass.content, HEAD);
	bool binary = bytes_index(head, '\0') < head.len;
	unsigned rank;

	*ret_secrets = NULL;
	*ret_count = 0;
	if (!pass.content.len)
		return true;
	if (!scan->table && !make_ready(scan))
		return false;
	memset(scan->searched, 0, scan->rules.count * sizeof(*scan->searched));
	while (keywords_next(scan->keywords, &pass, &rank)) {
		if (!(binary && scan->table[rank]->text) && !search(&scanning, rank, pass.at))
			return false;
		if (scanning.count > SECRETSCAN_MAX)
			return false;
	}
	*ret_secrets = secrets_of(&scanning);
	*ret_count = scanning.count;
	return true;
}
