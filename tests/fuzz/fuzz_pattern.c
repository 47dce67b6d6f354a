/* fuzz_pattern: any heading against any name, in bounded time; a literal pattern matches itself alone. */
#include "fuzz.h"

#include "pattern.h"

void fuzz_pattern(struct arena *arena, struct bytes input)
{
	size_t cut = bytes_index(input, '\n'), offset;
	struct bytes text = bytes_first(input, cut), name = bytes_from(input, cut + 1);
	const char *problem;
	struct pattern *pattern = pattern_compile(arena, text, &problem, &offset);

	if (!pattern) {
		FUZZ_ASSERT(problem && offset <= text.len);
		return;
	}
	bool matches = pattern_match(pattern, name, BYTES("alice"));

	if (pattern_literal(pattern)) {
		FUZZ_ASSERT(matches == bytes_equal(text, name));
		FUZZ_ASSERT(pattern_match(pattern, text, (struct bytes){0}));
	}
	FUZZ_ASSERT(!matches || bytes_starts(name, pattern_prefix(pattern)));
}
