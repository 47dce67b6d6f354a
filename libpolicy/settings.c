/* settings: words, numbers, durations, expressions: what stands after the = of a key. */
#include "settings.h"

#include "arena.h"
#include "fault.h"
#include "nearest.h"
#include "regex.h"
#include "utf8.h"

static struct finding *blame(struct findings *errors, const struct setting *setting, size_t index, size_t offset,
			     const char *format, va_list arguments) __attribute__((format(printf, 5, 0)));
static struct finding *blame(struct findings *errors, const struct setting *setting, size_t index, size_t offset,
			     const char *format, va_list arguments)
{
	if (index >= setting->clause_count)
		return fault_vadd(errors, &setting->origin, format, arguments);
	const struct clause *clause = &setting->clauses[index];
	struct finding *fault = fault_vadd(errors, &clause->origin, format, arguments);

	fault_column(fault, clause->column + (unsigned)utf8_length(bytes_first(clause->text, offset)), clause->source);
	return fault;
}

struct finding *settings_fault(struct findings *errors, const struct setting *setting, size_t index, size_t offset,
			       const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	struct finding *fault = blame(errors, setting, index, offset, format, arguments);

	va_end(arguments);
	return fault;
}

void setting_error(struct findings *errors, const struct setting *setting, size_t index, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	blame(errors, setting, index, 0, format, arguments);
	va_end(arguments);
}

static size_t word_count(const struct key *key)
{
	size_t count = 0;

	while (key->words[count])
		count++;
	return count;
}

static bool parse_word(struct arena *arena, struct setting *setting, struct findings *errors)
{
	struct bytes text = setting->clauses[0].text;
	size_t count = word_count(setting->key);
	struct bytes *words = arena_array(arena, count, sizeof(*words));
	struct buffer list = {.arena = arena};

	for (size_t i = 0; i < count; i++) {
		words[i] = bytes_of(setting->key->words[i]);
		setting->number = i;
		if (bytes_equal(text, words[i]))
			return true;
		buffer_printf(&list, "%s%s", i ? " " : "", setting->key->words[i]);
	}
	struct bytes near = nearest_word(arena, text, words, count);
	struct finding *fault =
		settings_fault(errors, setting, 0, 0, "%s cannot be \"%.*s\"", setting->key->name, BYTES_ARG(text));

	finding_wanted(errors, fault, "one of: %.*s", BYTES_ARG(buffer_bytes(&list)));
	if (near.len)
		finding_fix(errors, fault, "did you mean %.*s?", BYTES_ARG(near));
	return false;
}

static bool parse_number(struct setting *setting, struct findings *errors)
{
	const struct key *key = setting->key;
	struct bytes text = setting->clauses[0].text;

	if (bytes_number(text, key->max, &setting->number) && setting->number >= key->min)
		return true;
	struct finding *fault =
		settings_fault(errors, setting, 0, 0, "%s cannot be \"%.*s\"", key->name, BYTES_ARG(text));

	if (key->min == key->max)
		finding_wanted(errors, fault, "%lu", key->min);
	else
		finding_wanted(errors, fault, "a whole number from %lu to %lu", key->min, key->max);
	return false;
}

static bool parse_duration(struct setting *setting, struct findings *errors)
{
	struct bytes text = setting->clauses[0].text;

	if (settings_duration(text, &setting->number) && setting->number >= setting->key->min)
		return true;
	struct finding *fault =
		settings_fault(errors, setting, 0, 0, "%s cannot be \"%.*s\"", setting->key->name, BYTES_ARG(text));

	finding_wanted(errors, fault, "a whole number and its unit, s m h or d, %sup to ten years: 90s 10m 24h 3d",
		       setting->key->min ? "not 0, " : "");
	return false;
}

static bool parse_size(struct setting *setting, struct findings *errors)
{
	struct bytes text = setting->clauses[0].text;

	if (settings_size(text, &setting->number) && setting->number >= setting->key->min)
		return true;
	struct finding *fault =
		settings_fault(errors, setting, 0, 0, "%s cannot be \"%.*s\"", setting->key->name, BYTES_ARG(text));

	finding_wanted(errors, fault, "a whole number of bytes%s, or of k, M or G (1024 each time): 500k 10M 1G",
		       setting->key->min ? ", not 0" : "");
	return false;
}

static bool parse_words(struct arena *arena, struct setting *setting)
{
	size_t room = 1; /* most lists have one word, and there may be thousands */

	setting->words = arena_alloc(arena, sizeof(*setting->words));
	for (size_t i = 0; i < setting->clause_count; i++) {
		struct bytes rest = setting->clauses[i].text, word;

		while (bytes_word(&rest, &word)) {
			setting->words = arena_grow(arena, setting->words, &room, setting->word_count + 1,
						    sizeof(*setting->words));
			setting->words[setting->word_count++] = word;
		}
	}
	return true;
}

