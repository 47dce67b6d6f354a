/* spelling: the templates in words, and what is mostly wrong with a name. */
#include "spelling.h"

#include "arena.h"

static const struct {
	const char *template, *sentence;
} templates[] = {
	{"{slug}", "{slug}: lower-case words with hyphens, as in login-form"},
	{"{semver}", "{semver}: three numbers with dots, as in 1.2.0"},
	{"{number}", "{number}: digits, as in 12"},
	{"{user}", "{user}: who pushes, by their name in the policy"},
};

const char *spelling_next(struct bytes headings, size_t *at)
{
	while (*at < sizeof(templates) / sizeof(templates[0])) {
		size_t i = (*at)++;

		if (bytes_contains(headings, bytes_of(templates[i].template)))
			return templates[i].sentence;
	}
	return NULL;
}

struct bytes spelling_tidy(struct arena *arena, struct bytes name)
{
	char *tidy = arena_array(arena, name.len + 1, 1);

	for (size_t i = 0; i < name.len; i++) {
		char c = name.data[i];

		tidy[i] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
		if (c == '_' || c == ' ')
			tidy[i] = '-';
	}
	return (struct bytes){tidy, name.len};
}
