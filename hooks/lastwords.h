/* lastwords: what a program still says when it cannot go on: one line, from a signal handler too. */
#ifndef LASTWORDS_H
#define LASTWORDS_H

#include <stdbool.h>

/** From here on a crash, a passed limit or an interrupt has last words. Call it once, from a frame that stays. */
void lastwords_start(void);
/** How long the run may take, for words on the alarm. */
void lastwords_deadline(unsigned seconds);
/** Whether the run waits for others to be done with the audit file, for words on the alarm. */
void lastwords_waiting(bool waiting);
/** That the run is about what has happened, whatever becomes of it. */
void lastwords_moved(void);
/** Whether a line of progress stands on standard error; false ends one that does. */
void lastwords_line(bool open);
/** Says that nothing could be decided because of `cause`, and exits undecided. */
_Noreturn void lastwords_end(const char *cause);

#endif
