/* pre-receive: judges a whole push before any of its refs moves (githooks(5)). */
#include "guard.h"

#include <unistd.h>

int main(int argc, char **argv)
{
	guard_server_hook(argc, argv, 0, "pre-receive, with the ref updates on standard input");
	struct policy_run *run = guard_run(&(struct policy_options){0});

	return guard_end(run, policy_judge_push(run, STDIN_FILENO), STDERR_FILENO);
}
