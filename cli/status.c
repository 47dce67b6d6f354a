/* status: what is still missing before a commit may land on a branch. */
#include "question.h"

#include <string.h>
#include <unistd.h>

/* The branch asked about: the one named, the current one, or one of the server whose tip is the commit. */
static const char *branch_of(struct git *git, const char *name, const char *head)
{
	const char *prefix = git_tracking(git, "refs/heads/");

	if (!name || !strcmp(name, "HEAD"))
		name = git_read(git, "symbolic-ref", "--quiet", "--short", "HEAD", NULL);
	if (name && git_read(git, "rev-parse", "--verify", "--quiet", git_tracking(git, git_ref(git, name)), NULL))
		return name;
	/* The remote's own HEAD is no branch. */
	const char *list = git_read(git, "for-each-ref", "--format=%(if)%(symref)%(then)%(else)%(refname)%(end)",
				    "--points-at", head, prefix, NULL);

	if (list)
		list += strspn(list, "\n");
	return list && !strncmp(list, prefix, strlen(prefix)) ? git_line(git, list + strlen(prefix)) : NULL;
}

/* --for, else the branch that the remote calls its own. */
static const char *target_of(struct git *git)
{
	const char *target = git->call->target;

	if (!target && git->remote) {
		const char *head = git_text(git, "refs/remotes/%s/", git->remote);
		const char *main = git_read(git, "symbolic-ref", "--quiet", git_text(git, "%sHEAD", head), NULL);

		if (main && !strncmp(main, head, strlen(head)))
			return main + strlen(head);
	}
	if (!target)
		command_refuse("--for <branch>", "where is it to land?");
	return target;
}

static int tell(struct git *git, struct landing *landing)
{
	const char *name = git->call->operands[0], *new;

	if (!question_begin(git) || !(landing->head = git_commit(git, name)) || !(landing->target = target_of(git)))
		return POLICY_UNDECIDED;
	landing->branch = branch_of(git, name, landing->head);
	return question_put(git, landing, &new);
}

static int status(const struct call *call)
{
	struct git git = {.call = call};
	struct landing landing = {.brief = true};
	int code = tell(&git, &landing);

	make_end(&git, &landing);
	git_end(&git);
	return code;
}

const struct command command_status = {
	.name = "status",
	.operands = "[<commit>]",
	.help = "Show what is missing before a commit (HEAD) may land on a branch",
	.options = OPTION_REPOSITORY | OPTION_POLICY | OPTION_JSON | OPTION_FOR | OPTION_METHOD | OPTION_REMOTE |
		   OPTION_OFFLINE,
	.most = 1,
	.runs_git = true,
	.run = status,
};
