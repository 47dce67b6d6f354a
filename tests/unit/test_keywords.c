/* test_keywords: every word that ends anywhere is told, as a plain search would. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "arena.h"
#include "keywords.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static const char *const words[] = {"he", "SHE", "his", "hers", "she", "e", "://", "\xff\xfe", "aaa", "aba"};

static const char *const texts[] = {
	"", "ushers", "USHERS", "hishe", "s:h", "http://his/", "aaaaa", "ababa", "x\xff\xfe\xffy", "nothing of it",
};

static struct keywords *make(struct arena *arena)
{
	struct keywords *keywords = keywords_new(arena);

	for (unsigned i = 0; i < COUNT(words); i++)
		keywords_add(keywords, bytes_of(words[i]), i);
	keywords_build(keywords);
	return keywords;
}

/* How many words end at `end`, as bits. */
static unsigned ending(struct bytes text, size_t end)
{
	unsigned found = 0;

	for (unsigned i = 0; i < COUNT(words); i++) {
		struct bytes word = bytes_of(words[i]);

		if (word.len <= end && bytes_equal_fold(bytes_first(bytes_from(text, end - word.len), word.len), word))
			found |= 1u << i;
	}
	return found;
}

static void same_as_plain(void **state)
{
	struct arena *arena = arena_new();
	const struct keywords *keywords = make(arena);

	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++) {
		struct bytes text = bytes_of(texts[i]);
		struct keyword_pass pass = {.content = text};
		unsigned found[32] = {0}, tag;

		while (keywords_next(keywords, &pass, &tag))
			found[pass.at] |= 1u << tag;
		assert_false(keywords_next(keywords, &pass, &tag));
		for (size_t end = 1; end <= text.len; end++)
			if (found[end] != ending(text, end))
				fail_msg("%s, %zu: %x", texts[i], end, found[end]);
	}
	arena_free(arena);
}

static void no_words(void **state)
{
	struct arena *arena = arena_new();
	struct keywords *keywords = keywords_new(arena);
	struct keyword_pass pass = {.content = BYTES("anything")};
	unsigned tag;

	(void)state;
	keywords_build(keywords);
	assert_false(keywords_next(keywords, &pass, &tag));
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(same_as_plain),
		cmocka_unit_test(no_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
