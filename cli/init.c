/* init: writes a first policy for a repository from what is in it and a few answers. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "deposit.h"

/* Where it goes: a server's into its git directory, where install keeps it; a clone's beside the work. NULL when that
 * would be in vain, which was said. */
static const char *find_folder(struct git *git, const struct survey *survey)
{
	const char *folder = git->call->init.output, *file;

	if (folder)
		return folder;
	if (!survey->bare)
		return "git-policy";
	file = git_read(git, "config", "--get", "policy.file", NULL);
	if (file) {
		command_refuse("git config --unset policy.file, or --output <dir>",
			       "this repository goes by another policy: git config policy.file is %s", file);
		return NULL;
	}
	return strcmp(survey->folder, ".") ? git_text(git, "%s/policy", survey->folder) : "policy";
}

static bool is_free(struct git *git, const char *folder)
{
	const char *present = git->call->init.force || git->call->dry_run ? NULL : deposit_present(git, folder);

	if (present)
		command_refuse("--force replaces it, --dry-run only shows what would be written", "%s is there already",
			       present);
	return !present;
}

static void tell_people(const struct answers *answers, const struct draft *draft)
{
	if (draft->invented)
		guard_print(STDOUT_FILENO,
			    "some in people.ini are placeholders: put persons of yours in their place\n");
	else if (answers->approvals == 1 && draft->reviewers <= 1)
		guard_print(STDOUT_FILENO,
			    "only one person may approve, and nobody approves their own: add a reviewer\n");
	else if (answers->approvals && draft->reviewers <= answers->approvals)
		dprintf(STDOUT_FILENO, "%u must approve, only %u may, and nobody approves their own: add a reviewer\n",
			answers->approvals, draft->reviewers);
}

/* A path for whoever called, who need not stand where -C has led. */
static const char *seen_from_outside(struct git *git, const char *path)
{
	const char *directory = git->call->directory;

	if (!directory || *path == '/')
		return path;
	return strcmp(path, ".") ? git_text(git, "%s/%s", directory, path) : directory;
}

/* What an admin does next, as commands that work where they stand. */
static void advise(struct git *git, const struct survey *survey, const char *folder)
{
	bool there = survey->bare && !git->call->init.output;

	dprintf(STDOUT_FILENO,
		"\nnext:\n"
		"  $EDITOR %s/people.ini          # %s\n"
		"  git policy check %s/policy.ini\n",
		folder, survey->tip ? "who is who was guessed from commits" : "who is who: add your people", folder);
	if (there)
		dprintf(STDOUT_FILENO, "  git policy install %s\n", seen_from_outside(git, survey->folder));
	else
		dprintf(STDOUT_FILENO, "  git policy install --policy %s/policy.ini <repo.git>   # on the server\n",
			folder);
	if (git->call->init.enforce)
		return;
	dprintf(STDOUT_FILENO, "\nIt evaluates: pushers are told what would be refused, and nothing is. To see all of "
			       "that, on the server:\n"
			       "  git policy audit --verdict would-be-rejected\n"
			       "When it is what you want, write mode = enforce in policy/policy.ini there.\n");
}

static int write_first(struct git *git, struct survey *survey, const char *folder)
{
	int fd = git->call->dry_run ? STDERR_FILENO : STDOUT_FILENO;
	bool ask = !git->call->init.yes && isatty(STDIN_FILENO) && isatty(fd);
	struct answers answers;
	struct draft draft = {0};
	int code;

	survey_tell(survey, fd);
	if (!answers_take(git, survey, ask, fd, &answers))
		return POLICY_UNDECIDED;
	if (!ask)
		answers_tell(&answers, fd);
	if (!draft_write(git, survey, &answers, &draft))
		code = command_refuse(NULL, "out of memory");
	else if (git->call->dry_run)
		code = deposit_show(git, &draft);
	else
		code = deposit_write(git, folder, &draft);
	if (!code && !git->call->dry_run) {
		folder = seen_from_outside(git, folder);
		dprintf(fd, "\nwrote policy.ini and people.ini to %s; git policy check finds nothing wrong\n", folder);
		tell_people(&answers, &draft);
		advise(git, survey, folder);
	}
	draft_free(&draft);
	return code;
}

static int init(const struct call *call)
{
	struct git git = {.call = call};
	struct survey survey;
	int code = answers_check(call);

	if (code)
		return code;
	const char *folder = survey_take(&git, &survey) ? find_folder(&git, &survey) : NULL;
	code = folder && is_free(&git, folder) ? write_first(&git, &survey, folder) : POLICY_UNDECIDED;

	git_end(&git);
	return code;
}

const struct command command_init = {
	.name = "init",
	.operands = "",
	.help = "Write a first policy, from what the repository looks like and a few answers",
	.options = OPTION_REPOSITORY | OPTION_WORKFLOW | OPTION_APPROVALS | OPTION_CHECKS | OPTION_MESSAGES |
		   OPTION_IDENTITY | OPTION_ENFORCE | OPTION_REMOTE | OPTION_OUTPUT | OPTION_FORCE | OPTION_YES |
		   OPTION_DRY_RUN,
	.runs_git = true,
	.run = init,
};
