/* reference: which rules and keys are told, and what there is to say of each. */
#include "reference.h"

#include "arena.h"
#include "keys.h"
#include "keytable.h"
#include "nearest.h"

struct bytes reference_form(struct arena *arena, const struct key *key)
{
	static const char *const kinds[] = {
		[KEY_DURATION] = "90s, 10m, 24h or 3d",
		[KEY_SIZE] = "500k, 10M, 1G or bytes",
		[KEY_TEXT] = "text",
		[KEY_LIST] = "words",
		[KEY_WHO] = "users, @groups or anyone",
		[KEY_REGEX] = "a regular expression",
		[KEY_REGEXES] = "regular expressions, one a line",
		[KEY_CLAUSES] = "clauses, one a line",
	};
	struct buffer words = {.arena = arena};

	if (key->form)
		return bytes_of(key->form);
	if (key->kind == KEY_NUMBER && key->min == key->max)
		return bytes_printf(arena, "%lu", key->min);
	if (key->kind == KEY_NUMBER)
		return bytes_printf(arena, "%lu to %lu", key->min, key->max);
	if (key->kind != KEY_WORD)
		return bytes_of(kinds[key->kind]);
	for (size_t i = 0; key->words[i]; i++)
		buffer_printf(&words, "%s%s", i ? " | " : "", key->words[i]);
	return buffer_bytes(&words);
}

const char *reference_severity(const struct rule *rule)
{
	return rule->severity == SEVERITY_WARN ? "warn" : "enforce";
}

const char *reference_scope(const struct rule *rule)
{
	static const char *const words[] = {
		[SCOPE_UPDATE] = "update",
		[SCOPE_LANDING] = "landing",
		[SCOPE_COMMIT] = "commit",
		[SCOPE_CONTENT] = "content",
	};

	return words[rule->scope];
}

const char *reference_heading(const struct rule *rule, const struct key *key)
{
	unsigned sections = key ? key->sections : 0;

	if (sections & (SECTION_USER | SECTION_GROUP))
		return "user-group";
	if (sections & (SECTION_BRANCH | SECTION_TAG | SECTION_REF | SECTION_DEPLOY))
		return "branch-tag-ref-deploy";
	if (sections)
		return keys_section((enum section_kind)sections);
	if (rule->flags & RULE_FIXED)
		return "what-no-policy-can-change";
	return rule->scope == SCOPE_CONTENT ? "content" : "deploy";
}

/* An empty name is everything's. */
static bool is_called(struct bytes name, const char *own)
{
	return !name.len || bytes_equal(name, bytes_of(own));
}

/* One rule and its keys, or the keys that belong to none; how many of them are told. */
static size_t add_group(struct buffer *out, const struct reference_style *style, struct bytes name,
			const struct rule *rule)
{
	const struct key *keys = rule ? rule->keys : keytable_own;
	size_t key_count = rule ? rule->key_count : keytable_own_count, count = 0;
	bool all = is_called(name, rule ? rule->name : "");

	if (all) {
		style->rule(out, rule, name.len);
		count++;
	}
	for (size_t i = 0; i < key_count; i++) {
		if (!all && !is_called(name, keys[i].name))
			continue;
		style->key(out, &keys[i], rule, name.len);
		count++;
	}
	return count;
}

static struct bytes nearest_name(struct arena *arena, struct bytes name)
{
	size_t room = keytable_own_count, count = 0;

	for (size_t i = 0; i < rule_count; i++)
		room += 1 + rules[i]->key_count;
	struct bytes *names = arena_array(arena, room, sizeof(*names));

	for (size_t i = 0; i < keytable_own_count; i++)
		names[count++] = bytes_of(keytable_own[i].name);
	for (size_t i = 0; i < rule_count; i++) {
		names[count++] = bytes_of(rules[i]->name);
		for (size_t k = 0; k < rules[i]->key_count; k++)
			names[count++] = bytes_of(rules[i]->keys[k].name);
	}
	return nearest_word(arena, name, names, count);
}

bool reference_add(struct buffer *out, const struct reference_style *style, struct bytes name, struct bytes *ret_near)
{
	size_t count = 0;

	for (size_t i = 0; i < rule_count; i++)
		count += add_group(out, style, name, rules[i]);
	count += add_group(out, style, name, NULL);
	*ret_near = count ? (struct bytes){0} : nearest_name(out->arena, name);
	return count;
}
