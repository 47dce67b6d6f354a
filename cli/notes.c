/* notes: release notes from the commits of a range. */
#include "git.h"

#include <stddef.h>
#include <string.h>

/* An end that is left out is HEAD, as with git. */
static bool read_ends(struct git *git, const char *range, struct policy_range *ret_range)
{
	const char *dots = strstr(range, ".."), *end = dots + strlen("..");

	ret_range->from_name = dots == range ? "HEAD" : git_text(git, "%.*s", (int)(dots - range), range);
	ret_range->to_name = *end ? end : "HEAD";
	ret_range->from = git_commit(git, ret_range->from_name);
	ret_range->to = ret_range->from ? git_commit(git, ret_range->to_name) : NULL;
	return ret_range->to;
}

static bool read_tag(struct git *git, const char *tag, struct policy_range *ret_range)
{
	ret_range->to_name = tag;
	ret_range->to =
		git_read(git, "rev-parse", "--verify", "--quiet", git_text(git, "refs/tags/%s^{commit}", tag), NULL);
	if (!ret_range->to)
		command_refuse("git-policy notes <from>..<to>, <tag>, or nothing for what is not released yet",
			       "there is no tag %s", tag);
	return ret_range->to;
}

static bool read_range(struct git *git, struct policy_range *ret_range)
{
	const char *operand = git->call->operands[0];

	if (!operand)
		return (ret_range->to = git_commit(git, NULL));
	return strstr(operand, "..") ? read_ends(git, operand, ret_range) : read_tag(git, operand, ret_range);
}

static int notes(const struct call *call)
{
	struct git git = {.call = call};
	struct policy_range range = {0};
	int code = POLICY_UNDECIDED;

	if (git_repository(&git) && read_range(&git, &range)) {
		struct policy_run *run = policy_run_new(&call->options);

		code = command_end(call, run, policy_notes(run, &range));
	}
	git_end(&git);
	return code;
}

const struct command command_notes = {
	.name = "notes",
	.operands = "[<from>..<to>|<tag>]",
	.help = "Write release notes of a range, of a version, or of what is not released yet",
	.options = OPTION_REPOSITORY | OPTION_POLICY | OPTION_JSON,
	.most = 1,
	.runs_git = true,
	.run = notes,
};
