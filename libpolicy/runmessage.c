/* runmessage: judging a commit message before it is a commit: git's cleanup first, then the rules the server will ask.
 */
#include "run.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include "arena.h"
#include "cleanup.h"
#include "environment.h"
#include "gather.h"
#include "judge.h"

#define MESSAGE_MAX ((size_t)64 * 1024 * 1024)

/* What git's configuration says; empty when unset, false when it cannot be read. */
static bool config(struct policy_run *run, const char *name, struct bytes *ret_value)
{
	*ret_value = (struct bytes){0};
	if (repo_config(run->repo, name, run->arena, ret_value) != ANSWER_UNKNOWN)
		return true;
	findings_add(&run->findings, run->name, SEVERITY_UNDECIDED, "git config %s: %s", name, repo_problem(run->repo));
	return false;
}

/* git sets GIT_EDITOR to ":" for its hooks when no editor is used (git-commit(1)); that decides the default cleanup. */
static bool cleanup_of(struct policy_run *run, struct cleanup *ret_cleanup)
{
	struct bytes mode, character, string;

	if (!config(run, "commit.cleanup", &mode) || !config(run, "core.commentChar", &character) ||
	    !config(run, "core.commentString", &string))
		return false;
	ret_cleanup->edited = !bytes_equal(environment_get("GIT_EDITOR"), BYTES(":"));
	ret_cleanup->comment = string.len ? string : character.len ? character : BYTES("#");
	if (cleanup_mode_of(mode, ret_cleanup->edited, &ret_cleanup->mode))
		return true;
	findings_add(&run->findings, run->name, SEVERITY_UNDECIDED,
		     "git config commit.cleanup = %.*s is no cleanup mode", BYTES_ARG(mode));
	return false;
}

/* An identity as git will write it: the variable it exports to its hooks, else the configuration. */
static bool ident_of(struct policy_run *run, const char *variable, const char *key, struct bytes *ret_value)
{
	*ret_value = environment_get(variable);
	return ret_value->len || config(run, key, ret_value);
}

static bool commit_of(struct policy_run *run, struct commit *ret_commit)
{
	return ident_of(run, "GIT_AUTHOR_NAME", "user.name", &ret_commit->author.name) &&
	       ident_of(run, "GIT_AUTHOR_EMAIL", "user.email", &ret_commit->author.email) &&
	       ident_of(run, "GIT_COMMITTER_NAME", "user.name", &ret_commit->committer.name) &&
	       ident_of(run, "GIT_COMMITTER_EMAIL", "user.email", &ret_commit->committer.email) &&
	       config(run, "i18n.commitEncoding", &ret_commit->encoding);
}

/* The branch the commit will be on; none for a detached HEAD. */
static bool branch_of(struct policy_run *run, struct bytes *ret_ref)
{
	*ret_ref = (struct bytes){0};
	if (repo_symbolic(run->repo, BYTES("HEAD"), ret_ref, run->arena) != ANSWER_UNKNOWN)
		return true;
	findings_add(&run->findings, run->name, SEVERITY_UNDECIDED, "HEAD: %s", repo_problem(run->repo));
	return false;
}

static bool file_read(struct policy_run *run, const char *path, struct bytes *ret_text)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0) {
		findings_add(&run->findings, run->name, SEVERITY_UNDECIDED, "cannot open %s: %s", path,
			     strerror(errno));
		return false;
	}
	bool done = run_read(run, fd, "the message", MESSAGE_MAX, ret_text);

	close(fd);
	return done;
}

static bool judge_text(struct policy_run *run, struct commit *commit)
{
	struct bytes ref;

	if (!run_load(run) || !branch_of(run, &ref) || !commit_of(run, commit))
		return false;
	struct facts *facts = facts_new_message(run->arena, run->repo, &run->layers);

	return run_say_pusher(run, NULL, facts) && judge_message(&run->layers, ref, commit, facts, &run->findings);
}

static bool judge_file(struct policy_run *run, void *path)
{
	struct commit commit = {0};
	struct cleanup cleanup;
	struct bytes text;

	if (!run_open(run, true) || !cleanup_of(run, &cleanup) || !file_read(run, path, &text))
		return false;
	commit.verbose = cleanup_is_verbose(&cleanup, text);
	commit.message = cleanup_apply(run->arena, &cleanup, text);
	return judge_text(run, &commit);
}

enum policy_exit policy_judge_message(struct policy_run *run, const char *path)
{
	return run_judge(run, "commit-msg", judge_file, (void *)(uintptr_t)path);
}

static bool judge_fd(struct policy_run *run, void *fd)
{
	struct commit commit = {0};

	return run_open(run, true) && run_read(run, *(int *)fd, "the message", MESSAGE_MAX, &commit.message) &&
	       judge_text(run, &commit);
}

enum policy_exit policy_judge_text(struct policy_run *run, int fd)
{
	return run_judge(run, "check-message", judge_fd, &fd);
}
