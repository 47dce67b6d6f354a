/* post-receive: writes down a push that has happened, and what follows from it (githooks(5)). */
#include "runner.h"

#include <sys/stat.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	mode_t mask = umask(S_IRWXG | S_IRWXO);
	struct guard_limits limits;

	guard_hook_starting(argc, argv, 0, "post-receive, with the ref updates on standard input", &limits);
	umask(mask); /* what it writes is for whoever may read the repository */
	struct policy_run *run = guard_run(&(struct policy_options){0});
	enum policy_exit verdict = policy_receive(run, STDIN_FILENO);

	runner_start(run, &limits);
	return guard_end(run, verdict, STDERR_FILENO);
}
