/* terminal: guard_write() of a client's hook, coloured on a terminal as git colours what a server says. */
#include "terminal.h"

#include <unistd.h>

#include "paint.h"

/* Whoever writes to standard error has no more than its number. Set once. */
static bool coloured;

void guard_write(int fd, const char *text, size_t len)
{
	if (coloured && fd == STDERR_FILENO)
		paint_write(fd, text, len);
	else
		guard_put(fd, text, len);
}

bool guard_watched(void)
{
	return isatty(STDERR_FILENO);
}

void terminal_start(struct policy_run *run)
{
	coloured = isatty(STDERR_FILENO) && policy_run_coloured(run);
}
