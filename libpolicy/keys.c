/* keys: looking up keys, those of rules and those that belong to none. */
#include "keys.h"

#include <string.h>

#include "arena.h"
#include "fault.h"
#include "keychecks.h"
#include "keytable.h"
#include "nearest.h"
#include "policyfile.h"
#include "rule.h"

/* A rule's name in [severity]. */
static const char *const severities[] = {"off", "warn", "enforce", NULL};
static const struct key severity = {
	.name = "severity",
	.sections = SECTION_SEVERITY,
	.kind = KEY_WORD,
	.words = severities,
	.check = check_severity,
	.help = "What a finding of the rule does: nothing, warn, or reject.",
};

static const char *const sections[] = {"policy", "identity", "user",  "group",	"commit",  "severity", "branch",
				       "tag",	 "ref",	     "check", "deploy", "content", "trigger",  "audit"};

#define COUNT(array) (sizeof(array) / sizeof(*(array)))
/* A file of nothing but slips does not get all of them compared with every word there is. */
#define NEAREST_MAX 50u

static bool listed(struct bytes word, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (bytes_equal(word, bytes_of(words[i])))
			return true;
	return false;
}

const char *keys_section(enum section_kind kind)
{
	size_t at = 0;

	while (at + 1 < COUNT(sections) && !((unsigned)kind & 1u << at))
		at++;
	return sections[at];
}

enum section_kind keys_section_kind(struct bytes name)
{
	for (size_t i = 0; i < COUNT(sections); i++)
		if (bytes_equal(name, bytes_of(sections[i])))
			return (enum section_kind)(1u << i);
	return (enum section_kind)0;
}

struct bytes keys_section_near(struct arena *arena, struct bytes name)
{
	struct bytes candidates[COUNT(sections)];

	for (size_t i = 0; i < COUNT(sections); i++)
		candidates[i] = bytes_of(sections[i]);
	return nearest_word(arena, name, candidates, COUNT(sections));
}

void policyfile_keys(void (*each)(void *context, const struct key *key, const struct rule *rule), void *context)
{
	for (size_t i = 0; i < keytable_own_count; i++)
		each(context, &keytable_own[i], NULL);
	for (size_t i = 0; i < rule_count; i++)
		for (size_t k = 0; k < rules[i]->key_count; k++)
			each(context, &rules[i]->keys[k], rules[i]);
}

static const struct key *search(const struct key *keys, size_t count, unsigned kinds, struct bytes name)
{
	for (size_t i = 0; i < count; i++)
		if (keys[i].sections & kinds && bytes_equal(name, bytes_of(keys[i].name)))
			return &keys[i];
	return NULL;
}

/* The key of that name in one of these kinds of section. */
static const struct key *search_all(unsigned kinds, struct bytes name)
{
	const struct key *found = search(keytable_own, keytable_own_count, kinds, name);

	for (size_t i = 0; !found && i < rule_count; i++)
		found = search(rules[i]->keys, rules[i]->key_count, kinds, name);
	return found;
}

const struct rule *keys_rule(struct bytes name)
{
	for (size_t i = 0; i < rule_count; i++)
		if (bytes_equal(name, bytes_of(rules[i]->name)))
			return rules[i];
	return NULL;
}

const struct key *keys_find(enum section_kind kind, struct bytes name)
{
	if (kind == SECTION_SEVERITY)
		return keys_rule(name) ? &severity : NULL;
	return search_all(kind, name);
}

bool keys_known(struct bytes name)
{
	return search_all(~0u, name) != NULL || listed(name, keytable_later, keytable_later_count);
}

/* The words that would have been right, for the nearest of them and for a list. */
struct words {
	struct arena *arena;
	enum section_kind kind;
	struct bytes *words;
	size_t count;
	size_t room;
	struct buffer list;
};

static void words_add(struct words *words, const char *word)
{
	words->words = arena_grow(words->arena, words->words, &words->room, words->count + 1, sizeof(*words->words));
	words->words[words->count++] = bytes_of(word);
	buffer_printf(&words->list, "%s%s", words->list.len ? " " : "", word);
}

static void collect_key(void *context, const struct key *key, const struct rule *rule)
{
	struct words *words = context;

	(void)rule;
	if (key->sections & words->kind)
		words_add(words, key->name);
}

static struct words words_of(struct arena *arena, enum section_kind kind)
{
	struct words words = {.arena = arena, .kind = kind, .list = {.arena = arena}};

	if (kind != SECTION_SEVERITY)
		policyfile_keys(collect_key, &words);
	for (size_t i = 0; kind == SECTION_SEVERITY && i < rule_count; i++)
		if (keys_rule(bytes_of(rules[i]->name)) == rules[i]) /* two rules may share a name */
			words_add(&words, rules[i]->name);
	return words;
}

static struct bytes section_list(struct arena *arena, unsigned kinds)
{
	struct buffer list = {.arena = arena};

	for (size_t i = 0; i < COUNT(sections); i++)
		if (kinds & 1u << i)
			buffer_printf(&list, "%s[%s]", list.len ? ", " : "", sections[i]);
	return buffer_bytes(&list);
}

/* The section kinds that have a key of that name, whichever rule's it is. */
static unsigned kinds_with(struct bytes name)
{
	unsigned kinds = 0;

	for (unsigned kind = SECTION_POLICY; kind <= SECTION_AUDIT; kind <<= 1)
		kinds |= search_all(kind, name) ? kind : 0;
	return kinds;
}

void keys_refuse(const struct ini_entry *entry, enum section_kind kind, struct findings *errors)
{
	unsigned elsewhere = kinds_with(entry->key);
	struct finding *fault;

	if (listed(entry->key, keytable_later, keytable_later_count)) {
		fault = fault_add(errors, &entry->origin, "%.*s is not supported by this version of git-policy",
				  BYTES_ARG(entry->key));
		finding_fix(errors, fault, "leave it out; nothing would judge by it");
	} else if (elsewhere) {
		fault = fault_add(errors, &entry->origin, "%.*s does not stand in [%s]", BYTES_ARG(entry->key),
				  keys_section(kind));
		finding_fix(errors, fault, "move it to %.*s", BYTES_ARG(section_list(errors->arena, elsewhere)));
	} else {
		struct words words = errors->count < NEAREST_MAX ? words_of(errors->arena, kind) : (struct words){0};
		struct bytes near = nearest_word(errors->arena, entry->key, words.words, words.count);

		fault = fault_add(errors, &entry->origin, "unknown %s \"%.*s\" in [%s]",
				  kind == SECTION_SEVERITY ? "rule" : "key", BYTES_ARG(entry->key), keys_section(kind));
		finding_wanted(errors, fault, "one of: %.*s", BYTES_ARG(buffer_bytes(&words.list)));
		if (near.len)
			finding_fix(errors, fault, "did you mean %.*s?", BYTES_ARG(near));
	}
	fault_column(fault, 1, entry->source);
}
