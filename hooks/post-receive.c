/* post-receive: writes down a push that has happened, and what follows from it (githooks(5)). */
#include "guard.h"

#include <sys/stat.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	mode_t mask = umask(S_IRWXG | S_IRWXO);

	guard_hook(argc, argv, 0, "post-receive, with the ref updates on standard input");
	umask(mask); /* what it writes is for whoever may read the repository */
	struct policy_run *run = guard_run(&(struct policy_options){0});

	return guard_end(run, policy_receive(run, STDIN_FILENO), STDERR_FILENO);
}
