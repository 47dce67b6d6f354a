/* reference_json: rules and keys as JSON lines. */
#include "json.h"
#include "keys.h"
#include "reference.h"

static void texts_add(struct json *json, size_t index, const char *text)
{
	if (index)
		buffer_add(json->out, BYTES(","));
	json_string(json, bytes_of(text));
}

static void write_rule(struct buffer *out, const struct rule *rule, bool whole)
{
	struct json json = {.out = out, .scratch = {.arena = out->arena}};

	(void)whole;
	if (!rule)
		return;
	buffer_printf(out, "{\"type\":\"rule\",\"name\":\"%s\",\"scope\":\"%s\",\"severity\":\"%s\",\"fixed\":%s",
		      rule->name, reference_scope(rule), reference_severity(rule),
		      rule->flags & RULE_FIXED ? "true" : "false");
	json_text(&json, ",\"help\":", bytes_of(rule->help));
	json_text(&json, ",\"mend\":", bytes_of(rule->mend));
	buffer_add(out, BYTES(",\"keys\":["));
	for (size_t i = 0; i < rule->key_count; i++)
		texts_add(&json, i, rule->keys[i].name);
	buffer_printf(out, "],\"manual\":\"docs/policy.md#%s\"}\n",
		      reference_heading(rule, rule->key_count ? rule->keys : NULL));
}

static void write_sections(struct json *json, const struct key *key)
{
	size_t count = 0;

	buffer_add(json->out, BYTES(",\"sections\":["));
	for (unsigned kind = SECTION_POLICY; kind <= SECTION_AUDIT; kind <<= 1)
		if (key->sections & kind)
			texts_add(json, count++, keys_section((enum section_kind)kind));
	buffer_add(json->out, BYTES("]"));
}

static void write_words(struct json *json, const struct key *key)
{
	if (key->kind != KEY_WORD)
		return;
	buffer_add(json->out, BYTES(",\"words\":["));
	for (size_t i = 0; key->words[i]; i++)
		texts_add(json, i, key->words[i]);
	buffer_add(json->out, BYTES("]"));
}

static void write_key(struct buffer *out, const struct key *key, const struct rule *rule, bool whole)
{
	struct json json = {.out = out, .scratch = {.arena = out->arena}};

	(void)whole;
	buffer_printf(out, "{\"type\":\"key\",\"name\":\"%s\"", key->name);
	if (rule)
		json_text(&json, ",\"rule\":", bytes_of(rule->name));
	write_sections(&json, key);
	json_text(&json, ",\"form\":", reference_form(out->arena, key));
	write_words(&json, key);
	json_text(&json, ",\"help\":", bytes_of(key->help));
	json_text(&json, ",\"unset\":", bytes_of(key->unset));
	json_text(&json, ",\"example\":", bytes_of(key->example));
	buffer_printf(out, ",\"manual\":\"docs/policy.md#%s\"}\n", reference_heading(rule, key));
}

const struct reference_style reference_json = {write_rule, write_key};
