/* doctorways: ways around the hooks that lead over the accounts of the server: shells, keys, what sshd lets in. */
#include "doctor.h"

#include <dirent.h>
#include <errno.h>
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "doctorkeys.h"

#define SSHD_CONFIG "/etc/ssh/sshd_config"
#define SSHD_SECONDS 10u

/* Whoever serves says where the configuration of another sshd is. */
const char *doctor_sshd_file(struct exam *exam)
{
	const char *file = doctor_config(exam, "policy.sshdConfig", NULL);

	return file ? file : SSHD_CONFIG;
}

/* What sshd itself says of an account; only who may read its keys gets an answer. */
static const char *ask_sshd(struct exam *exam, const char *file)
{
	const char *whom =
		git_text(&exam->git, "user=%s,host=localhost,addr=127.0.0.1", doctor_user(exam, exam->status.st_uid));
	const char *const arguments[] = {"/usr/sbin/sshd", "-T", "-f", file, "-C", whom, NULL};
	struct outcome outcome = doctor_run(exam, arguments, SSHD_SECONDS);

	return outcome.status ? NULL : outcome.output;
}

/* The text with that of every file that the pattern of an Include stands for behind it. glob(3) has to know accounts,
 * which a static program cannot; so a pattern is one of names in one folder. */
static const char *with_matching(struct exam *exam, const char *text, const char *pattern)
{
	const char *path = *pattern == '/' ? pattern : git_text(&exam->git, "/etc/ssh/%s", pattern);
	const char *name = strrchr(path, '/') + 1;
	const char *folder = git_text(&exam->git, "%.*s", (int)(name - path), path);
	struct dirent **entries;
	int count = scandir(folder, &entries, NULL, alphasort);

	for (int i = 0; i < count; i++) {
		const char *more = NULL;

		if (!fnmatch(name, entries[i]->d_name, FNM_PERIOD))
			more = doctor_file(exam, git_text(&exam->git, "%s%s", folder, entries[i]->d_name));
		if (more)
			text = git_text(&exam->git, "%s\n%s", text, more);
		free(entries[i]);
	}
	if (count >= 0)
		free(entries);
	return text;
}

static const char *with_included(struct exam *exam, const char *text)
{
	const char *all = text, *rest = text;

	for (const char *line; (line = doctor_line(exam, &rest));) {
		const char *word = doctor_word(exam, &line), *pattern;

		if (!word || strcasecmp(word, "Include"))
			continue;
		while ((pattern = doctor_word(exam, &line)))
			all = with_matching(exam, all, pattern);
	}
	return all;
}

const char *doctor_sshd_settings(struct exam *exam)
{
	const char *file = doctor_sshd_file(exam), *text = doctor_file(exam, file);
	int error = errno;
	const char *answer = text || error != ENOENT ? ask_sshd(exam, file) : NULL;

	errno = error;
	return answer || !text ? answer : with_included(exam, text);
}

/* Each of these in a client's hands is an identity, or git's configuration. */
static bool endangers(const struct exam *exam, const char *pattern)
{
	static const char *const names[] = {"GIT_CONFIG_COUNT", "GIT_CONFIG_PARAMETERS",
					    "GIT_DIR",		"GIT_EXEC_PATH",
					    "GIT_POLICY_USER",	"LD_PRELOAD",
					    "BASH_ENV",		"PATH"};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (!fnmatch(pattern, names[i], 0))
			return true;
	return exam->variable && !fnmatch(pattern, exam->variable, 0);
}

void doctor_sshd(struct exam *exam)
{
	const char *file = doctor_sshd_file(exam), *settings = doctor_sshd_settings(exam), *pattern;

	if (!settings && errno == ENOENT)
		doctor_add(exam, POLICY_WELL, NULL, "there is no %s", file);
	else if (!settings)
		doctor_add(exam, POLICY_DOUBT, "sudo sshd -T | grep -i acceptenv: nothing there may match GIT_*",
			   "%s cannot be read: %s", file, strerror(errno));
	for (const char *line; settings && (line = doctor_line(exam, &settings));) {
		const char *word = doctor_word(exam, &line);

		while (word && !strcasecmp(word, "AcceptEnv") && (pattern = doctor_word(exam, &line)))
			if (endangers(exam, pattern))
				doctor_add(
					exam, POLICY_WRONG,
					git_text(&exam->git, "take %s out of AcceptEnv in %s, and have sshd reload it",
						 pattern, file),
					"sshd takes %s from clients: they say who they are, or what git does", pattern);
	}
}

