/* explain: prints what the policy asks of one ref, each value with where it comes from; or what a push would land. */
#include "git.h"

#include <unistd.h>

static int explain_ref(const struct call *call)
{
	guard_start();
	struct policy_run *run = guard_run(&call->options);

	return command_end(call, run, policy_explain(run, call->operands[0]));
}

static int explain_move(struct git *git)
{
	char **operands = git->call->operands;
	const char *old = git_remote(git) && git_fetch(git) ? git_value(git, operands[0]) : NULL;
	const char *new = old ? git_value(git, operands[1]) : NULL;
	struct policy_options options = git->call->options;

	if (!new)
		return POLICY_UNDECIDED;
	options.remote = git->remote;
	struct policy_run *run = policy_run_new(&options);
	enum policy_exit verdict = policy_explain_push(run, old, new, git_ref(git, operands[2]));

	return guard_end(run, verdict, command_stream(git->call, verdict != POLICY_UNDECIDED));
}

static int explain(const struct call *call)
{
	struct git git = {.call = call};

	if (call->operand_count != (call->push ? 3 : 1))
		return command_misused(&command_explain, "explain takes <ref>, or --push <old> <new> <ref>");
	if (!call->push)
		return explain_ref(call);
	int code = explain_move(&git);

	git_end(&git);
	return code;
}

const struct command command_explain = {
	.name = "explain",
	.operands = "<ref>|<old> <new> <ref>",
	.help = "Show what holds for a ref, and which policy line says so; or what a push lands, and how",
	.options = OPTION_REPOSITORY | OPTION_POLICY | OPTION_JSON | OPTION_PUSH | OPTION_REMOTE | OPTION_OFFLINE,
	.least = 1,
	.most = 3,
	.runs_git = true,
	.run = explain,
};
