/* secretrules: the sections of a rule file, each checked as it ends. */
#include "secretrules.h"

#include "arena.h"
#include "fault.h"
#include "inifile.h"
#include "nearest.h"
#include "regex.h"
#include "utf8.h"

#define KEYWORD_MIN 3u /* shorter words stand everywhere */
#define LINES_MAX 200u
#define ENTROPY_MAX 80u

/* What build-aux/embed makes. */
extern const unsigned char secrets_ini[];
extern const size_t secrets_ini_size;

struct bytes secretrules_builtin(void)
{
	return (struct bytes){(const char *)secrets_ini, secrets_ini_size};
}

/* A file being read: the rule that the next line may add to. */
struct reading {
	struct secret_rules *rules;
	struct findings *errors;
	struct arena *arena;
	struct secret_rule *rule;    /* open; NULL: none, or one that was refused */
	struct secret_rule defaults; /* [rule] without a name */
	unsigned seen;		     /* which keys it has, by their place in the table */
	bool own;		     /* `unless` of the open rule are its own */
	size_t keyword_room, unless_room;
	bool compile;
};

static void refuse(const struct reading *reading, const struct ini_entry *entry, const char *fix, const char *format,
		   ...) __attribute__((format(printf, 4, 5)));
static void refuse(const struct reading *reading, const struct ini_entry *entry, const char *fix, const char *format,
		   ...)
{
	va_list arguments;

	va_start(arguments, format);
	struct finding *fault = fault_vadd(reading->errors, &entry->origin, format, arguments);

	va_end(arguments);
	fault_column(fault, entry->column, entry->source);
	finding_fix(reading->errors, fault, "%s", fix);
}

struct regex *secretrules_compile(struct secret_regex *regex, struct arena *arena, const char **ret_problem,
				  size_t *ret_offset)
{
	if (!regex->compiled)
		regex->compiled = regex_compile_search(arena, regex->pattern, ret_problem, ret_offset);
	return regex->compiled;
}

static void check_regex(const struct reading *reading, struct secret_regex *regex)
{
	const char *problem;
	size_t offset;

	if (!reading->compile || secretrules_compile(regex, reading->arena, &problem, &offset))
		return;
	struct finding *fault = fault_add(reading->errors, &regex->origin, "%s, at character %zu of the expression",
					  problem, utf8_length(bytes_first(regex->pattern, offset)) + 1);

	fault_column(fault, regex->column, regex->source);
}

static void rule_fault(const struct reading *reading, const char *fix, const char *problem)
{
	struct finding *fault = fault_add(reading->errors, &reading->rule->origin, "[rule \"%.*s\"] %s",
					  BYTES_ARG(reading->rule->name), problem);

	finding_fix(reading->errors, fault, "%s", fix);
}

static void rule_close(struct reading *reading)
{
	struct secret_rule *rule = reading->rule;

	if (!rule || rule == &reading->defaults)
		return;
	if (!rule->what.len)
		rule_fault(reading, "what = a token of that service", "does not say what it finds");
	if (!rule->keyword_count)
		rule_fault(reading, "keywords = words that stand beside it or in it", "has no keywords");
	if (!rule->regex.pattern.len)
		rule_fault(reading, "regex = an expression whose first group is the secret", "has no regex");
	check_regex(reading, &rule->regex);
	for (size_t i = 0; reading->own && i < rule->unless_count; i++)
		check_regex(reading, &rule->unless[i]);
}

static const struct secret_rule *rule_named(const struct secret_rules *rules, struct bytes name)
{
	const struct secret_rule *rule = rules->first;

	while (rule && !bytes_equal(rule->name, name))
		rule = rule->next;
	return rule;
}

/* The name in rule "name". */
static bool name_of(struct bytes section, struct bytes *ret_name)
{
	if (section.len < 8 || !bytes_starts(section, BYTES("rule \"")) || !bytes_ends(section, BYTES("\"")))
		return false;
	*ret_name = bytes_first(bytes_from(section, 6), section.len - 7);
	for (size_t i = 0; i < ret_name->len; i++)
		if (!bytes_contains(BYTES("abcdefghijklmnopqrstuvwxyz0123456789-"),
				    (struct bytes){ret_name->data + i, 1}))
			return false;
	return ret_name->len > 0;
}

static void rule_open(struct reading *reading, const struct ini_entry *entry)
{
	struct secret_rules *rules = reading->rules;
	struct bytes name;

	reading->rule = NULL;
	reading->seen = 0;
	reading->own = false;
	reading->keyword_room = reading->unless_room = 0;
	if (bytes_equal(entry->section, BYTES("rule"))) {
		reading->rule = &reading->defaults;
		return;
	}
	if (!name_of(entry->section, &name)) {
		refuse(reading, entry, "[rule \"some-name\"], of lower case letters, digits and -", "not a rule");
		return;
	}
	if (rule_named(rules, name)) {
		refuse(reading, entry, "give it another name", "there is a rule \"%.*s\" already", BYTES_ARG(name));
		return;
	}
	reading->rule = arena_alloc(reading->arena, sizeof(*reading->rule));
	*reading->rule = reading->defaults;
	reading->rule->name = name;
	reading->rule->origin = entry->origin;
	reading->rule->lines = 1;
	if (rules->last)
		rules->last->next = reading->rule;
	else
		rules->first = reading->rule;
	rules->last = reading->rule;
	rules->count++;
}