static bool is_no_shell(const char *shell)
{
	static const char *const none[] = {"git-shell", "nologin", "false"};
	const char *name = strrchr(shell, '/');

	for (size_t i = 0; i < sizeof(none) / sizeof(*none); i++)
		if (!strcmp(name ? name + 1 : shell, none[i]))
			return true;
	return false;
}

/* Where sshd looks for the keys of an account: "%h/.ssh/authorized_keys", relative ones being so to the home. */
static const char *expand(struct exam *exam, const char *pattern, const struct account *user)
{
	const char *path = *pattern == '/' || !strncmp(pattern, "%h", 2) ? "" : git_text(&exam->git, "%s/", user->home);

	for (; *pattern; pattern++) {
		bool percent = *pattern == '%' && pattern[1];

		pattern += percent;
		path = percent && *pattern == 'h'   ? git_text(&exam->git, "%s%s", path, user->home)
		       : percent && *pattern == 'u' ? git_text(&exam->git, "%s%s", path, user->name)
						    : git_text(&exam->git, "%s%c", path, *pattern);
	}
	return path;
}

static const char *key_files(struct exam *exam)
{
	const char *settings = doctor_sshd_settings(exam);

	for (const char *line; settings && (line = doctor_line(exam, &settings));) {
		const char *word = doctor_word(exam, &line);

		if (word && !strcasecmp(word, "AuthorizedKeysFile"))
			return line;
	}
	return ".ssh/authorized_keys .ssh/authorized_keys2";
}

/* Counts the keys in the files; false when one gives a shell, which was said. */
static bool look_at_keys(struct exam *exam, const struct account *user, unsigned *keys)
{
	const char *files = key_files(exam), *pattern, *line;

	while ((pattern = doctor_word(exam, &files))) {
		const char *file = expand(exam, pattern, user), *text = doctor_file(exam, file);

		for (unsigned number = 1; text && (line = doctor_line(exam, &text)); number++) {
			enum key_kind kind = doctorkeys_kind(line);

			*keys += kind != KEY_NONE;
			if (kind == KEY_NONE || kind == KEY_RESTRICTED)
				continue;
			doctor_add(exam, POLICY_REMARK,
				   "begin the line with command=\"...\",restrict (install/README.md)", "%s:%u: %s",
				   file, number,
				   kind == KEY_FORCED ? "a key without restrict, which forwards ports"
						      : "a key that gives a shell: it goes around every hook");
			return false;
		}
	}
	return true;
}

static void look_at_owner(struct exam *exam, const struct account *user)
{
	unsigned keys = 0;

	if (is_no_shell(user->shell))
		doctor_add(exam, POLICY_WELL, NULL, "%s has no shell (%s)", user->name, user->shell);
	else if (look_at_keys(exam, user, &keys) && keys)
		doctor_add(exam, POLICY_WELL, NULL, "every key of %s runs one command", user->name);
	else if (!keys)
		doctor_add(exam, POLICY_REMARK, "serve it as an account of its own, as install/README.md shows",
			   "%s owns it and has the shell %s: who logs in goes around every hook", user->name,
			   user->shell);
}

/* They are asked only where the group may write. */
static void look_at_group(struct exam *exam)
{
	const char *members = exam->status.st_mode & S_IWGRP ? doctor_members(exam, exam->status.st_gid) : "";
	const char *owner = doctor_user(exam, exam->status.st_uid);

	for (size_t len; (len = strcspn(members, ",")); members += len + (members[len] == ',')) {
		const char *name = git_text(&exam->git, "%.*s", (int)len, members);
		struct account account;

		if (strcmp(name, owner) && doctor_account(exam, name, &account) && !is_no_shell(account.shell))
			doctor_add(exam, POLICY_REMARK,
				   git_text(&exam->git, "sudo chsh -s /usr/bin/git-shell %s", name),
				   "%s is in the group that writes it and has the shell %s: a way around every hook",
				   name, account.shell);
	}
}

void doctor_shells(struct exam *exam)
{
	const char *number = git_text(&exam->git, "%u", (unsigned)exam->status.st_uid);
	struct account owner;

	if (doctor_account(exam, number, &owner))
		look_at_owner(exam, &owner);
	else
		doctor_add(exam, POLICY_DOUBT, git_text(&exam->git, "chown <account> %s", exam->place),
			   "it belongs to number %s, which is no account", number);
	look_at_group(exam);
}
