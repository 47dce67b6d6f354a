/* doctorclone: what is looked at in a clone: the hooks that tell early, and what they know of the server. */
#include "doctor.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define CURRENT "refs/policy/current"
#define SERVER_SECONDS 30u

/* Programs that call hooks for others: what of theirs is in git's hook, and the files in which they are told what to
 * call. */
static const struct manager {
	const char *name, *mark, *install;
	const char *files[6]; /* a %s is the hook's name */
} managers[] = {
	{"husky", ".husky", "npx husky", {".husky/%s"}},
	{"lefthook",
	 "lefthook",
	 "lefthook install",
	 {"lefthook.yml", ".lefthook.yml", "lefthook-local.yml", "lefthook.yaml", ".config/lefthook.yml"}},
	{"pre-commit", "pre-commit", "pre-commit install --hook-type %s", {".pre-commit-config.yaml"}},
};

#define MANAGERS (sizeof(managers) / sizeof(*managers))

/* The text with the first "%s" in it replaced. */
static const char *fill(struct exam *exam, const char *text, const char *name)
{
	const char *place = strstr(text, "%s");

	return place ? git_text(&exam->git, "%.*s%s%s", (int)(place - text), text, name, place + 2) : text;
}

/* Whether a script or a configuration has our hook called. */
static bool calls_ours(struct exam *exam, const char *text, const char *name)
{
	static const char *const entries[] = {"git policy hook %s", "git-policy hook %s",
					      "git policy hook --if-policy %s", "git-policy hook --if-policy %s"};

	for (size_t i = 0; text && i < sizeof(entries) / sizeof(*entries); i++)
		if (strstr(text, fill(exam, entries[i], name)))
			return true;
	return false;
}

/* Whether the hook of that text is the installer's, which calls ours beside another. */
static bool is_chain(struct exam *exam, const char *path, const char *text)
{
	return text && strstr(text, "git-policy hook chain") && !access(git_text(&exam->git, "%s.policy", path), X_OK);
}

/* The file of a manager, in the work tree, that has our hook called; or NULL. */
static const char *managed(struct exam *exam, const struct manager *manager, const char *name)
{
	for (size_t i = 0; i < sizeof(manager->files) / sizeof(*manager->files) && manager->files[i]; i++) {
		const char *file = fill(exam, manager->files[i], name);

		if (calls_ours(exam, doctor_file(exam, file), name))
			return file;
	}
	return NULL;
}

/* Ours is called, or a manager is told to: is that manager what git calls? */
static bool look_at_managers(struct exam *exam, const char *text, const char *name)
{
	for (size_t i = 0; i < MANAGERS; i++) {
		const char *file = managed(exam, &managers[i], name);
		bool called = text && (strstr(text, managers[i].mark) || strstr(exam->hooks, managers[i].mark));

		if (!file)
			continue;
		doctor_add(exam, called ? POLICY_WELL : POLICY_WRONG,
			   called ? NULL : fill(exam, managers[i].install, name),
			   called ? "called by %s (%s)" : "%s has it called in %s, but git does not call that",
			   managers[i].name, file);
		return true;
	}
	return false;
}

static const char *install(struct exam *exam)
{
	const char *top = git_read(&exam->git, "rev-parse", "--show-toplevel", NULL);

	return git_text(&exam->git, "git policy install --client %s", doctor_quote(exam, top ? top : "."));
}

static void look_at_ours(struct exam *exam, const char *path)
{
	const char *version = doctor_hook_version(exam, path);

	if (version && !strcmp(version, POLICY_VERSION))
		doctor_add(exam, POLICY_WELL, NULL, "is git-policy %s", version);
	else
		doctor_add(exam, POLICY_WRONG, install(exam), "%s is git-policy %s, and this is " POLICY_VERSION, path,
			   version ? version : "of an unknown release");
}

static void look_at_hook(struct exam *exam, const char *name)
{
	const char *path = git_text(&exam->git, "%s/%s", exam->hooks, name), *text = doctor_file(exam, path);

	if (text && access(path, X_OK))
		doctor_add(exam, POLICY_WRONG, git_text(&exam->git, "chmod +x %s", doctor_quote(exam, path)),
			   "%s is not executable: git passes over it", path);
	else if (text && doctor_hook_version(exam, path))
		look_at_ours(exam, path);
	else if (calls_ours(exam, text, name) || is_chain(exam, path, text))
		doctor_add(exam, POLICY_WELL, NULL, "called by %s", path);
	else if (!look_at_managers(exam, text, name))
		doctor_add(exam, POLICY_REMARK, install(exam),
			   "nothing here calls it: what is wrong is told by the server");
}

