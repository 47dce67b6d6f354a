/* interrupt: blocked signals. A handler that exits could neither remove a folder nor kill a program safely; here it
 * runs when there is none. */
#include "interrupt.h"

#include <stddef.h>

sigset_t interrupt_signals(void)
{
	static const int numbers[] = {SIGALRM, SIGXCPU, SIGHUP, SIGINT, SIGQUIT, SIGTERM};
	struct sigaction action;
	sigset_t set;

	sigemptyset(&set);
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		/* Linux keeps a blocked signal even when it is ignored. */
		if (!sigaction(numbers[i], NULL, &action) && action.sa_handler != SIG_IGN)
			sigaddset(&set, numbers[i]);
	return set;
}

void interrupt_hold(sigset_t *ret_before)
{
	sigset_t set = interrupt_signals();

	sigprocmask(SIG_BLOCK, &set, ret_before);
}

void interrupt_release(const sigset_t *before)
{
	sigprocmask(SIG_SETMASK, before, NULL);
}
