/* fuzz_zone: any bytes as a file of the tz database, and as a time of a window; what is read can be asked. */
#include "fuzz.h"

#include "tzif.h"
#include "window.h"

static void check_file(struct arena *arena, struct bytes input)
{
	const char *problem;
	const struct tzif *tzif = tzif_parse(arena, input, &problem);

	for (int64_t at = -((int64_t)1 << 36); tzif && at < (int64_t)1 << 37; at += (int64_t)1 << 32) {
		struct tzspan span = tzif_span(tzif, at);

		FUZZ_ASSERT(span.begin <= at && at < span.end);
		FUZZ_ASSERT(span.offset > -26 * 3600 && span.offset < 26 * 3600);
		if (span.end < INT64_MAX)
			FUZZ_ASSERT(tzif_span(tzif, span.end).begin == span.end);
	}
}

static void check_window(struct arena *arena, struct bytes input)
{
	static const struct key key = {.name = "window", .kind = KEY_CLAUSES};
	struct bytes text = bytes_trim(bytes_first(input, bytes_index(input, '\n')));
	struct findings errors = {.arena = arena};
	struct clause clause = {.text = text, .source = text, .column = 1};
	struct setting setting = {.key = &key, .clauses = &clause, .clause_count = 1};
	int64_t at;

	FUZZ_ASSERT(window_check(&setting, &errors) == !errors.count);
	if (errors.count)
		return;
	const struct window *window = setting.parsed;

	if (window_opens(window, NULL, NULL, 1750000000, &at))
		FUZZ_ASSERT(at >= 1750000000 && window_find(window, NULL, at) == 0);
	else
		FUZZ_ASSERT(at == INT64_MAX && window_find(window, NULL, 1750000000) == 1);
}

void fuzz_zone(struct arena *arena, struct bytes input)
{
	check_file(arena, input);
	if (bytes_trim(input).len)
		check_window(arena, input);
}
