/* progress: tells somebody once a second that a run goes on. */
#include "progress.h"

#include "clock.h"

#define SECOND 1000

void progress_step(struct progress *progress)
{
	progress->objects++;
	if (!progress->tell)
		return;
	int64_t now = clock_elapsed() - progress->started;

	if (now < progress->told + SECOND)
		return;
	progress->told = now;
	progress->tell(progress->context, progress->objects, (unsigned)(now / SECOND));
}
