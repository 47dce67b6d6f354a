/* triggers: makes good what the hook left undone, and tells triggers what waits for them, on the server. */
#include "command.h"
#include "runner.h"

#include <unistd.h>

static int work_all(const struct policy_run *run, const struct call *call)
{
	enum policy_exit worst = POLICY_ACCEPTED;
	const char *trigger;

	for (size_t i = 0; (trigger = policy_trigger_waiting(run, i)); i++) {
		enum policy_exit verdict = runner_work(trigger, &call->options, true, STDOUT_FILENO);

		worst = verdict > worst ? verdict : worst;
	}
	return (int)worst;
}

static int triggers(const struct call *call)
{
	struct policy_run *run = policy_run_new(&call->options);
	enum policy_exit verdict = policy_triggers(run, call->dry_run);
	int worked = call->dry_run ? POLICY_ACCEPTED : work_all(run, call);
	int code = command_end(call, run, verdict);

	return code > worked ? code : worked;
}

const struct command command_triggers = {
	.name = "triggers",
	.operands = "",
	.help = "Account, on the server, for what post-receive missed, and run what waits for triggers",
	.options = OPTION_REPOSITORY | OPTION_JSON | OPTION_DRY_RUN,
	.runs_git = true,
	.run = triggers,
};