static bool parse_who(struct arena *arena, struct setting *setting, struct findings *errors)
{
	parse_words(arena, setting);
	for (size_t i = 0; setting->word_count > 1 && i < setting->word_count; i++)
		if (bytes_equal(setting->words[i], BYTES("anyone"))) {
			setting_error(errors, setting, 0, "anyone stands alone: everybody else is meant by it too");
			return false;
		}
	return true;
}

static bool parse_regexes(struct arena *arena, struct setting *setting, struct findings *errors)
{
	bool good = true;

	setting->regexes = arena_array(arena, setting->clause_count, sizeof(*setting->regexes));
	for (size_t i = 0; i < setting->clause_count; i++) {
		const char *problem;
		size_t offset;

		setting->regexes[i] = regex_compile(arena, setting->clauses[i].text, &problem, &offset);
		if (setting->regexes[i])
			continue;
		settings_fault(errors, setting, i, offset, "not a regular expression: %s", problem);
		good = false;
	}
	return good;
}

static bool takes_lines(enum key_kind kind)
{
	return kind == KEY_LIST || kind == KEY_WHO || kind == KEY_REGEXES || kind == KEY_CLAUSES;
}

static bool parse_kind(struct arena *arena, struct setting *setting, struct findings *errors)
{
	switch (setting->key->kind) {
	case KEY_WORD:
		return parse_word(arena, setting, errors);
	case KEY_NUMBER:
		return parse_number(setting, errors);
	case KEY_DURATION:
		return parse_duration(setting, errors);
	case KEY_SIZE:
		return parse_size(setting, errors);
	case KEY_LIST:
		return parse_words(arena, setting);
	case KEY_WHO:
		return parse_who(arena, setting, errors);
	case KEY_REGEX:
	case KEY_REGEXES:
		return parse_regexes(arena, setting, errors);
	case KEY_TEXT:
	case KEY_CLAUSES:
		return true;
	}
	return false;
}

/* Whether a # can begin no word of the value, so that one there was meant to begin a comment. */
static bool takes_plain_words(enum key_kind kind)
{
	return kind != KEY_TEXT && kind != KEY_REGEX && kind != KEY_REGEXES && kind != KEY_CLAUSES;
}

static bool check_comment(const struct setting *setting, struct findings *errors)
{
	for (size_t i = 0; takes_plain_words(setting->key->kind) && i < setting->clause_count; i++) {
		struct bytes text = setting->clauses[i].text, rest = text, word;

		while (bytes_index(rest, '#') < rest.len && bytes_word(&rest, &word)) {
			if (word.data[0] != '#')
				continue;
			finding_fix(errors,
				    settings_fault(errors, setting, i, (size_t)(word.data - text.data),
						   "the # and what follows would be part of %s", setting->key->name),
				    "a comment stands on a line of its own");
			return false;
		}
	}
	return true;
}

/* "ui core": what a clause says without its commas. */
static struct bytes without_commas(struct bytes text, struct arena *arena)
{
	struct buffer list = {.arena = arena};
	struct bytes word;

	while (bytes_word(&text, &word)) {
		while (bytes_ends(word, BYTES(",")))
			word.len--;
		if (word.len)
			buffer_printf(&list, "%s%.*s", list.len ? " " : "", BYTES_ARG(word));
	}
	return buffer_bytes(&list);
}

static bool check_commas(const struct setting *setting, struct findings *errors)
{
	bool list = setting->key->kind == KEY_LIST || setting->key->kind == KEY_WHO;

	for (size_t i = 0; list && i < setting->clause_count; i++) {
		struct bytes text = setting->clauses[i].text, rest = text, word;

		while (bytes_index(rest, ',') < rest.len && bytes_word(&rest, &word)) {
			if (!bytes_ends(word, BYTES(",")))
				continue;
			size_t comma = (size_t)(word.data - text.data) + word.len - 1;

			finding_fix(errors, settings_fault(errors, setting, i, comma, "a list is separated by blanks"),
				    "write %.*s", BYTES_ARG(without_commas(text, errors->arena)));
			return false;
		}
	}
	return true;
}

bool settings_parse(struct arena *arena, struct setting *setting, struct findings *errors)
{
	if (!setting->clause_count) {
		setting_error(errors, setting, 0, "%s has no value", setting->key->name);
		return false;
	}
	if (setting->clause_count > 1 && !takes_lines(setting->key->kind)) {
		setting_error(errors, setting, 1, "%s takes one value, on one line", setting->key->name);
		return false;
	}
	if (!check_comment(setting, errors) || !check_commas(setting, errors))
		return false;
	return parse_kind(arena, setting, errors) && (!setting->key->check || setting->key->check(setting, errors));
}
