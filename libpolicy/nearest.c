/* nearest: edit distance with transpositions, over words short enough to be typed. */
#include "nearest.h"

#include "arena.h"

#define WORD_MAX ((size_t)64)
#define PART_MIN ((size_t)3)

static char fold(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Insertions, deletions, substitutions and swaps of neighbours that turn `a` into `b`; three rows of the usual table.
 */
static size_t distance(struct bytes a, struct bytes b)
{
	size_t rows[3][WORD_MAX + 1];
	size_t *before = rows[0], *above = rows[1], *row = rows[2];

	for (size_t j = 0; j <= b.len; j++)
		row[j] = j;
	for (size_t i = 1; i <= a.len; i++) {
		size_t *spare = before;

		before = above, above = row, row = spare;
		row[0] = i;
		for (size_t j = 1; j <= b.len; j++) {
			bool same = fold(a.data[i - 1]) == fold(b.data[j - 1]);

			row[j] = least(above[j - 1] + !same, least(above[j], row[j - 1]) + 1);
			if (i > 1 && j > 1 && fold(a.data[i - 1]) == fold(b.data[j - 2]) &&
			    fold(a.data[i - 2]) == fold(b.data[j - 1]))
				row[j] = least(row[j], before[j - 2] + 1);
		}
	}
	return row[b.len];
}

/* "feat" for "feature", "bugfixes" for "bugfix", "fix" for "bugfix": one begins or ends with the other. */
static bool is_part(struct bytes a, struct bytes b)
{
	size_t len = least(a.len, b.len);

	return len >= PART_MIN && (bytes_equal_fold(bytes_first(a, len), bytes_first(b, len)) ||
				   bytes_equal_fold(bytes_from(a, a.len - len), bytes_from(b, b.len - len)));
}

size_t nearest_index(struct bytes word, const struct bytes *candidates, size_t count)
{
	size_t best = count, part = count, slip = word.len / 3 ? word.len / 3 : 1;
	size_t best_distance = least(slip + 1, word.len);

	for (size_t i = 0; i < count && word.len <= WORD_MAX; i++) {
		if (candidates[i].len > WORD_MAX)
			continue;
		size_t far = distance(word, candidates[i]);

		if (far < best_distance)
			best = i, best_distance = far;
		if (part == count && is_part(word, candidates[i]))
			part = i;
	}
	return best < count ? best : part;
}

struct bytes nearest_word(struct arena *arena, struct bytes word, const struct bytes *candidates, size_t count)
{
	size_t near = nearest_index(word, candidates, count);

	return near < count ? bytes_copy(arena, candidates[near]) : (struct bytes){0};
}
