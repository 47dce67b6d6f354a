/* doctorhooks: whether git finds hooks, may run them, and whether they are ours. */
#include "doctor.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define ANSWER_SECONDS 10u
/* Bytes that every hook of ours holds. */
#define MARKER "git-policy hook"

/* The script that runs ours and somebody's, as install --chain puts it there. */
extern const unsigned char hook_chain[];
extern const size_t hook_chain_size;

/* One hook of a server, or what is in its place. */
struct hook {
	const char *name;
	const char *path;
	struct stat status; /* what a link leads to */
	const char *ours;   /* the path of the program of ours that runs, itself or called by another; NULL: none */
	bool calls, chain;  /* a script that calls ours, as <name>.policy; and then <name>.local */
	bool known;	    /* that script is the installer's, byte for byte */
};

static const char *install(struct exam *exam)
{
	return git_text(&exam->git, "git policy install %s", exam->place);
}

/* A script that calls ours says so, too; it is not the one to be asked. */
static bool is_ours(const char *data, size_t len)
{
	return (len < 2 || memcmp(data, "#!", 2)) && memmem(data, len, MARKER, strlen(MARKER));
}

static bool has_marker(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	struct stat status;
	bool found = false;

	if (fd < 0)
		return false;
	if (!fstat(fd, &status) && S_ISREG(status.st_mode) && status.st_size > 0) {
		size_t len = (size_t)status.st_size;
		void *data = mmap(NULL, len, PROT_READ, MAP_PRIVATE, fd, 0);

		found = data != MAP_FAILED && is_ours(data, len);
		if (data != MAP_FAILED)
			munmap(data, len);
	}
	close(fd);
	return found;
}

const char *doctor_hook_version(struct exam *exam, const char *path)
{
	const char *const arguments[] = {path, "--version", NULL};
	const char *before = "git-policy ";

	if (!has_marker(path) || access(path, X_OK))
		return NULL;
	struct outcome outcome = doctor_run(exam, arguments, ANSWER_SECONDS);
	const char *version = git_line(&exam->git, outcome.output);

	return !outcome.status && !strncmp(version, before, strlen(before)) ? version + strlen(before) : NULL;
}

static bool is_program(const char *path)
{
	struct stat status;

	return !lstat(path, &status) && S_ISREG(status.st_mode) && has_marker(path);
}

/* Ours under its own name, or beside somebody's hook that calls it as <name>.policy. */
static void find_ours(struct exam *exam, struct hook *hook)
{
	const char *beside = git_text(&exam->git, "%s.policy", hook->path);

	if (is_program(hook->path)) {
		hook->ours = hook->path;
		return;
	}
	const char *text = doctor_file(exam, hook->path);

	hook->calls =
		text && (strstr(text, "$0.policy") || strstr(text, git_text(&exam->git, "%s.policy", hook->name)));
	hook->chain = hook->calls && strstr(text, "\"$0.local\"");
	hook->known = hook->calls && strlen(text) == hook_chain_size && !memcmp(text, hook_chain, hook_chain_size);
	if (hook->calls && is_program(beside))
		hook->ours = beside;
}

/* False: nothing is there under that name. */
static bool find_hook(struct exam *exam, const char *name, struct hook *ret_hook)
{
	struct stat status;

	*ret_hook = (struct hook){.name = name, .path = git_text(&exam->git, "%s/%s", exam->hooks, name)};
	if (lstat(ret_hook->path, &status))
		return false;
	if (!stat(ret_hook->path, &ret_hook->status))
		find_ours(exam, ret_hook);
	return true;
}

/* Why git does not run it. False: it does. */
static bool look_at_file(struct exam *exam, const char *path)
{
	const char *quoted = doctor_quote(exam, path);
	struct stat status;

	if (stat(path, &status) || !S_ISREG(status.st_mode))
		doctor_add(exam, POLICY_WRONG, git_text(&exam->git, "rm -r %s; %s", quoted, install(exam)),
			   "%s is a link to nowhere, or no file: git passes over it", path);
	else if (!(status.st_mode & S_IXUSR) || access(path, X_OK))
		doctor_add(exam, POLICY_WRONG, git_text(&exam->git, "chmod 755 %s", quoted),
			   "%s is not executable: git passes over it", path);
	else if (!status.st_size)
		doctor_add(exam, POLICY_WRONG, git_text(&exam->git, "rm %s; %s", quoted, install(exam)),
			   "%s is empty: it refuses nothing", path);
	else
		return false;
	return true;
}

static void look_at_ours(struct exam *exam, const struct hook *hook)
{
	bool beside = strcmp(hook->ours, hook->path);
	const char *between = beside ? git_text(&exam->git, ", called by hooks/%s", hook->name) : "";

	if (beside && look_at_file(exam, hook->ours))
		return;
	const char *version = doctor_hook_version(exam, hook->ours);

	if (!version)
		doctor_add(exam, POLICY_WRONG, install(exam),
			   "%s does not run here: it does not say which release it is", hook->ours);
	else if (strcmp(version, POLICY_VERSION))
		doctor_add(exam, POLICY_WRONG, install(exam), "%s is git-policy %s, and this is " POLICY_VERSION,
			   hook->ours, version);
	else
		doctor_add(exam, POLICY_WELL, NULL, "%s is git-policy %s%s", hook->name, version, between);
}

