/* runner: one process for each trigger, which outlives the push. */
#include "runner.h"

#include <unistd.h>

#include "audit.h"

static enum policy_exit work_one(const char *trigger, const struct policy_options *options, bool wait, int fd,
				 bool *ret_more)
{
	struct policy_run *run = policy_run_new(options);
	size_t len = 0;

	*ret_more = false;
	policy_run_auditor(run, audit_write, NULL);
	enum policy_exit verdict = policy_trigger(run, trigger, wait, ret_more);
	const char *output = policy_run_output(run, &len);

	if (fd >= 0)
		guard_write(fd, output, len);
	policy_run_free(run);
	return verdict;
}

enum policy_exit runner_work(const char *trigger, const struct policy_options *options, bool wait, int fd)
{
	enum policy_exit worst = POLICY_ACCEPTED;
	bool more = true;

	while (more) {
		enum policy_exit verdict = work_one(trigger, options, wait, fd, &more);

		worst = verdict > worst ? verdict : worst;
	}
	return worst;
}

void runner_start(const struct policy_run *run, const struct guard_limits *limits)
{
	const char *trigger;

	for (size_t i = 0; (trigger = policy_trigger_waiting(run, i)); i++) {
		if (fork())
			continue; /* what cannot be started now is started after the next push */
		guard_leave(limits);
		_exit((int)runner_work(trigger, &(struct policy_options){0}, false, -1));
	}
}
