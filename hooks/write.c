/* write: guard_write() of a server's hook. A program with one of its own is linked without this. */
#include "guard.h"

void guard_write(int fd, const char *text, size_t len)
{
	guard_put(fd, text, len);
}

bool guard_watched(void)
{
	return true;
}
