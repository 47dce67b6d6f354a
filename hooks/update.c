/* update: judges one ref of a push on its own, for servers that let the good ones in (githooks(5)). */
#include "guard.h"

#include <unistd.h>

int main(int argc, char **argv)
{
	guard_server_hook(argc, argv, 3, "update <ref> <old> <new>");
	struct policy_run *run = guard_run(&(struct policy_options){0});

	return guard_end(run, policy_judge_ref(run, argv[1], argv[2], argv[3]), STDERR_FILENO);
}
