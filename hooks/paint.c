/* paint: lines whose first word says what they are, in which that word has git's colours. */
#include "paint.h"

#include <string.h>

#include "guard.h"

#define RED "\033[1;31m"
#define GREEN "\033[1;32m"
#define BOLD_YELLOW "\033[1;33m"
#define YELLOW "\033[33m"
#define CYAN "\033[36m"
#define RESET "\033[m"

/* The lines that are told, and those of status: what stands before the word, the word, and what must follow. */
static const struct word {
	const char *before, *word, *after, *colour;
} words[] = {
	{"", "error", ":", RED},     {"", "warning", ":", BOLD_YELLOW}, {"", "hint", ":", YELLOW},
	{"", "note", ":", CYAN},     {"  ", "ok", "   ", GREEN},	{"  ", "no", "   ", RED},
	{"  ", "?", "    ", YELLOW}, {"  ", "warn", " ", BOLD_YELLOW},
};

static bool begins(const char *text, size_t len, const char *with)
{
	return strlen(with) <= len && !memcmp(text, with, strlen(with));
}

/* The word that the line begins with, or NULL. */
static const struct word *word_of(const char *line, size_t len)
{
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		size_t before = strlen(words[i].before), word = strlen(words[i].word);

		if (begins(line, len, words[i].before) && begins(line + before, len - before, words[i].word) &&
		    begins(line + before + word, len - before - word, words[i].after))
			return &words[i];
	}
	return NULL;
}

static void put(int fd, const char *text)
{
	guard_put(fd, text, strlen(text));
}

/* What a server says, git passes on behind this. */
static size_t passed_on(const char *line, size_t len)
{
	const char *remote = "remote: ";

	return begins(line, len, remote) ? strlen(remote) : 0;
}

static void write_line(int fd, const char *line, size_t len)
{
	size_t ahead = passed_on(line, len);
	const struct word *word = word_of(line + ahead, len - ahead);

	if (word) {
		size_t begun = ahead + strlen(word->before) + strlen(word->word);

		guard_put(fd, line, ahead + strlen(word->before));
		put(fd, word->colour);
		put(fd, word->word);
		put(fd, RESET);
		line += begun;
		len -= begun;
	}
	guard_put(fd, line, len);
}

void paint_write(int fd, const char *text, size_t len)
{
	while (len) {
		const char *end = memchr(text, '\n', len);
		size_t line = end ? (size_t)(end - text) + 1 : len;

		write_line(fd, text, line);
		text += line;
		len -= line;
	}
}
