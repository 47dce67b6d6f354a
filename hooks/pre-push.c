/* pre-push: says what the server will say to a push that is about to be made (githooks(5)). */
#include "guard.h"

#include <unistd.h>

#include "terminal.h"

int main(int argc, char **argv)
{
	guard_hook(argc, argv, 2, "pre-push <remote> <url>, with the refs to push on standard input");
	struct policy_run *run = guard_run(&(struct policy_options){0});
	enum policy_exit verdict = policy_rehearse_push(run, argv[1], STDIN_FILENO);

	terminal_start(run);
	return guard_end(run, verdict, STDERR_FILENO);
}
