/* containerline: the instructions of a Dockerfile, as BuildKit's parser cuts them. */
#include "containerline.h"

#include "arena.h"

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static struct bytes trim_left(struct bytes text)
{
	while (text.len && is_blank(text.data[0]))
		text = bytes_from(text, 1);
	return text;
}

/* The next line as it stands, without its end. */
static bool take_line(struct containerlines *lines, struct bytes *ret_line)
{
	if (!bytes_line(&lines->rest, ret_line))
		return false;
	if (bytes_ends(*ret_line, BYTES("\r")))
		ret_line->len--;
	lines->line++;
	return true;
}

static bool is_comment(struct bytes line)
{
	return bytes_starts(bytes_trim(line), BYTES("#"));
}

/* "# escape=`" at the top; anything else ends the directives. */
static bool read_directive(struct containerlines *lines, struct bytes line)
{
	struct bytes text = bytes_trim(line);

	if (!bytes_starts(text, BYTES("#")))
		return false;
	text = bytes_from(text, 1);
	struct bytes name = bytes_trim(bytes_first(text, bytes_index(text, '=')));
	struct bytes value = bytes_trim(bytes_from(text, bytes_index(text, '=') + 1));

	if (!value.len)
		return false;
	if (bytes_equal_fold(name, BYTES("escape")))
		lines->escape = value.data[0];
	else if (bytes_equal_fold(name, BYTES("syntax")))
		lines->syntax = value;
	else
		return bytes_equal_fold(name, BYTES("check"));
	return true;
}

struct containerlines containerlines_open(struct arena *arena, struct bytes text)
{
	struct bytes mark = BYTES("\xef\xbb\xbf"), line;
	struct containerlines lines = {.arena = arena, .escape = '\\'};

	lines.rest = bytes_from(text, bytes_starts(text, mark) ? mark.len : 0);
	for (struct containerlines next = lines; take_line(&next, &line) && read_directive(&next, line);)
		lines = next;
	return lines;
}

/* Takes the escape off the end of a line that goes on; one that an escape stands before does not. */
static bool goes_on(const struct containerlines *lines, struct bytes *line)
{
	size_t end = line->len;

	while (end && is_blank(line->data[end - 1]))
		end--;
	if (!end || line->data[end - 1] != lines->escape || (end > 1 && line->data[end - 2] == lines->escape))
		return false;
	line->len = end - 1;
	return true;
}

bool containerline_word(char escape, struct bytes *rest, struct bytes *ret_word)
{
	struct bytes text = trim_left(*rest);
	char quote = 0;
	size_t len = 0;

	for (; len < text.len && (quote || !is_blank(text.data[len])); len++) {
		char c = text.data[len];

		if (c == escape && quote != '\'' && len + 1 < text.len)
			len++;
		else if (quote ? c == quote : c == '"' || c == '\'')
			quote = quote ? 0 : c;
	}
	*ret_word = bytes_first(text, len);
	*rest = bytes_from(text, len);
	return len;
}

/* "EOF" of "3<<-'EOF'"; *ret_tabs: the tabs before the end do not count. */
static bool heredoc_of(const struct containerlines *lines, struct bytes word, struct bytes *ret_end, bool *ret_tabs)
{
	struct buffer end = {.arena = lines->arena};

	while (word.len && word.data[0] >= '0' && word.data[0] <= '9')
		word = bytes_from(word, 1);
	if (!bytes_starts(word, BYTES("<<")))
		return false;
	word = bytes_from(word, 2);
	*ret_tabs = bytes_starts(word, BYTES("-"));
	word = bytes_from(word, *ret_tabs ? 1 : 0);
	if (!word.len || bytes_index(word, '<') < word.len)
		return false;
	for (size_t i = 0; i < word.len; i++) {
		i += word.data[i] == lines->escape && i + 1 < word.len;
		if (word.data[i] != '"' && word.data[i] != '\'')
			buffer_add(&end, bytes_first(bytes_from(word, i), 1));
	}
	*ret_end = buffer_bytes(&end);
	return true;
}

static bool skip_heredoc(struct containerlines *lines, struct bytes end, bool tabs)
{
	struct bytes line;

	while (take_line(lines, &line)) {
		while (tabs && bytes_starts(line, BYTES("\t")))
			line = bytes_from(line, 1);
		if (bytes_equal(line, end))
			return true;
	}
	lines->unended = true;
	return false;
}

static bool may_hold_heredoc(struct bytes word)
{
	return bytes_equal_fold(word, BYTES("RUN")) || bytes_equal_fold(word, BYTES("COPY")) ||
	       bytes_equal_fold(word, BYTES("ADD"));
}

/* Leaves out the lines that belong to the heredocs of an instruction. */
static bool skip_heredocs(struct containerlines *lines, const struct containerline *line)
{
	struct bytes first = line->word, rest = line->rest, word, end;
	bool tabs;

	if (bytes_equal_fold(first, BYTES("ONBUILD")))
		containerline_word(lines->escape, &rest, &first);
	while (may_hold_heredoc(first) && containerline_word(lines->escape, &rest, &word))
		if (heredoc_of(lines, word, &end, &tabs) && !skip_heredoc(lines, end, tabs))
			return false;
	return true;
}

/* What follows a line that goes on; comments and empty lines between do not end it. */
static struct bytes join(struct containerlines *lines, struct bytes line)
{
	struct buffer whole = {.arena = lines->arena};
	bool more = goes_on(lines, &line);

	if (!more)
		return line;
	buffer_add(&whole, line);
	while (more && take_line(lines, &line)) {
		if (is_comment(line) || !bytes_trim(line).len)
			continue;
		more = goes_on(lines, &line);
		buffer_add(&whole, line);
	}
	return buffer_bytes(&whole);
}

bool containerlines_next(struct containerlines *lines, struct containerline *ret_line)
{
	struct bytes line;

	while (!lines->unended && take_line(lines, &line)) {
		if (is_comment(line) || !bytes_trim(line).len)
			continue;
		ret_line->line = lines->line;
		ret_line->text = bytes_trim(join(lines, line));
		ret_line->rest = ret_line->text;
		if (!bytes_word(&ret_line->rest, &ret_line->word))
			continue;
		ret_line->rest = bytes_trim(ret_line->rest);
		return skip_heredocs(lines, ret_line);
	}
	return false;
}
