/* doctorfiles: whose the files of a server's repository are, who else may write them, and in which form they are. */
#include "doctor.h"

#include <errno.h>
#include <fts.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

void doctor_owner(struct exam *exam)
{
	uid_t owner = exam->status.st_uid;

	if (owner == geteuid())
		doctor_add(exam, POLICY_WELL, NULL, "it is yours (%s)", doctor_user(exam, owner));
	else
		doctor_add(exam, POLICY_DOUBT,
			   git_text(&exam->git, "sudo -u %s git policy doctor -C %s", doctor_user(exam, owner),
				    exam->place),
			   "it belongs to %s, and you are %s: to whoever serves it all this may look otherwise",
			   doctor_user(exam, owner), doctor_user(exam, geteuid()));
}

/* Members of the repository's group are meant to write what every push writes. */
static bool is_shared(struct exam *exam)
{
	const char *shared = git_read(&exam->git, "config", "--get", "core.sharedRepository", NULL);
	static const char *const own[] = {"0", "false", "umask", "no", "off"};

	for (size_t i = 0; shared && i < sizeof(own) / sizeof(*own); i++)
		if (!strcasecmp(shared, own[i]))
			return false;
	return shared;
}

/* A part of what git-policy keeps; told of once. */
struct part {
	const char *folder;
	bool whole; /* what is wrong with a file of it is wrong with all */
	bool told;
	mode_t forbidden;
};

/* Whoever else may write a file of the policy, or has it for their own, makes the policy. */
static void look_at_entry(struct exam *exam, struct part *part, const char *path, const struct stat *status)
{
	const char *what = part->whole ? git_text(&exam->git, "-R %s", doctor_quote(exam, part->folder))
				       : doctor_quote(exam, path);
	bool group = part->forbidden & S_IWGRP;

	if (part->told)
		return;
	part->told = part->whole;
	if (status->st_mode & part->forbidden)
		doctor_add(exam, POLICY_WRONG, git_text(&exam->git, "chmod %s %s", group ? "go-w" : "o-w", what),
			   "%s may be written by others than its %s", path, group ? "owner" : "group");
	else if (status->st_uid && status->st_uid != exam->status.st_uid && group)
		doctor_add(exam, POLICY_WRONG, git_text(&exam->git, "chown %u %s", (unsigned)exam->status.st_uid, what),
			   "%s belongs to %s, the repository to %s", path, doctor_user(exam, status->st_uid),
			   doctor_user(exam, exam->status.st_uid));
	else
		part->told = false;
}

static void look_at_writing(struct exam *exam, const char *path, const struct stat *status)
{
	if (access(path, S_ISDIR(status->st_mode) ? W_OK | X_OK : W_OK) && errno == EACCES)
		doctor_add(
			exam, POLICY_WRONG,
			git_text(&exam->git, "chmod u+w %s, or chown it to whoever serves", doctor_quote(exam, path)),
			"%s may not be written: what is pushed is not written down", path);
}

static struct part *part_of(struct part *parts, size_t count, const char *path)
{
	size_t i = 0;

	while (i + 1 < count && strncmp(path, parts[i].folder, strlen(parts[i].folder)))
		i++;
	return &parts[i];
}

static void look_at_tree(struct exam *exam, struct part *parts, size_t count)
{
	char *roots[] = {(char *)(uintptr_t)parts[count - 1].folder, NULL};
	FTS *tree = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
	const FTSENT *entry;

	while (tree && (entry = fts_read(tree)))
		if (entry->fts_info == FTS_D || entry->fts_info == FTS_F)
			look_at_entry(exam, part_of(parts, count, entry->fts_path), entry->fts_path, entry->fts_statp);
	if (tree)
		fts_close(tree);
}

void doctor_modes(struct exam *exam)
{
	mode_t own = S_IWGRP | S_IWOTH, common = is_shared(exam) ? S_IWOTH : own;
	struct part config = {.forbidden = common};
	struct part parts[] = {
		{git_text(&exam->git, "%s/policy/account", exam->folder), true, false, common},
		{git_text(&exam->git, "%s/policy/spool", exam->folder), true, false, common},
		{git_text(&exam->git, "%s/policy", exam->folder), false, false, own},
	};
	const char *file = git_text(&exam->git, "%s/config", exam->folder);
	struct stat status;

	if (!stat(file, &status))
		look_at_entry(exam, &config, file, &status);
	look_at_tree(exam, parts, sizeof(parts) / sizeof(*parts));
	if (!stat(parts[0].folder, &status))
		look_at_writing(exam, parts[0].folder, &status);
}

/* A repository that a group pushes to has an account that the group writes. */
void doctor_shared(struct exam *exam)
{
	const char *account = git_text(&exam->git, "%s/policy/account", exam->folder);
	bool shared = is_shared(exam);
	struct stat status;

	if (stat(account, &status) || !shared) {
		bool open = !shared && exam->status.st_mode & S_IWGRP;

		doctor_add(exam, open ? POLICY_WRONG : POLICY_WELL,
			   open ? git_text(&exam->git, "chmod g-w %s", exam->place) : NULL,
			   open ? "its group may write it, though core.sharedRepository does not say so"
				: "one account serves it");
		return;
	}
	if (!(status.st_mode & S_IWGRP) || !(status.st_mode & S_ISGID))
		doctor_add(exam, POLICY_WRONG, git_text(&exam->git, "chmod g+ws %s", doctor_quote(exam, account)),
			   "core.sharedRepository is set, and the group cannot write %s", account);
	else
		doctor_add(exam, POLICY_WELL, NULL, "its group serves it, and may write the account");
}
