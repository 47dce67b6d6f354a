/* grant: records that one move of a branch is let pass, for a reason and for a time. */
#include "send.h"

#include <string.h>
#include <unistd.h>

/* The line that says until when; NULL when `expires` says no time, which was said. */
static const char *expiry(struct git *git)
{
	struct policy_run *run = policy_run_new(&git->call->options);
	enum policy_exit verdict = policy_time(run, git->call->expires);
	size_t len;
	const char *output = policy_run_output(run, &len), *line = NULL;

	if (verdict == POLICY_ACCEPTED)
		line = git_text(git, "expires: %.*s", (int)len, output);
	else
		guard_write(STDERR_FILENO, output, len);
	policy_run_free(run);
	return line;
}

static int send_grant(struct git *git)
{
	char **operands = git->call->operands;
	const char *line = git_remote(git) ? expiry(git) : NULL;
	const char *old = line ? git_value(git, operands[1]) : NULL, *new = old ? git_value(git, operands[2]) : NULL;

	if (!new)
		return POLICY_UNDECIDED;
	struct letter letter = {
		.record = {.kind = POLICY_GRANT, .target = git_ref(git, operands[0]), .old = old, .new = new},
		.object = strspn(new, "0") == strlen(new) ? old : new,
		.title = git->call->reason,
		.body = line,
		.done = git_text(git, "granted: %s may move from %s to %s, %s", git_name(operands[0]),
				 git_short(git, old), git_short(git, new), line),
	};

	return send_as_user(git, &letter);
}

static int grant(const struct call *call)
{
	struct git git = {.call = call};
	int code = send_grant(&git);

	git_end(&git);
	return code;
}

const struct command command_grant = {
	.name = "grant",
	.operands = "<branch> <old> <new>",
	.help = "Let exactly this move of a branch pass, once",
	.options = OPTION_REPOSITORY | OPTION_REASON | OPTION_EXPIRES | OPTION_SIGN | OPTION_AS | OPTION_REMOTE,
	.needs = OPTION_REASON | OPTION_EXPIRES,
	.least = 3,
	.most = 3,
	.runs_git = true,
	.run = grant,
};
