/* colour: guard_write() of the command line, in which the first words of lines have git's colours. */
#include "colour.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "git.h"
#include "paint.h"

/* Whether a descriptor is coloured, by its number: whoever writes has no more than that. Set once, at the start. */
static bool coloured[STDERR_FILENO + 1];

void guard_write(int fd, const char *text, size_t len)
{
	if (fd >= 0 && fd <= STDERR_FILENO && coloured[fd])
		paint_write(fd, text, len);
	else
		guard_put(fd, text, len);
}

bool guard_watched(void)
{
	return isatty(STDERR_FILENO);
}

/* git knows what its configuration says, and what a terminal that is no terminal is told. */
static bool is_wanted(bool terminal)
{
	struct git git = {.quiet = true};
	const char *answer =
		git_read(&git, "config", "--get-colorbool", "color.policy", terminal ? "true" : "false", NULL);
	bool wanted = answer && !strcmp(answer, "true");

	git_end(&git);
	return wanted;
}

void colour_start(void)
{
	const char *plain = getenv("NO_COLOR");
	bool output = isatty(STDOUT_FILENO), error = isatty(STDERR_FILENO);

	if (plain && *plain)
		return;
	coloured[STDOUT_FILENO] = is_wanted(output);
	coloured[STDERR_FILENO] = output == error ? coloured[STDOUT_FILENO] : is_wanted(error);
}
