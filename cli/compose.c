/* compose: the message and the author of a squash, from the branch's own commits. */
#include "compose.h"

#include <string.h>

const char *compose_shown(struct git *git, const char *format, const char *id)
{
	return git_read(git, "log", "--max-count=1", "--no-show-signature", "--date=raw",
			git_text(git, "--format=%s", format), id, "--", NULL);
}

/* The branch's own commits, merges aside, oldest first, by `format`. */
static const char *each(struct git *git, const struct landing *landing, const char *format)
{
	return git_read(git, "log", "--reverse", "--topo-order", "--no-merges", "--no-show-signature",
			git_text(git, "--format=%s", format), git_text(git, "%s..%s", landing->onto, landing->head),
			"--", NULL);
}

static size_t line_length(const char *text)
{
	return strcspn(text, "\n");
}

/* What stands behind the line, its newline included. */
static const char *after_line(const char *text)
{
	text += line_length(text);
	return text + (*text == '\n');
}

/* Whether a line of `text` before `line` is the same. */
static bool is_repeated(const char *text, const char *line)
{
	for (size_t len = line_length(line); text < line; text = after_line(text))
		if (line_length(text) == len && !strncmp(text, line, len))
			return true;
	return false;
}

/* The lines of `text`, each once, empty ones left out, with `before` in front of each. */
static const char *lines_once(struct git *git, const char *text, const char *before)
{
	const char *list = "";

	for (const char *line = text; *line; line = after_line(line))
		if (line_length(line) && !is_repeated(text, line))
			list = git_text(git, "%s%s%.*s\n", list, before, (int)line_length(line), line);
	return list;
}

const char *compose_message(struct git *git, const struct landing *landing)
{
	const char *subjects = each(git, landing, "%s");
	const char *trailers = each(git, landing, "%(trailers:only=true,unfold=true)");

	if (!subjects || !trailers)
		return NULL;
	const char *others = after_line(subjects);

	if (!*subjects)
		return compose_shown(git, "%B", landing->head);
	if (!*others)
		return each(git, landing, "%B");
	trailers = lines_once(git, trailers, "");
	return git_text(git, "%.*s\n\n%s%s%s", (int)line_length(subjects), subjects, lines_once(git, others, "* "),
			*trailers ? "\n" : "", trailers);
}

const char *compose_author(struct git *git, const struct landing *landing)
{
	const char *authors = each(git, landing, "%an <%ae>");

	if (!authors || !*authors || *after_line(lines_once(git, authors, "")))
		return NULL;
	return git_read(git, "rev-list", "--no-merges", "--max-count=1",
			git_text(git, "%s..%s", landing->onto, landing->head), NULL);
}
