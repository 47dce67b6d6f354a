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

/* A part of the repository, and which modes none of its files may have. */
struct part {
	const char *path;
	mode_t forbidden;
	bool whole; /* what is wrong with a file of it is wrong with all, and told once */
	bool told;
};

/* Whoever else may write a file, or has it for their own, makes what it says. In what a group writes everybody owns
 * something. False: nobody. */
static bool look_at_entry(struct exam *exam, const struct part *part, const char *path, const struct stat *status)
{
	bool group = part->forbidden & S_IWGRP, open = status->st_mode & part->forbidden;
	uid_t owner = exam->status.st_uid;
	struct stat top;

	if (!open && (!group || !status->st_uid || status->st_uid == owner))
		return false;
	bool deep = part->whole && !stat(part->path, &top) && S_ISDIR(top.st_mode);
	const char *what =
		git_text(&exam->git, "%s%s", deep ? "-R " : "", doctor_quote(exam, deep ? part->path : path));

	if (open)
		doctor_add(exam, POLICY_WRONG, git_text(&exam->git, "chmod %s %s", group ? "go-w" : "o-w", what),
			   "%s may be written by others than its %s", path, group ? "owner" : "group");
	else
		doctor_add(exam, POLICY_WRONG, git_text(&exam->git, "chown %u %s", (unsigned)owner, what),
			   "%s belongs to %s, the repository to %s", path, doctor_user(exam, status->st_uid),
			   doctor_user(exam, owner));
	return true;
}

static void look_at_writing(struct exam *exam, const char *path, const struct stat *status)
{
	if (access(path, S_ISDIR(status->st_mode) ? W_OK | X_OK : W_OK) && errno == EACCES)
		doctor_add(
			exam, POLICY_WRONG,
			git_text(&exam->git, "chmod u+w %s, or chown it to whoever serves", doctor_quote(exam, path)),
			"%s may not be written: what is pushed is not written down", path);
}

static bool is_below(const char *path, const char *folder)
{
	size_t len = strlen(folder);

	return !strncmp(path, folder, len) && (!path[len] || path[len] == '/');
}

/* The last of the parts is for what is directly in the repository and in none of the others. */
static struct part *part_of(struct exam *exam, struct part *parts, const char *path)
{
	size_t len = strlen(exam->folder) + 1;

	for (; parts->path; parts++)
		if (is_below(path, parts->path))
			return parts;
	if (!parts[1].path || !is_below(path, parts[1].path))
		parts[1] = (struct part){git_text(&exam->git, "%.*s", (int)(len + strcspn(path + len, "/")), path),
					 parts->forbidden, true, false};
	return &parts[1];
}

/* A link is what it leads to; what it leads to nowhere git does not read. */
static void look_at_tree(struct exam *exam, const char *root, struct part *parts)
{
	char *roots[] = {(char *)(uintptr_t)root, NULL};
	FTS *tree = fts_open(roots, FTS_PHYSICAL | FTS_COMFOLLOW | FTS_NOCHDIR, NULL);
	struct stat status;

	for (const FTSENT *entry; tree && (entry = fts_read(tree));) {
		const char *path = entry->fts_path;

		if ((entry->fts_info != FTS_D && entry->fts_info != FTS_F && entry->fts_info != FTS_SL) ||
		    !strcmp(path, exam->folder) || stat(path, &status))
			continue;
		struct part *part = part_of(exam, parts, path);

		if (!part->told && look_at_entry(exam, part, path, &status))
			part->told = part->whole;
	}
	if (tree)
		fts_close(tree);
}

/* That the group may write the repository itself is told by doctor_shared(). */
void doctor_modes(struct exam *exam)
{
	mode_t own = S_IWGRP | S_IWOTH, common = is_shared(exam) ? S_IWOTH : own;
	const char *account = git_text(&exam->git, "%s/policy/account", exam->folder);
	struct part itself = {exam->folder, S_IWOTH, false, false};
	struct part parts[] = {
		{account, common, true, false},
		{git_text(&exam->git, "%s/policy/spool", exam->folder), common, true, false},
		{git_text(&exam->git, "%s/policy", exam->folder), own, false, false},
		{exam->hooks, own, true, false},
		{git_text(&exam->git, "%s/hooks", exam->folder), own, true, false},
		{NULL, common, true, false},
		{0},
	};
	struct stat status;

	look_at_entry(exam, &itself, exam->folder, &exam->status);
	look_at_tree(exam, exam->folder, parts);
	if (!is_below(exam->hooks, exam->folder) || (!lstat(exam->hooks, &status) && S_ISLNK(status.st_mode)))
		look_at_tree(exam, exam->hooks, parts);
	if (!stat(account, &status))
		look_at_writing(exam, account, &status);
}

/* The folder that a file of settings is in, or would be: whoever may write that may put another there. */
static void look_at_place(struct exam *exam, const char *path, bool there)
{
	const char *end = strrchr(path, '/');
	const char *folder = end == path ? "/" : git_text(&exam->git, "%.*s", (int)(end - path), path);
	struct part part = {folder, S_IWOTH | S_IWGRP, false, false};
	struct stat status;

	if (stat(folder, &status) || (there && status.st_mode & S_ISVTX))
		return;
	/* Those of a system are its staff's. */
	if (!status.st_uid)
		part.forbidden = S_IWOTH;
	look_at_entry(exam, &part, folder, &status);
}

/* Each file once; what is in the repository itself is doctor_modes()'s. */
static void look_at_settings(struct exam *exam, const char **seen, const char *path)
{
	const struct part part = {path, S_IWGRP | S_IWOTH, false, false};
	struct stat status;
	bool there = !stat(path, &status);

	if (*path != '/' || is_below(path, exam->folder) || strstr(*seen, git_text(&exam->git, "\n%s\n", path)))
		return;
	*seen = git_text(&exam->git, "%s%s\n", *seen, path);
	if (!there || !look_at_entry(exam, &part, path, &status))
		look_at_place(exam, path, there);
}

/* The files git reads its settings from, and those it would read if they were there or their condition held: each says
 * what it likes, also where git looks for hooks. */
void doctor_includes(struct exam *exam)
{
	struct git *git = &exam->git;
	const char *folder = git_text(git, "--git-dir=%s", exam->folder), *seen = "\n", *path, *line;
	const char *files = git_read(git, folder, "-c", "core.quotePath=false", "config", "--list", "--show-origin",
				     "--name-only", NULL);
	const char *included =
		git_read(git, folder, "config", "--type=path", "--get-regexp", "^include(if\\..*)?\\.path$", NULL);

	while (files && (line = doctor_line(exam, &files))) {
		if (!strncmp(line, "file:", strlen("file:"))) {
			path = line + strlen("file:");
			look_at_settings(exam, &seen, git_text(git, "%.*s", (int)strcspn(path, "\t"), path));
		}
	}
	while (included && (line = doctor_line(exam, &included))) {
		path = strstr(line, ".path ");
		if (path)
			look_at_settings(exam, &seen, path + strlen(".path "));
	}
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
