/* status: what is still missing before a commit may land on a branch. */
#include "question.h"

#include <string.h>
#include <unistd.h>

static const char *value_of(struct git *git, const char *ref)
{
	return git_read(git, "rev-parse", "--verify", "--quiet", git_text(git, "%s^{commit}", ref), NULL);
}

/* A branch of the server whose tip is the commit; the remote's own HEAD is none. */
static const char *branch_at(struct git *git, const char *head)
{
	const char *prefix = git_tracking(git, "refs/heads/");
	const char *list = git_read(git, "for-each-ref", "--format=%(if)%(symref)%(then)%(else)%(refname)%(end)",
				    "--points-at", head, prefix, NULL);

	if (list)
		list += strspn(list, "\n");
	return list && !strncmp(list, prefix, strlen(prefix)) ? git_line(git, list + strlen(prefix)) : NULL;
}

/* The branch asked about: the one named, the current one, or one of the server whose tip is the commit. */
static const char *branch_of(struct git *git, const char *name, const char *head)
{
	if (!name || !strcmp(name, "HEAD"))
		name = git_read(git, "symbolic-ref", "--quiet", "--short", "HEAD", NULL);
	if (name)
		name = git_there(git, name);
	if (name && value_of(git, git_tracking(git, git_ref(git, name))))
		return name;
	const char *other = branch_at(git, head);

	return other || !name || !value_of(git, git_ref(git, name)) ? other : name;
}

/* Only what the server has can have been approved, and land. */
static bool is_there(struct git *git, const struct landing *landing)
{
	const char *branch = landing->branch;
	const char *there = value_of(git, git_tracking(git, git_ref(git, branch)));
	const char *push = git_text(git, "git push %s %s", git_quote(git, git->remote), git_quote(git, branch));

	if (there && !strcmp(there, landing->head))
		return true;
	if (there)
		command_refuse(git_text(git, "%s, or for what is there: git policy status %s --for %s", push,
					git_quote(git, git_text(git, "%s/%s", git->remote, branch)),
					git_quote(git, landing->target)),
			       "%s is at %s on %s and at %s here", branch, git_short(git, there), git->remote,
			       git_short(git, landing->head));
	else
		command_refuse(push, "%s has no branch %s yet", git->remote, branch);
	return false;
}

/* --for, else the branch that the remote calls its own. */
static const char *target_of(struct git *git)
{
	const char *hint = "--for <branch>";

	if (!git->call->target && git->remote) {
		const char *head = git_text(git, "refs/remotes/%s/", git->remote);
		const char *main = git_read(git, "symbolic-ref", "--quiet", git_text(git, "%sHEAD", head), NULL);

		if (main && !strncmp(main, head, strlen(head)))
			return main + strlen(head);
		hint = git_text(git, "--for <branch>; git remote set-head %s --auto makes it the server's own",
				git->remote);
	}
	if (!git->call->target)
		command_refuse(hint, "where is it to land?");
	return git->call->target;
}

static int tell(struct git *git, struct landing *landing)
{
	const char *name = git->call->operands[0], *new;

	if (!question_begin(git) || !(landing->head = git_commit(git, name)) || !(landing->target = target_of(git)))
		return POLICY_UNDECIDED;
	if (question_is_deploy(git, landing->target))
		return question_put(git, landing, &new);
	landing->branch = branch_of(git, name, landing->head);
	if (landing->branch && !strcmp(landing->branch, git_name(landing->target)))
		landing->branch = NULL;
	if (landing->branch && !is_there(git, landing))
		return POLICY_REJECTED;
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
	.options = OPTION_REPOSITORY | OPTION_POLICY | OPTION_JSON | OPTION_FOR | OPTION_METHOD | OPTION_AS |
		   OPTION_REMOTE | OPTION_OFFLINE,
	.most = 1,
	.runs_git = true,
	.run = status,
};