static void take_keywords(struct reading *reading, const struct ini_entry *entry)
{
	struct secret_rule *rule = reading->rule;
	struct bytes rest = entry->value, word;

	while (bytes_word(&rest, &word)) {
		if (word.len < KEYWORD_MIN)
			refuse(reading, entry, "a longer word that it always stands beside",
			       "\"%.*s\" is too short to look for", BYTES_ARG(word));
		rule->keywords = arena_grow(reading->arena, rule->keywords, &reading->keyword_room,
					    rule->keyword_count + 1, sizeof(*rule->keywords));
		rule->keywords[rule->keyword_count++] = word;
	}
}

static struct secret_regex regex_of(const struct ini_entry *entry)
{
	return (struct secret_regex){entry->value, NULL, entry->origin, entry->source, entry->column};
}

/* A long expression goes on in further lines, without the blanks before them. */
static void take_regex(struct reading *reading, const struct ini_entry *entry)
{
	struct secret_regex *regex = &reading->rule->regex;

	if (!entry->continued)
		*regex = regex_of(entry);
	else
		regex->pattern =
			bytes_printf(reading->arena, "%.*s%.*s", BYTES_ARG(regex->pattern), BYTES_ARG(entry->value));
}

static void take_unless(struct reading *reading, const struct ini_entry *entry)
{
	struct secret_rule *rule = reading->rule;

	if (!reading->own) {
		rule->unless = NULL;
		rule->unless_count = 0;
	}
	reading->own = true;
	rule->unless = arena_grow(reading->arena, rule->unless, &reading->unless_room, rule->unless_count + 1,
				  sizeof(*rule->unless));
	rule->unless[rule->unless_count++] = regex_of(entry);
	if (rule == &reading->defaults)
		check_regex(reading, &rule->unless[rule->unless_count - 1]);
}

static void take_entropy(struct reading *reading, const struct ini_entry *entry)
{
	size_t point = bytes_index(entry->value, '.');
	struct bytes tenths = bytes_from(entry->value, point + 1);
	unsigned long whole, part = 0;
	bool good = bytes_number(bytes_first(entry->value, point), 8, &whole) &&
		    (point == entry->value.len || (tenths.len == 1 && bytes_number(tenths, 9, &part)));

	if (good && whole * 10 + part <= ENTROPY_MAX)
		reading->rule->entropy = whole * 10 + part;
	else
		refuse(reading, entry, "such as 3.5",
		       "entropy is a number of bits from 0 to 8 with at most one decimal");
}

static void take_lines(struct reading *reading, const struct ini_entry *entry)
{
	if (!bytes_number(entry->value, LINES_MAX, &reading->rule->lines) || !reading->rule->lines)
		refuse(reading, entry, "such as 2", "lines is a number from 1 to %u", LINES_MAX);
}

static void take_only(struct reading *reading, const struct ini_entry *entry)
{
	reading->rule->text = bytes_equal(entry->value, BYTES("text"));
	if (!reading->rule->text)
		refuse(reading, entry, "only = text", "only knows the word text");
}

static void take_what(struct reading *reading, const struct ini_entry *entry)
{
	reading->rule->what = entry->value;
}

static const struct rule_key {
	const char *name;
	void (*take)(struct reading *reading, const struct ini_entry *entry);
	bool lines; /* it may go on in further ones */
} keys[] = {
	{"what", take_what, false},    {"keywords", take_keywords, true}, {"regex", take_regex, true},
	{"unless", take_unless, true}, {"entropy", take_entropy, false},  {"lines", take_lines, false},
	{"only", take_only, false},
};

#define KEY_COUNT (sizeof(keys) / sizeof(*keys))

static void refuse_key(struct reading *reading, const struct ini_entry *entry)
{
	struct bytes names[KEY_COUNT], near;

	for (size_t i = 0; i < KEY_COUNT; i++)
		names[i] = bytes_of(keys[i].name);
	near = nearest_word(reading->arena, entry->key, names, KEY_COUNT);
	refuse(reading, entry,
	       near.len ? bytes_printf(reading->arena, "did you mean %.*s?", BYTES_ARG(near)).data
			: "one of: what keywords regex unless entropy lines only",
	       "a rule has no key %.*s", BYTES_ARG(entry->key));
}

static void take_key(struct reading *reading, const struct ini_entry *entry)
{
	size_t i = 0;

	while (i < KEY_COUNT && !bytes_equal(bytes_of(keys[i].name), entry->key))
		i++;
	if (i == KEY_COUNT)
		refuse_key(reading, entry);
	else if (reading->rule == &reading->defaults && keys[i].take != take_unless)
		refuse(reading, entry, "say it in each rule", "[rule] without a name has no key but unless");
	else if (entry->continued ? !keys[i].lines : reading->seen & 1u << i)
		refuse(reading, entry, "keep one", "%s is set already", keys[i].name);
	else if (entry->value.len)
		keys[i].take(reading, entry);
	reading->seen |= i < KEY_COUNT ? 1u << i : 0;
}

static void take_entry(void *context, const struct ini_entry *entry)
{
	struct reading *reading = context;

	if (!entry->key.len) {
		rule_close(reading);
		rule_open(reading, entry);
	} else if (reading->rule) {
		take_key(reading, entry);
	}
}

bool secretrules_read(struct bytes content, struct bytes file, bool compile, struct secret_rules *rules,
		      struct findings *errors)
{
	struct reading reading = {.rules = rules, .errors = errors, .arena = errors->arena, .compile = compile};
	size_t before = errors->count;

	inifile_read(content, file, take_entry, &reading, errors);
	rule_close(&reading);
	return errors->count == before;
}
