/* cleanup: what git makes of a message file before it becomes a commit (git-commit(1), --cleanup). */
#include "cleanup.h"

#include <string.h>

#include "arena.h"

#define CUT " ------------------------ >8 ------------------------\n"

bool cleanup_mode_of(struct bytes configured, bool edited, enum cleanup_mode *ret_mode)
{
	if (!configured.len || bytes_equal(configured, BYTES("default")))
		*ret_mode = edited ? CLEANUP_STRIP : CLEANUP_WHITESPACE;
	else if (bytes_equal(configured, BYTES("verbatim")))
		*ret_mode = CLEANUP_VERBATIM;
	else if (bytes_equal(configured, BYTES("whitespace")))
		*ret_mode = CLEANUP_WHITESPACE;
	else if (bytes_equal(configured, BYTES("strip")))
		*ret_mode = CLEANUP_STRIP;
	else if (bytes_equal(configured, BYTES("scissors")))
		*ret_mode = edited ? CLEANUP_SCISSORS : CLEANUP_WHITESPACE;
	else
		return false;
	return true;
}

/* As git's own isspace has it: no vertical tab, no form feed. */
static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static struct bytes trim_end(struct bytes line)
{
	while (line.len && is_blank(line.data[line.len - 1]))
		line.len--;
	return line;
}

/* Whether the line at the start of `text` is the one git draws below a message with this comment string. */
static bool is_cut(struct bytes text, struct bytes comment)
{
	return bytes_starts(text, comment) && bytes_starts(bytes_from(text, comment.len), BYTES(CUT));
}

static struct bytes before_cut(struct bytes text, struct bytes comment)
{
	struct bytes rest = text, line;

	while (rest.len) {
		if (is_cut(rest, comment))
			return bytes_first(text, text.len - rest.len);
		bytes_line(&rest, &line);
	}
	return text;
}

/* With core.commentChar = auto git has chosen a character that its own lines, the last of the file, then begin with. */
static struct bytes guess_comment(struct bytes text)
{
	struct bytes rest = text, line, last = BYTES("#");

	while (rest.len) {
		struct bytes first = bytes_first(rest, 1);
		bool candidate = bytes_contains(BYTES("#;@!$%^&|:"), first);

		if (candidate && is_cut(rest, first))
			return first;
		bytes_line(&rest, &line);
		if (trim_end(line).len)
			last = candidate ? first : BYTES("#");
	}
	return last;
}

static struct bytes strip(struct arena *arena, struct bytes text, struct bytes comment)
{
	char *out = arena_alloc(arena, text.len + 1);
	size_t len = 0;
	bool empties = false;
	struct bytes line;

	while (bytes_line(&text, &line)) {
		if (comment.len && bytes_starts(line, comment))
			continue;
		line = trim_end(line);
		if (!line.len) {
			empties = true;
			continue;
		}
		if (empties && len)
			out[len++] = '\n';
		empties = false;
		memcpy(out + len, line.data, line.len);
		len += line.len;
		out[len++] = '\n';
	}
	return (struct bytes){out, len};
}

static struct bytes comment_of(const struct cleanup *cleanup, struct bytes text)
{
	if (bytes_equal_fold(cleanup->comment, BYTES("auto")))
		return guess_comment(text);
	return cleanup->comment.len ? cleanup->comment : BYTES("#");
}

bool cleanup_is_verbose(const struct cleanup *cleanup, struct bytes text)
{
	return cleanup->edited && before_cut(text, comment_of(cleanup, text)).len < text.len;
}

struct bytes cleanup_apply(struct arena *arena, const struct cleanup *cleanup, struct bytes text)
{
	struct bytes comment = comment_of(cleanup, text);

	if (cleanup->mode == CLEANUP_SCISSORS || cleanup->edited)
		text = before_cut(text, comment);
	if (cleanup->mode == CLEANUP_VERBATIM)
		return text;
	return strip(arena, text, cleanup->mode == CLEANUP_STRIP ? comment : (struct bytes){0});
}
