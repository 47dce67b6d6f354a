/* server: where the server is, seen from a clone, and what of it is known here. */
#include "git.h"

#include <string.h>
#include <sys/stat.h>

static const char *config(struct git *git, const char *name)
{
	return git_read(git, "config", "--get", name, NULL);
}

/* As git push chooses it, as far as it is one remote. */
static const char *usual_remote(struct git *git)
{
	const char *branch = git_read(git, "symbolic-ref", "--quiet", "--short", "HEAD", NULL);
	const char *remote = branch ? config(git, git_text(git, "branch.%s.remote", branch)) : NULL;

	return remote && strcmp(remote, ".") ? remote : "origin";
}

/* Why git does not work here: there is no repository, or it is somebody else's, whose path git then names. */
static void refuse_place(struct git *git)
{
	const char *start = "dubious ownership in repository at '";
	const char *complaint = git_complaint(git, "rev-parse", "--git-dir", NULL), *path = strstr(complaint, start);
	struct stat status;

	if (!path) {
		command_refuse("outside of a repository, -C <dir> names one", "there is no repository to work in");
		return;
	}
	path += strlen(start);
	path = git_text(git, "%.*s", (int)strcspn(path, "'\n"), path);
	unsigned owner = stat(path, &status) ? 0 : status.st_uid;

	command_refuse(git_text(git,
				"run this as its owner (sudo -u '#%u'), or: git config --global --add safe.directory "
				"%s",
				owner, path),
		       "%s belongs to user %u", path, owner);
}

/* Whether it is bare: "true", "false"; NULL when there is no repository, which was said. */
static const char *is_bare(struct git *git)
{
	bool quiet = git->quiet;

	git->quiet = true;
	const char *bare = git_read(git, "rev-parse", "--is-bare-repository", NULL);

	git->quiet = quiet;
	if (!bare)
		refuse_place(git);
	return bare;
}

bool git_repository(struct git *git)
{
	return is_bare(git);
}

bool git_remote(struct git *git)
{
	const char *bare = is_bare(git);

	git->remote = git->call->remote;
	if (!bare)
		return false;
	if (!git->remote && !strcmp(bare, "true"))
		return true;
	if (!git->remote)
		git->remote = usual_remote(git);
	if (config(git, git_text(git, "remote.%s.url", git->remote)))
		return true;
	command_refuse(git_text(git, "git remote add %s <url>, or --remote <name>", git_quote(git, git->remote)),
		       "there is no remote named %s", git->remote);
	return false;
}

bool git_fetch(struct git *git)
{
	if (!git->remote || git->call->offline)
		return true;
	int code = git_reach(
		git, "--offline goes by what was fetched before", "fetch", "--quiet", "--prune",
		"--no-write-fetch-head", git->remote, git_text(git, "+refs/heads/*:refs/remotes/%s/*", git->remote),
		"+refs/approvals/*:refs/approvals/*", "+refs/checks/*:refs/checks/*", "+refs/grants/*:refs/grants/*",
		"+refs/deploy/*:refs/deploy/*", "+refs/policy/*:refs/policy/*", NULL);

	if (code == POLICY_REJECTED)
		command_refuse("--offline goes by what was fetched before", "cannot fetch from %s", git->remote);
	return !code;
}

bool git_fetch_record(struct git *git, const char *ref, const char *target)
{
	int folder = (int)(strrchr(ref, '/') - ref);
	const char *beside = git_text(git, "+%.*s/*:%.*s/*", folder, ref, folder, ref);
	const char *branches = target ? git_text(git, "+refs/heads/*:refs/remotes/%s/*", git->remote) : NULL;

	return !git_run(git, "fetch", "--quiet", "--no-write-fetch-head", git->remote, "+refs/policy/*:refs/policy/*",
			beside, branches, NULL);
}

const char *git_name(const char *ref)
{
	const char *heads = "refs/heads/", *deploys = "refs/deploy/";

	if (!strncmp(ref, deploys, strlen(deploys)))
		return ref + strlen("refs/");
	return strncmp(ref, heads, strlen(heads)) ? ref : ref + strlen(heads);
}

const char *git_ref(struct git *git, const char *name)
{
	if (!strncmp(name, "refs/", strlen("refs/")))
		return name;
	return git_text(git, "refs/%s%s", strncmp(name, "deploy/", strlen("deploy/")) ? "heads/" : "", name);
}

const char *git_tracking(struct git *git, const char *ref)
{
	const char *heads = "refs/heads/";

	if (!git->remote || strncmp(ref, heads, strlen(heads)))
		return ref;
	return git_text(git, "refs/remotes/%s/%s", git->remote, ref + strlen(heads));
}

const char *git_there(struct git *git, const char *name)
{
	const char *prefix = git_tracking(git, "refs/heads/");
	const char *full = git_read(git, "rev-parse", "--verify", "--quiet", "--symbolic-full-name", "--end-of-options",
				    name, NULL);

	return full && !strncmp(full, prefix, strlen(prefix)) ? full + strlen(prefix) : name;
}

static const char *parse(struct git *git, const char *name)
{
	return git_read(git, "rev-parse", "--verify", "--quiet", "--end-of-options", git_text(git, "%s^{commit}", name),
			NULL);
}

const char *git_commit(struct git *git, const char *name)
{
	const char *id = parse(git, name ? name : "HEAD");

	if (!id && name && !strcmp(name, "HEAD"))
		name = NULL;
	if (!id && name)
		id = parse(git, git_tracking(git, git_ref(git, name)));
	if (!id && name)
		command_refuse(git->remote ? git_text(git, "git fetch %s", git_quote(git, git->remote)) : NULL,
			       "no such commit: %s", name);
	else if (!id)
		command_refuse("commit something first, or name a commit", "there is no commit here yet");
	return id;
}

const char *git_value(struct git *git, const char *name)
{
	return *name && !name[strspn(name, "0")] ? git_text(git, "%040d", 0) : git_commit(git, name);
}

const char *git_line(struct git *git, const char *text)
{
	return git_text(git, "%.*s", (int)strcspn(text, "\n"), text);
}

const char *git_short(struct git *git, const char *id)
{
	return git_text(git, "%.7s", id);
}
