/* codeowners: the lines of a CODEOWNERS file, read in one pass. */
#include "codeowners.h"

#include "arena.h"
#include "pathtree.h"

struct codeowners {
	struct arena *arena;
	struct codeowners_line *lines;
	size_t count;
	size_t room;
	struct pathtree *tree; /* ranks are 1 + the index of the line */
	size_t unreadable;     /* the last one: 1 + index; 0: none */
};

/* Why a pattern cannot be read, or NULL. */
static const char *pattern_problem(struct bytes pattern)
{
	if (pattern.data[0] == '!')
		return "there is no \"!\" in CODEOWNERS";
	if (bytes_starts(pattern, BYTES("\\#")))
		return "a pattern cannot begin with \"#\"";
	return pathtree_problem(pattern);
}

/* Whether a word has the form of an owner: @user, @organisation/team, an address. */
static bool is_owner(struct bytes word)
{
	size_t at = bytes_index(word, '@');

	return at + 1 < word.len && word.data[word.len - 1] != '/';
}

/* Cuts the pattern off a line: up to a blank without a backslash before it. */
static struct bytes cut_pattern(struct bytes *rest)
{
	struct bytes line = *rest;
	size_t len = 0;

	while (len < line.len && line.data[len] != ' ' && line.data[len] != '\t')
		len += line.data[len] == '\\' && len + 1 < line.len ? 2 : 1;
	*rest = bytes_from(line, len);
	return bytes_first(line, len);
}

/* What stands after the pattern, up to a comment. */
static void read_owners(struct codeowners_line *line, struct bytes rest)
{
	struct bytes whole = rest, word;

	while (bytes_word(&rest, &word)) {
		if (word.data[0] == '#') {
			whole = bytes_first(whole, (size_t)(word.data - whole.data));
			break;
		}
		if (!is_owner(word))
			line->problem = "after the pattern come owners, such as @name; a blank in a pattern is "
					"written \"\\ \"";
	}
	line->owners = bytes_trim(whole);
}

static void read_line(struct codeowners *codeowners, struct bytes text, unsigned number)
{
	struct bytes rest = bytes_trim(text);

	if (!rest.len || rest.data[0] == '#')
		return;
	codeowners->lines = arena_grow(codeowners->arena, codeowners->lines, &codeowners->room, codeowners->count + 1,
				       sizeof(*codeowners->lines));
	struct codeowners_line *line = &codeowners->lines[codeowners->count++];

	*line = (struct codeowners_line){.number = number, .text = rest};
	struct bytes pattern = cut_pattern(&rest);

	read_owners(line, rest);
	if (bytes_index(line->text, '\0') < line->text.len)
		line->problem = "it holds a NUL byte";
	else if (!line->problem)
		line->problem = pattern_problem(pattern);
	if (line->problem)
		codeowners->unreadable = codeowners->count;
	else
		pathtree_add(codeowners->tree, pattern, codeowners->count);
}

struct codeowners *codeowners_parse(struct arena *arena, struct bytes text)
{
	struct codeowners *codeowners = arena_alloc(arena, sizeof(*codeowners));
	struct bytes mark = BYTES("\xef\xbb\xbf"), line;

	codeowners->arena = arena;
	codeowners->tree = pathtree_new(arena);
	text = bytes_from(text, bytes_starts(text, mark) ? mark.len : 0);
	for (unsigned number = 1; bytes_line(&text, &line); number++)
		read_line(codeowners, line, number);
	return codeowners;
}

const struct codeowners_line *codeowners_find(struct codeowners *codeowners, struct bytes path)
{
	size_t line = pathtree_find(codeowners->tree, path);

	line = line > codeowners->unreadable ? line : codeowners->unreadable;
	return line ? &codeowners->lines[line - 1] : NULL;
}

const struct codeowners_line *codeowners_lines(const struct codeowners *codeowners, size_t *ret_count)
{
	*ret_count = codeowners->count;
	return codeowners->lines;
}
