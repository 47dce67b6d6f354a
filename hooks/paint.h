/* paint: lines whose first word says what they are, in which that word has git's colours. */
#ifndef PAINT_H
#define PAINT_H

#include <stddef.h>

/** guard_put() of lines, with colours. */
void paint_write(int fd, const char *text, size_t len);

#endif
