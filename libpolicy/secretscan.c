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
/* What has to be plain, on both sides of a keyword in its line, for a binary file to be text there. */
#define AROUND ((size_t)200)

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
	bool binary;
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

/* Whether what is around `at`, in its line, is made of what texts are made of. */
static bool is_plain(struct bytes content, size_t at)
{
	size_t begin = line_begin(content, at), end = line_end(content, at, 1, AROUND);

	for (size_t i = at > begin + AROUND ? at - AROUND : begin; i < end; i++) {
		unsigned char byte = (unsigned char)content.data[i];

		if (byte == 0x7f || (byte < ' ' && byte != '\t' && byte != '\r' && byte != '\n'))
			return false;
	}
	return true;
}

/* Looks around a keyword of the rule, which ends at `at`, unless an earlier one was near enough: then what begins here
 * was seen with half as much behind it. */
static bool search(struct scanning *scanning, size_t rank, size_t at)
{
	struct bytes content = scanning->content;
	unsigned long lines = scanning->scan->table[rank]->lines;
	size_t *searched = &scanning->scan->searched[rank];

	if (at <= *searched || (scanning->binary && scanning->scan->table[rank]->text && !is_plain(content, at)))
		return true;
	*searched = line_end(content, at, (lines + 1) / 2, AFTER / 2);
	return search_between(scanning, rank, line_begin(content, at), line_end(content, at, lines, AFTER));
}

/* Appends what was found. */
static void tell(const struct scanning *scanning, struct secret **secrets, size_t *count)
{
	struct secretscan *scan = scanning->scan;
	struct secret *told = arena_array(scan->scratch, *count + scanning->count, sizeof(*told));
	const char *at = scanning->content.data, *next;
	unsigned line = 1;

	for (size_t i = 0; i < *count; i++)
		told[i] = (*secrets)[i];
	for (size_t i = 0; i < scanning->count; i++) {
		const struct found *found = &scanning->found[i];
		const struct secret_rule *rule = scan->table[found->rank];

		for (; (next = memchr(at, '\n', (size_t)(found->text.data - at))); at = next + 1)
			line++;
		told[(*count)++] = (struct secret){rule->name, rule->what, found->text, line};
	}
	*secrets = told;
}

/* Finds those of `content`, and appends them. */
static bool find(struct secretscan *scan, struct bytes content, struct secret **secrets, size_t *count)
{
	struct keyword_pass pass = {.content = content};
	struct bytes head = bytes_first(content, HEAD);
	struct scanning scanning = {.scan = scan, .content = content, .binary = bytes_index(head, '\0') < head.len};
	unsigned rank;

	if (!content.len)
		return true;
	if (!scan->table && !make_ready(scan))
		return false;
	memset(scan->searched, 0, scan->rules.count * sizeof(*scan->searched));
	while (keywords_next(scan->keywords, &pass, &rank))
		if (!search(&scanning, rank, pass.at) || scanning.count > SECRETSCAN_MAX)
			return false;
	tell(&scanning, secrets, count);
	return true;
}

static void forget(struct secretscan *scan)
{
	if (scan->scratch)
		arena_reset(scan->scratch);
	else
		scan->scratch = arena_child(scan->arena);
}

bool secretscan_find(struct secretscan *scan, struct bytes text, struct secret **ret_secrets, size_t *ret_count)
{
	forget(scan);
	*ret_secrets = NULL;
	*ret_count = 0;
	return find(scan, text, ret_secrets, ret_count);
}

bool secretscan_file(struct secretscan *scan, struct bytes content, struct secret **ret_secrets, size_t *ret_count)
{
	bool marked = utf16_marked(content);

	return secretscan_find(scan, bytes_from(content, marked ? 2 : 0), ret_secrets, ret_count) &&
	       (!marked || find(scan, utf16_decode(scan->scratch, content), ret_secrets, ret_count));
}

bool secretscan_holds(struct secretscan *scan, struct bytes content, struct bytes secret)
{
	forget(scan);
	return bytes_contains(content, secret) ||
	       (utf16_marked(content) && bytes_contains(utf16_decode(scan->scratch, content), secret));
}
