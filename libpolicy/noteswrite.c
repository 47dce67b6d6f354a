/* noteswrite: release notes as Markdown, or as JSON lines. */
#include "notes.h"

#include <stdint.h>

#include "json.h"
#include "report.h"

/* Scopes may be several: "api,ui". */
static bool has_scope(struct bytes scopes, struct bytes scope)
{
	while (scopes.len) {
		struct bytes one = bytes_first(scopes, bytes_index(scopes, ','));

		if (bytes_equal_fold(bytes_trim(one), scope))
			return true;
		scopes = bytes_from(scopes, one.len + 1);
	}
	return false;
}

static bool takes(const struct notes_word *word, const struct message *message)
{
	if (word->breaking)
		return false;
	return (!word->type.len || bytes_equal_fold(word->type, message->type)) &&
	       (!word->scope.len || has_scope(message->scope, word->scope));
}

static bool section_takes(const struct notes_section *section, const struct message *message)
{
	for (size_t i = 0; i < section->word_count; i++)
		if (takes(&section->words[i], message))
			return true;
	return false;
}

/* Whether what breaks is told there. */
static bool tells_breaking(const struct notes_section *section)
{
	for (size_t i = 0; i < section->word_count; i++)
		if (section->words[i].breaking)
			return true;
	return false;
}

/* The place of the section that takes it by its type; the number of sections when none does. */
static size_t place_of(const struct notes *notes, const struct message *message)
{
	size_t place = 0;

	while (place < notes->count && !section_takes(&notes->sections[place], message))
		place++;
	return place;
}

static bool is_alphanumeric(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* What would be markup, and is somebody's text: links, emphasis, code, HTML. snake_case and a < b are none. */
static bool is_markup(struct bytes text, size_t at)
{
	char after = at + 1 < text.len ? text.data[at + 1] : ' ';

	switch (text.data[at]) {
	case '\\':
	case '`':
	case '*':
	case '[':
		return true;
	case '_':
		return !at || !is_alphanumeric(text.data[at - 1]) || !is_alphanumeric(after);
	case '<':
		return is_alphanumeric(after) || bytes_index(BYTES("/!?"), after) < 3;
	default:
		return false;
	}
}

void notes_text(struct buffer *out, struct bytes text)
{
	size_t from = 0;

	for (size_t i = 0; i < text.len; i++) {
		if (!is_markup(text, i))
			continue;
		escape_add(out, bytes_from(bytes_first(text, i), from), SIZE_MAX);
		buffer_printf(out, "\\%c", text.data[i]);
		from = i + 1;
	}
	escape_add(out, bytes_from(text, from), SIZE_MAX);
}

/* A value that goes on over several lines, in one. */
static void joined_add(struct buffer *out, struct bytes text)
{
	const char *between = "";
	struct bytes line;

	while (message_line(&text, &line)) {
		line = bytes_trim(line);
		if (!line.len)
			continue;
		buffer_add(out, bytes_of(between));
		notes_text(out, line);
		between = " ";
	}
}

/* What its footers say of what breaks; false when they say nothing. */
static bool breaking_add(struct buffer *out, const struct message *message)
{
	struct footers footers = message->footers;
	struct footer footer;
	const char *between = "";

	while (footer_next(&footers, &footer)) {
		if (!bytes_equal(footer.token, BYTES("BREAKING CHANGE")) &&
		    !bytes_equal(footer.token, BYTES("BREAKING-CHANGE")))
			continue;
		buffer_add(out, bytes_of(between));
		joined_add(out, footer.value);
		between = "; ";
	}
	return between[0];
}

/* ", Fixes #12" for each footer that closes an issue. */
static void closes_add(struct buffer *out, const struct message *message)
{
	static const char *const tokens[] = {"Closes", "Fixes", "Resolves"};
	struct footers footers = message->footers;
	struct footer footer;

	while (footer_next(&footers, &footer))
		for (size_t i = 0; i < sizeof(tokens) / sizeof(*tokens); i++) {
			if (!bytes_equal_fold(footer.token, bytes_of(tokens[i])))
				continue;
			bool number = footer.value.data[0] >= '0' && footer.value.data[0] <= '9';

			buffer_printf(out, ", %s %s", tokens[i], number ? "#" : "");
			joined_add(out, footer.value);
		}
}

/* "- **auth:** resolve session timeout (3f2c1ab, Fixes #789)" */
static void entry_add(struct buffer *out, const struct changelog_entry *entry, bool breaking)
{
	const struct message *message = &entry->message;

	buffer_add(out, BYTES("- "));
	if (message->scope.len) {
		buffer_add(out, BYTES("**"));
		notes_text(out, message->scope);
		buffer_add(out, BYTES(":** "));
	}
	if (!breaking || !breaking_add(out, message))
		notes_text(out, bytes_trim(message->subject));
	buffer_printf(out, " (%s", oid_abbrev(&entry->id).text);
	closes_add(out, message);
	buffer_add(out, BYTES(")\n"));
}

/* Whether the section at `place` tells of the commit, and whether it does as of something that breaks. */
static bool tells(const struct notes *notes, size_t place, const struct changelog_entry *entry, bool *ret_breaking)
{
	bool told = entry->message.conventional && !entry->merge && !entry->undoes && !entry->undone;

	*ret_breaking = told && entry->message.breaking && tells_breaking(&notes->sections[place]);
	return *ret_breaking || (told && place_of(notes, &entry->message) == place);
}

static void title_add(struct buffer *out, struct bytes title)
{
	buffer_add(out, BYTES("\n## "));
	escape_add(out, title, SIZE_MAX);
	buffer_add(out, BYTES("\n\n"));
}

static void section_add(struct buffer *out, const struct notes *notes, size_t place, const struct changelog *changelog)
{
	const struct notes_section *section = &notes->sections[place];
	bool empty = true;

	for (size_t i = changelog->count; i-- > 0;) {
		const struct changelog_entry *entry = &changelog->list[i];
		bool breaking;

		if (!tells(notes, place, entry, &breaking))
			continue;
		if (empty)
			title_add(out, section->title);
		empty = false;
		entry_add(out, entry, breaking);
	}
	if (!empty || !notes->whole)
		return;
	title_add(out, section->title);
	buffer_add(out, BYTES("None.\n"));
}

void notes_write(const struct notes *notes, const struct changelog *changelog, struct buffer *out)
{
	size_t before = out->len;

	for (size_t i = 0; i < notes->count; i++)
		section_add(out, notes, i, changelog);
	if (out->len == before)
		buffer_add(out, BYTES("\nNothing to tell.\n"));
}

static void line_add(struct json *json, struct bytes section, const struct changelog_entry *entry)
{
	const struct message *message = &entry->message;

	buffer_printf(json->out, "{\"type\":\"change\",\"commit\":\"%s\"", oid_hex(&entry->id).text);
	json_text(json, ",\"section\":", section);
	json_text(json, ",\"kind\":", message->type);
	json_text(json, ",\"scope\":", message->scope);
	json_text(json, ",\"subject\":", bytes_trim(message->subject));
	buffer_printf(json->out, ",\"breaking\":%s}\n", message->breaking ? "true" : "false");
}

void notes_json(const struct notes *notes, const struct changelog *changelog, struct buffer *out)
{
	struct json json = {.out = out, .scratch = {.arena = out->arena}};
	bool breaking;

	for (size_t place = 0; place < notes->count; place++)
		for (size_t i = changelog->count; i-- > 0;)
			if (tells(notes, place, &changelog->list[i], &breaking))
				line_add(&json, notes->sections[place].title, &changelog->list[i]);
}
