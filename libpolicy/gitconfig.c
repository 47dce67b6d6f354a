/* gitconfig: a file in the language of git-config(1), read from untrusted bytes. */
#include "gitconfig.h"

#include "arena.h"

struct gitconfig gitconfig_open(struct arena *arena, struct bytes text)
{
	struct bytes mark = BYTES("\xef\xbb\xbf");

	return (struct gitconfig){
		.arena = arena,
		.rest = bytes_from(text, bytes_starts(text, mark) ? mark.len : 0),
		.line = 1,
	};
}

/* The next character; a line feed for CR LF, and at the end. */
static char peek(const struct gitconfig *file)
{
	if (!file->rest.len || bytes_starts(file->rest, BYTES("\r\n")))
		return '\n';
	return file->rest.data[0];
}

static char take(struct gitconfig *file)
{
	char c = peek(file);

	file->line += file->rest.len && c == '\n';
	file->rest = bytes_from(file->rest, bytes_starts(file->rest, BYTES("\r\n")) ? 2 : 1);
	return c;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_key(char c)
{
	return is_letter(c) || (c >= '0' && c <= '9') || c == '-';
}

static void add(struct buffer *buffer, char c)
{
	buffer_add(buffer, (struct bytes){&c, 1});
}

static void add_lower(struct buffer *buffer, char c)
{
	add(buffer, c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c);
}

/* What stands between quotes in a heading, up to its end. */
static bool take_quoted(struct gitconfig *file, struct buffer *section)
{
	char c;

	while (peek(file) != '\n' && is_blank(peek(file)))
		take(file);
	if (take(file) != '"')
		return false;
	add(section, '.');
	while ((c = take(file)) != '"') {
		if (c == '\\')
			c = take(file);
		if (c == '\n')
			return false;
		add(section, c);
	}
	return take(file) == ']';
}

/* A heading, after its bracket. */
static bool take_heading(struct gitconfig *file)
{
	struct buffer section = {.arena = file->arena};
	char c;

	while ((c = take(file)) != ']') {
		if (c != '\n' && is_blank(c)) {
			if (!take_quoted(file, &section))
				return false;
			break;
		}
		if (!is_key(c) && c != '.')
			return false;
		add_lower(&section, c);
	}
	file->section = buffer_bytes(&section);
	return file->section.len;
}

/* What a backslash stands for; a line feed: nothing, the line goes on. */
static bool take_escape(struct gitconfig *file, struct buffer *value)
{
	char c = take(file);

	if (c == 't' || c == 'b' || c == 'n')
		add(value, c == 't' ? '\t' : c == 'b' ? '\b' : '\n');
	else if (c == '\\' || c == '"')
		add(value, c);
	return c == 't' || c == 'b' || c == 'n' || c == '\\' || c == '"' || c == '\n';
}

static void skip_line(struct gitconfig *file)
{
	while (peek(file) != '\n')
		take(file);
}

/* A value, after its "=". */
static bool take_value(struct gitconfig *file, struct bytes *ret_value)
{
	struct buffer value = {.arena = file->arena};
	size_t trimmed = 0; /* without the blanks at the end */
	bool quoted = false;
	char c;

	while ((c = peek(file)) != '\n') {
		if (!quoted && (c == '#' || c == ';')) {
			skip_line(file);
			break;
		}
		take(file);
		if (!quoted && is_blank(c)) {
			if (value.len)
				add(&value, c);
			continue;
		}
		if (c == '"')
			quoted = !quoted;
		else if (c != '\\')
			add(&value, c);
		else if (!take_escape(file, &value))
			return false;
		trimmed = value.len;
	}
	*ret_value = bytes_first(buffer_bytes(&value), trimmed);
	return !quoted;
}

static bool take_variable(struct gitconfig *file, struct gitconfig_entry *ret_entry)
{
	struct buffer key = {.arena = file->arena};

	*ret_entry = (struct gitconfig_entry){.section = file->section, .line = file->line};
	while (is_key(peek(file)))
		add_lower(&key, take(file));
	ret_entry->key = buffer_bytes(&key);
	while (peek(file) == ' ' || peek(file) == '\t')
		take(file);
	if (peek(file) == '\n')
		return true;
	return take(file) == '=' && take_value(file, &ret_entry->value);
}

enum gitconfig_step gitconfig_next(struct gitconfig *file, struct gitconfig_entry *ret_entry)
{
	while (file->rest.len) {
		char c = peek(file);

		if (is_letter(c))
			return take_variable(file, ret_entry) ? GITCONFIG_ENTRY : GITCONFIG_BROKEN;
		take(file);
		if (c == '#' || c == ';')
			skip_line(file);
		else if (c == '[' ? !take_heading(file) : !is_blank(c))
			return GITCONFIG_BROKEN;
	}
	return GITCONFIG_END;
}
