/* fuzz_options: any lines as push options, and as what else git says in a hook's environment: alternates, configuration
 * and how the pusher came. */
#include "fuzz.h"

#include <unistd.h>

#include "environment.h"
#include "repoenv.h"

#define OPTIONS 128u

/* An environment of nothing but these lines: the first counts the others. */
struct options {
	char *variables[OPTIONS + 4];
	struct bytes count;
	struct bytes lines[OPTIONS];
	size_t line_count;
};

static struct options options_read(struct arena *arena, struct bytes input)
{
	struct options options = {0};
	size_t used = 0;

	bytes_line(&input, &options.count);
	options.count = bytes_of(bytes_copy(arena, options.count).data);
	options.variables[used++] =
		(char *)bytes_printf(arena, "GIT_PUSH_OPTION_COUNT=%s", options.count.data ? options.count.data : "")
			.data;
	while (options.line_count < OPTIONS && bytes_line(&input, &options.lines[options.line_count])) {
		struct bytes *line = &options.lines[options.line_count];

		*line = bytes_of(bytes_copy(arena, *line).data);
		options.variables[used++] =
			(char *)bytes_printf(arena, "GIT_PUSH_OPTION_%zu=%s", options.line_count++, line->data).data;
	}
	options.variables[used++] = (char *)bytes_printf(arena, "SSH_CONNECTION=%s", options.count.data).data;
	return options;
}

static bool asks_for_json(const struct options *options)
{
	unsigned long count;

	if (!bytes_number(options->count, 100, &count))
		return false;
	for (size_t i = 0; i < options->line_count && i < count; i++)
		if (bytes_equal(options->lines[i], BYTES("policy.format=json")))
			return true;
	return false;
}

static void check_options(struct arena *arena, struct bytes input)
{
	struct options options = options_read(arena, input);
	char **kept = environ;

	environ = options.variables;
	bool json = environment_json();
	struct bytes transport = environment_transport();

	environ = kept;
	FUZZ_ASSERT(json == asks_for_json(&options));
	FUZZ_ASSERT(bytes_equal(transport, options.count.len ? BYTES("ssh") : BYTES("local")));
}

static void check_directories(struct arena *arena, struct bytes rest)
{
	size_t count = 0, most = rest.len + 1;

	for (struct bytes directory; repoenv_directory(arena, &rest, ':', &directory); count++)
		FUZZ_ASSERT(directory.data[directory.len] == '\0');
	FUZZ_ASSERT(count <= most);
}

void fuzz_options(struct arena *arena, struct bytes input)
{
	struct bytes text = bytes_of(bytes_copy(arena, input).data), value;

	check_options(arena, input);
	check_directories(arena, text);
	repoenv_config(arena, NULL, text.data, BYTES("core.alternaterefscommand"), &value);
	repoenv_true(text.data);
}
