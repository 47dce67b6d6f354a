/* commit-msg: judges the message of a commit being made, as the server will (githooks(5)). */
#include "guard.h"

#include <unistd.h>

#include "terminal.h"

int main(int argc, char **argv)
{
	guard_hook(argc, argv, 1, "commit-msg <file>");
	struct policy_run *run = guard_run(&(struct policy_options){0});
	enum policy_exit verdict = policy_judge_message(run, argv[1]);

	terminal_start(run);
	return guard_end(run, verdict, STDERR_FILENO);
}
