/* question: finds what is to land and asks the library about it. */
#include "question.h"

#include <string.h>
#include <unistd.h>

bool question_begin(struct git *git)
{
	return git_remote(git) && git_fetch(git);
}

bool question_is_deploy(struct git *git, const char *target)
{
	const char *deploys = "refs/deploy/";

	return !strncmp(git_ref(git, target), deploys, strlen(deploys));
}

static struct policy_options options_of(struct git *git, const struct landing *landing)
{
	struct policy_options options = git->call->options;

	options.remote = git->remote;
	if (landing->brief && landing->folder)
		options.objects = git_text(git, "%s/objects", landing->folder);
	return options;
}

/* By which method, and whether the target takes the branch so. An exit code. */
static int find_method(struct git *git, struct landing *landing)
{
	struct policy_options options = options_of(git, landing);
	const char *branch = landing->branch ? git_ref(git, landing->branch) : NULL;
	struct policy_run *run = policy_run_new(&options);

	landing->method = git->call->method;
	enum policy_exit verdict =
		policy_method(run, git_ref(git, landing->target), branch, landing->head, &landing->method);

	return guard_end(run, verdict, command_stream(git->call, verdict != POLICY_UNDECIDED));
}

static int nothing(struct git *git, const struct landing *landing)
{
	struct policy_run *run = policy_run_new(&git->call->options);
	const char *what = landing->branch ? landing->branch : git_short(git, landing->head);

	return guard_end(
		run, policy_nothing(run, git_text(git, "nothing to land: %s has %s already", landing->target, what)),
		STDOUT_FILENO);
}

static int ask(struct git *git, const struct landing *landing, const char *new)
{
	struct policy_options options = options_of(git, landing);
	struct policy_run *run = policy_run_new(&options);
	enum policy_exit verdict =
		policy_status(run, git_ref(git, landing->target), landing->head, new, git->call->user);

	return guard_end(run, verdict, command_stream(git->call, verdict != POLICY_UNDECIDED));
}

/* A deploy is asked for by a tag, which is needed briefly. */
static int ask_deploy(struct git *git, struct landing *landing)
{
	const char *text = git_text(git,
				    "object %s\ntype commit\ntag deploy\n"
				    "tagger git-policy <git-policy@localhost> 0 +0000\n\nto be told\n",
				    landing->head);
	int status;

	if (!make_begin(git, landing))
		return POLICY_UNDECIDED;
	const char *tag = git_feed(git, text, &status, "mktag", NULL);

	return status ? command_refuse(NULL, "cannot make a tag") : ask(git, landing, tag);
}

static int refuse_target(struct git *git, const char *target)
{
	const char *deploy = git_text(git, ", and of a deploy: deploy/%s", target);

	return command_refuse(git_text(git, "git branch --all lists those there are%s",
				       strchr(target, '/') && strncmp(target, "refs/", strlen("refs/")) ? deploy : ""),
			      "%s has no branch %s", git->remote ? git->remote : "the repository", target);
}

int question_put(struct git *git, struct landing *landing, const char **ret_new)
{
	const char *ref = git_tracking(git, git_ref(git, landing->target));

	*ret_new = NULL;
	if (question_is_deploy(git, landing->target))
		return ask_deploy(git, landing);
	landing->onto = git_read(git, "rev-parse", "--verify", "--quiet", git_text(git, "%s^{commit}", ref), NULL);
	if (!landing->onto)
		return refuse_target(git, landing->target);
	if (git_read(git, "merge-base", "--is-ancestor", landing->head, landing->onto, NULL))
		return nothing(git, landing);
	int code = find_method(git, landing);

	if (code)
		return code;
	if (!make_begin(git, landing))
		return POLICY_UNDECIDED;
	const char *new = make_landing(git, landing);

	if (!new)
		return POLICY_REJECTED;
	if (make_nothing(git, landing, new))
		return nothing(git, landing);
	*ret_new = new;
	return ask(git, landing, new);
}

int question_commits(struct git *git, const struct landing *landing, const char *new)
{
	struct policy_options options = options_of(git, landing);
	struct policy_run *run = policy_run_new(&options);
	int code = guard_end(run, policy_commits(run, git_ref(git, landing->target), new), STDERR_FILENO);

	if (code && strcmp(landing->method, "fast-forward"))
		guard_print(STDERR_FILENO, "hint: -m <text> gives a squash or a merge another message\n");
	return code;
}