static void look_at_commit_msg(struct exam *exam)
{
	look_at_hook(exam, "commit-msg");
}

static void look_at_pre_push(struct exam *exam)
{
	look_at_hook(exam, "pre-push");
}

/* What the server has for its policy; NULL when it cannot be asked, which was said, empty where it has none. */
static const char *ask_server(struct exam *exam)
{
	const char *const arguments[] = {"git", "ls-remote", exam->remote, CURRENT, NULL};
	struct outcome outcome = doctor_run(exam, arguments, SERVER_SECONDS);

	if (!outcome.status)
		return git_text(&exam->git, "%.*s", (int)strcspn(outcome.output, "\t\n"), outcome.output);
	doctor_add(exam, POLICY_DOUBT, git_text(&exam->git, "git ls-remote %s", doctor_quote(exam, exam->remote)),
		   outcome.late ? "%s does not answer: %u seconds" : "%s cannot be reached", exam->remote,
		   SERVER_SECONDS);
	return NULL;
}

static const char *fetch(struct exam *exam)
{
	return git_text(&exam->git, "git fetch %s '+refs/policy/*:refs/policy/*'", doctor_quote(exam, exam->remote));
}

static void look_at_current(struct exam *exam)
{
	const char *here = git_read(&exam->git, "rev-parse", "--verify", "--quiet", CURRENT, NULL);
	const char *file = doctor_config(exam, "policy.file", NULL);
	const char *there = exam->remote && !file ? ask_server(exam) : NULL;
	const char *when = here ? git_read(&exam->git, "log", "-1", "--format=%cs", here, NULL) : NULL;

	if (file)
		doctor_add(exam, POLICY_WELL, NULL, "policy.file names one of your own: %s", file);
	else if (!exam->remote)
		doctor_add(exam, POLICY_DOUBT, NULL, "there is nobody to ask which policy is in force");
	else if (there && !*there)
		doctor_add(exam, POLICY_REMARK, "after the first push to it: git policy doctor",
			   "%s has published no policy", exam->remote);
	else if (there && !here)
		doctor_add(exam, POLICY_WRONG, fetch(exam), "%s has a policy, which was not fetched", exam->remote);
	else if (there && strcmp(here, there))
		doctor_add(exam, POLICY_WRONG, fetch(exam), "the policy here is that of %s, and %s has another",
			   when ? when : "some day", exam->remote);
	else if (there)
		doctor_add(exam, POLICY_WELL, NULL, "the policy here is what %s has, of %s", exam->remote,
			   when ? when : "some day");
}

/* What `git fetch` brings along by itself. */
static void look_at_refspecs(struct exam *exam)
{
	const char *key = git_text(&exam->git, "remote.%s.fetch", exam->remote ? exam->remote : "");
	const char *all = exam->remote ? git_read(&exam->git, "config", "--get-all", key, NULL) : "";
	const char *wanted = "+refs/policy/*:refs/policy/*";

	if (exam->remote && (!all || (!strstr(all, "refs/policy/*:") && !strstr(all, "refs/*:"))))
		doctor_add(exam, POLICY_REMARK,
			   git_text(&exam->git, "git config --add %s '%s'", doctor_quote(exam, key), wanted),
			   "git fetch does not bring the policy along");
}

/* The remote whose policy is in force here. */
static void look_at_remote(struct exam *exam)
{
	const char *remote = doctor_config(exam, "policy.remote", NULL);

	remote = remote ? remote : "origin";
	if (doctor_config(exam, git_text(&exam->git, "remote.%s.url", remote), NULL))
		exam->remote = remote;
	else
		doctor_add(exam, POLICY_DOUBT,
			   git_text(&exam->git, "git remote add %s <address>", doctor_quote(exam, remote)),
			   "there is no remote named %s: whose policy is in force?", remote);
}

const struct look doctor_clone[] = {
	{"remote", "is there", look_at_remote},
	{"proof", "", doctor_prove},
	{"commit-msg", "", look_at_commit_msg},
	{"pre-push", "", look_at_pre_push},
	{"published", "", look_at_current},
	{"refspecs", "git fetch brings the policy along", look_at_refspecs},
	{0},
};