/* A part of a chain that is not there. False: it is. */
static bool look_at_part(struct exam *exam, const struct hook *hook, const char *part)
{
	const char *path = git_text(&exam->git, "%s.%s", hook->path, part);
	bool there = !access(path, F_OK);

	if (there && !access(path, X_OK))
		return false;
	doctor_add(exam, POLICY_WRONG,
		   there ? git_text(&exam->git, "chmod +x %s", doctor_quote(exam, path)) : install(exam),
		   "%s %s, and hooks/%s, which calls it, fails", path, there ? "is not executable" : "has gone",
		   hook->name);
	return true;
}

static void look_at_hook(struct exam *exam, const struct hook *hook)
{
	if (look_at_file(exam, hook->path) || (hook->calls && !hook->ours && look_at_part(exam, hook, "policy")) ||
	    (hook->chain && look_at_part(exam, hook, "local")))
		return;
	if (hook->ours && hook->calls && !hook->known)
		doctor_add(exam, POLICY_REMARK,
			   git_text(&exam->git, "read it: nothing may end it before it runs %s", hook->ours),
			   "hooks/%s is somebody's own script: only what was tried is proven", hook->name);
	if (hook->ours)
		look_at_ours(exam, hook);
	else
		doctor_add(exam, POLICY_WRONG, git_text(&exam->git, "git policy install --chain %s", exam->place),
			   "%s is somebody else's, and does not call ours", hook->path);
}

static bool is_same(const char *a, const char *b)
{
	struct stat left, right;

	return !stat(a, &left) && !stat(b, &right) && left.st_dev == right.st_dev && left.st_ino == right.st_ino;
}

static const char *own_folder(struct exam *exam)
{
	return git_text(&exam->git, "%s/hooks", exam->folder);
}

/* Whether the folder in which git looks has a hook of ours that judges. */
static bool has_ours(struct exam *exam)
{
	struct hook hook;

	return (find_hook(exam, "pre-receive", &hook) && (hook.ours || hook.calls)) ||
	       (find_hook(exam, "update", &hook) && (hook.ours || hook.calls));
}

/* A folder for many repositories is somebody's plan, if ours is in it. */
void doctor_hooks_path(struct exam *exam)
{
	const char *own = own_folder(exam), *origin = "";
	const char *value = doctor_config(exam, "core.hooksPath", &origin);

	if (!value || is_same(own, exam->hooks))
		return;
	bool ours = has_ours(exam);

	doctor_add(exam, ours ? POLICY_REMARK : POLICY_WRONG,
		   git_text(&exam->git, "git -C %s config core.hooksPath %s", exam->place, doctor_quote(exam, own)),
		   "git looks for hooks in %s (core.hooksPath, %s)%s", exam->hooks, origin,
		   ours ? ": whoever may write there guards this repository" : ", not in its own");
}

/* Per ref or the whole push. */
static void look_at_judges(struct exam *exam)
{
	struct hook whole, single;
	bool wholes = find_hook(exam, "pre-receive", &whole), singles = find_hook(exam, "update", &single);

	if (wholes && (whole.ours || !single.ours))
		look_at_hook(exam, &whole);
	if (singles && single.ours)
		look_at_hook(exam, &single);
	if (!wholes && !single.ours)
		doctor_add(exam, POLICY_WRONG, install(exam), "there is no pre-receive hook in %s: nothing is judged",
			   exam->hooks);
	if (whole.ours && single.ours)
		doctor_add(exam, POLICY_WRONG, install(exam),
			   "pre-receive and update are both ours: every push is judged twice");
}

/* Where git looks elsewhere and finds nothing, that was told: then those it would find if it did not. */
void doctor_hooks(struct exam *exam)
{
	const char *hooks = exam->hooks;
	struct hook after;

	if (!has_ours(exam))
		exam->hooks = own_folder(exam);
	look_at_judges(exam);
	if (find_hook(exam, "post-receive", &after))
		look_at_hook(exam, &after);
	else
		doctor_add(exam, POLICY_WRONG, install(exam),
			   "there is no post-receive hook in %s: nobody writes down what was pushed", exam->hooks);
	exam->hooks = hooks;
}

/* Such refs are received by that hook: no update hook is asked, and what moves is not what was judged. */
void doctor_proc_receive(struct exam *exam)
{
	const char *path = git_text(&exam->git, "%s/proc-receive", exam->hooks);
	const char *refs = git_read(&exam->git, "config", "--get-all", "receive.procReceiveRefs", NULL);

	if (refs)
		doctor_add(exam, POLICY_WRONG,
			   git_text(&exam->git, "git -C %s config --unset-all receive.procReceiveRefs", exam->place),
			   "receive.procReceiveRefs hands %s to another hook, which moves what it likes",
			   git_line(&exam->git, refs));
	else if (!access(path, X_OK))
		doctor_add(exam, POLICY_REMARK, git_text(&exam->git, "rm %s", doctor_quote(exam, path)),
			   "%s is there: receive.procReceiveRefs would hand refs to it", path);
}
