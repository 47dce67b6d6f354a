/* hook: runs a hook of ours for whoever manages the hooks of a clone. */
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "git.h"
#include "scripts.h"

#define UNLESS "--if-policy"

static bool is_hook(const char *name)
{
	return !strcmp(name, "commit-msg") || !strcmp(name, "pre-push");
}

/* A line of a file that was checked out with autocrlf ends so; no file of git's and no remote does. */
static void cut_return(char *word)
{
	size_t len = strlen(word);

	if (len && word[len - 1] == '\r')
		word[len - 1] = '\0';
}

/* Whether this clone has a policy, wherever a client looks for one. */
static bool has_policy(struct git *git)
{
	const char *top = git_read(git, "rev-parse", "--show-toplevel", NULL);

	return git_read(git, "config", "--get", "policy.file", NULL) ||
	       git_read(git, "rev-parse", "--verify", "--quiet", "refs/policy/current", NULL) ||
	       (top && !access(git_text(git, "%s/.git-policy.ini", top), F_OK));
}

static const char *value_of(struct git *git, const char *ref)
{
	const char *id = git_read(git, "rev-parse", "--verify", "--quiet", "--end-of-options", ref, NULL);

	return id ? id : git_text(git, "%040d", 0);
}

/* Makes our standard input one that holds `text`. */
static bool feed(const char *text)
{
	FILE *file = tmpfile();
	bool fed = file && fputs(text, file) >= 0 && !fflush(file) && !lseek(fileno(file), 0, SEEK_SET) &&
		   dup2(fileno(file), STDIN_FILENO) == STDIN_FILENO;

	if (file)
		fclose(file);
	return fed;
}

/*
 * pre-commit(1) hands a pre-push no standard input and no arguments but says in variables what git said, of one of the
 * refs. Where that ref is on the server it does not say: that is what was fetched last.
 */
static int push_for_pre_commit(struct git *git)
{
	const char *local = getenv("PRE_COMMIT_LOCAL_BRANCH"), *remote = getenv("PRE_COMMIT_REMOTE_BRANCH");
	const char *name = getenv("PRE_COMMIT_REMOTE_NAME"), *url = getenv("PRE_COMMIT_REMOTE_URL");
	const char *new = getenv("PRE_COMMIT_TO_REF"), *heads = "refs/heads/";

	if (!local || !remote || !name || !url)
		return command_misused(&command_hook, "pre-push wants the name and the address of the remote");
	bool branch = !strncmp(remote, heads, strlen(heads));

	git->remote = name;
	const char *old = branch ? value_of(git, git_tracking(git, remote)) : git_text(git, "%040d", 0);

	if (!feed(git_text(git, "%s %s %s %s\n", local, new ? new : value_of(git, local), remote, old)))
		return command_refuse(NULL, "cannot make a temporary file");
	char *arguments[] = {(char *)(uintptr_t)name, (char *)(uintptr_t)url, NULL};

	return script_run("pre-push", arguments);
}

static int hook(const struct call *call)
{
	struct git git = {.call = call};
	char **words = call->operands;
	bool unless = *words && !strcmp(*words, UNLESS);
	int code = POLICY_ACCEPTED;

	if (*words && (!strcmp(*words, "-h") || !strcmp(*words, "--help"))) {
		command_describe(STDOUT_FILENO, &command_hook);
		return strcmp(*words, "-h") ? POLICY_ACCEPTED : COMMAND_USAGE;
	}
	if (call->operand_count)
		cut_return(call->operands[call->operand_count - 1]);
	words += unless;
	if (!*words || !is_hook(*words))
		return command_misused(&command_hook, "the hooks are commit-msg and pre-push");
	if (!unless || has_policy(&git))
		code = !strcmp(*words, "pre-push") && !words[1] ? push_for_pre_commit(&git)
								: script_run(*words, words + 1);
	git_end(&git);
	return code;
}

const struct command command_hook = {
	.name = "hook",
	.operands = "[" UNLESS "] <name> [<argument>...]",
	.help = "Run one of our hooks, for a tool that manages hooks",
	.least = 1,
	.most = INT_MAX,
	.runs_git = true,
	.passes_on = true,
	.run = hook,
};
