/* fuzz_owners: any bytes as a path, up to the first line end, and a CODEOWNERS file: the last line that takes the path
 * alone decides in the file too. */
#include "fuzz.h"

#include "codeowners.h"

/* So many lines are also read one by one. */
#define ALONE 64u

static const struct codeowners_line *last_alone(struct arena *arena, const struct codeowners_line *lines, size_t count,
						struct bytes path)
{
	for (size_t i = count; i--;) {
		struct buffer alone = {.arena = arena};

		buffer_add(&alone, BYTES("\n")); /* nothing at a file's beginning is taken for its byte order mark */
		buffer_add(&alone, lines[i].text);
		if (codeowners_find(codeowners_parse(arena, buffer_bytes(&alone)), path))
			return &lines[i];
	}
	return NULL;
}

void fuzz_owners(struct arena *arena, struct bytes input)
{
	size_t cut = bytes_index(input, '\n'), count;
	struct bytes path = bytes_first(input, cut);
	struct codeowners *codeowners = codeowners_parse(arena, bytes_from(input, cut + 1));
	const struct codeowners_line *lines = codeowners_lines(codeowners, &count);
	const struct codeowners_line *line = codeowners_find(codeowners, path);

	for (size_t i = 0; i < count; i++) {
		FUZZ_ASSERT(lines[i].number && (!i || lines[i].number > lines[i - 1].number));
		FUZZ_ASSERT(bytes_equal(bytes_trim(lines[i].text), lines[i].text));
		FUZZ_ASSERT(bytes_contains(lines[i].text, lines[i].owners));
	}
	if (count <= ALONE)
		FUZZ_ASSERT(line == last_alone(arena, lines, count, path));
}
