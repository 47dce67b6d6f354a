/* deposit: a draft is written to a folder of its own, checked there as `git policy check` would, and only then moved.
 */
#include "deposit.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILE_MODE 0644 /* whatever the umask: others must not be able to write a policy */
#define FOLDER_MODE 0755

/* In the order in which they are put in place: a policy without its people does not load. */
static const char *const names[] = {"people.ini", "policy.ini"};
#define COUNT (sizeof(names) / sizeof(*names))

static const char *text_of(const struct draft *draft, size_t index)
{
	return index ? draft->policy : draft->people;
}

const char *deposit_present(struct git *git, const char *folder)
{
	struct stat status;

	for (size_t i = COUNT; i-- > 0;) {
		const char *path = git_text(git, "%s/%s", folder, names[i]);

		if (!lstat(path, &status))
			return path;
	}
	return NULL;
}

static bool write_file(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, FILE_MODE);
	size_t len = strlen(text);
	bool written = fd >= 0 && write(fd, text, len) == (ssize_t)len && !fchmod(fd, FILE_MODE) && !fsync(fd);

	if (fd >= 0 && close(fd))
		written = false;
	if (!written)
		command_refuse(NULL, "cannot write %s: %s", path, strerror(errno));
	return written;
}

/* Says so only when something is wrong. Whatever `check` has to say of its own work is a fault of this program, or of
 * an option's value. */
static int check(const char *file)
{
	const struct policy_options options = {.file = file};
	struct policy_run *run = policy_run_new(&options);
	enum policy_exit verdict = policy_check(run);
	size_t len = 0;
	const char *output = policy_run_output(run, &len);

	if (verdict == POLICY_ACCEPTED && !memmem(output, len, "warning:", strlen("warning:"))) {
		policy_run_free(run);
		return POLICY_ACCEPTED;
	}
	guard_end(run, verdict, STDERR_FILENO);
	return command_refuse("correct the option it is about, or report this to the makers of git-policy",
			      "what init wrote does not pass git policy check; nothing was left behind");
}

/* A folder for a draft, in `parent`. NULL when there can be none, which was said. */
static const char *stage_make(struct git *git, const char *parent)
{
	char *stage = (char *)(uintptr_t)git_text(git, "%s/.init-XXXXXX", parent);

	if (mkdtemp(stage))
		return stage;
	command_refuse(NULL, "cannot make a folder in %s: %s", parent, strerror(errno));
	return NULL;
}

static void stage_remove(struct git *git, const char *stage)
{
	for (size_t i = 0; i < COUNT; i++) {
		unlink(git_text(git, "%s/%s", stage, names[i]));
		unlink(git_text(git, "%s/%s.old", stage, names[i]));
	}
	rmdir(stage);
}

static int stage_fill(struct git *git, const char *stage, const struct draft *draft)
{
	for (size_t i = 0; i < COUNT; i++)
		if (!write_file(git_text(git, "%s/%s", stage, names[i]), text_of(draft, i)))
			return POLICY_UNDECIDED;
	return check(git_text(git, "%s/policy.ini", stage));
}

/* Moves a file into the folder; the one that it replaces stays in the stage. */
static bool put(struct git *git, const char *stage, const char *folder, const char *name)
{
	const char *target = git_text(git, "%s/%s", folder, name);

	if ((!link(target, git_text(git, "%s/%s.old", stage, name)) || errno == ENOENT) &&
	    !rename(git_text(git, "%s/%s", stage, name), target))
		return true;
	command_refuse(NULL, "cannot write %s: %s; nothing was changed", target, strerror(errno));
	return false;
}

static void take_back(struct git *git, const char *stage, const char *folder, const char *name)
{
	const char *target = git_text(git, "%s/%s", folder, name);

	if (rename(git_text(git, "%s/%s.old", stage, name), target))
		unlink(target);
}

static int stage_put(struct git *git, const char *stage, const char *folder)
{
	for (size_t i = 0; i < COUNT; i++) {
		if (put(git, stage, folder, names[i]))
			continue;
		while (i-- > 0)
			take_back(git, stage, folder, names[i]);
		return POLICY_UNDECIDED;
	}
	return POLICY_ACCEPTED;
}

int deposit_write(struct git *git, const char *folder, const struct draft *draft)
{
	bool made = !mkdir(folder, FOLDER_MODE);

	if (!made && errno != EEXIST)
		return command_refuse(NULL, "cannot make the folder %s: %s", folder, strerror(errno));
	if (made)
		chmod(folder, FOLDER_MODE);
	const char *stage = stage_make(git, folder);
	int code = stage ? stage_fill(git, stage, draft) : POLICY_UNDECIDED;

	if (!code)
		code = stage_put(git, stage, folder);
	if (stage)
		stage_remove(git, stage);
	if (code && made)
		rmdir(folder);
	return code;
}

int deposit_show(struct git *git, const struct draft *draft)
{
	const char *temporary = getenv("TMPDIR"), *stage = stage_make(git, temporary ? temporary : "/tmp");
	int code = stage ? stage_fill(git, stage, draft) : POLICY_UNDECIDED;

	if (stage)
		stage_remove(git, stage);
	for (size_t i = COUNT; !code && i-- > 0;) {
		guard_print(STDOUT_FILENO, git_text(git, "%s# ---- %s ----\n", i + 1 < COUNT ? "\n" : "", names[i]));
		guard_print(STDOUT_FILENO, text_of(draft, i));
	}
	return code;
}
