/* doctorsettings: what git is configured to do, in whatever file that is said. */
#include "doctor.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* What the installer sets. */
static const struct {
	const char *key, *value;
	bool boolean;
	const char *otherwise;
} wanted[] = {
	{"core.logAllRefUpdates", "always", false, "moves of refs are forgotten"},
	{"gc.reflogExpire", "never", false, "moves of refs are forgotten"},
	{"gc.reflogExpireUnreachable", "never", false, "moves of refs are forgotten"},
	{"receive.fsckObjects", "true", true, "malformed objects get in"},
	{"receive.shallowUpdate", "false", true, "cut-off history gets in"},
	{"receive.advertisePushOptions", "true", true, "git push -o policy.format=json does not work"},
};

#define WANTED (sizeof(wanted) / sizeof(*wanted))

static const char *value_of(struct exam *exam, size_t i)
{
	return wanted[i].boolean ? git_read(&exam->git, "config", "--type=bool", "--get", wanted[i].key, NULL)
				 : git_read(&exam->git, "config", "--get", wanted[i].key, NULL);
}

static void look_at_setting(struct exam *exam, size_t i)
{
	const char *value = value_of(exam, i), *origin = "";
	const char *fix = git_text(&exam->git, "git -C %s config --replace-all %s %s", exam->place, wanted[i].key,
				   wanted[i].value);

	if (value && !strcasecmp(value, wanted[i].value))
		return;
	doctor_config(exam, wanted[i].key, &origin);
	if (value)
		doctor_add(exam, POLICY_WRONG, fix, "%s is %s (%s): %s", wanted[i].key, value, origin,
			   wanted[i].otherwise);
	else
		doctor_add(exam, POLICY_WRONG, fix, "%s is not set: %s", wanted[i].key, wanted[i].otherwise);
}

/* gc.<pattern>.reflogExpire is heard before gc.reflogExpire, wherever it stands. */
static void look_at_patterns(struct exam *exam)
{
	const char *found = git_read(&exam->git, "config", "--show-origin", "--name-only", "--get-regexp",
				     "^gc\\..*\\.reflogexpire(unreachable)?$", NULL);

	for (const char *line; found && (line = doctor_line(exam, &found));) {
		const char *key = strchr(line, '\t'), *file = line;

		if (!key || strncmp(file, "file:", strlen("file:")))
			continue;
		file = git_text(&exam->git, "%.*s", (int)(key - line) - (int)strlen("file:"), line + strlen("file:"));
		doctor_add(exam, POLICY_WRONG,
			   git_text(&exam->git, "git -C %s config --file %s --unset-all %s", exam->place,
				    doctor_quote(exam, file), doctor_quote(exam, key + 1)),
			   "%s (%s) has reflogs forgotten that gc.reflogExpire would keep", key + 1, file);
	}
}

void doctor_settings(struct exam *exam)
{
	for (size_t i = 0; i < WANTED; i++)
		look_at_setting(exam, i);
	look_at_patterns(exam);
}

static bool is_below(const char *ref, const char *folder)
{
	size_t len = strlen(folder);

	while (len && folder[len - 1] == '/')
		len--;
	return !strncmp(ref, folder, len) && (!ref[len] || ref[len] == '/');
}

/* What clients fetch, and what they push, as a pattern of git's hides it. */
static bool hides(const char *pattern)
{
	static const char *const needed[] = {"refs/policy", "refs/approvals", "refs/checks",
					     "refs/grants", "refs/deploy",    "refs/heads"};

	pattern += *pattern == '^';
	for (size_t i = 0; *pattern != '!' && i < sizeof(needed) / sizeof(*needed); i++)
		if (is_below(needed[i], pattern) || is_below(pattern, needed[i]))
			return true;
	return false;
}

static void look_at_hiding(struct exam *exam, const char *key)
{
	const char *found = git_read(&exam->git, "config", "--get-all", key, NULL);

	for (const char *pattern; found && (pattern = doctor_line(exam, &found));)
		if (hides(pattern))
			doctor_add(exam, POLICY_REMARK,
				   git_text(&exam->git, "git -C %s config --unset-all --fixed-value %s %s", exam->place,
					    key, doctor_quote(exam, pattern)),
				   "%s = %s: clients neither see nor push what is there, and may need it", key,
				   pattern);
}

void doctor_hidden(struct exam *exam)
{
	look_at_hiding(exam, "transfer.hideRefs");
	look_at_hiding(exam, "receive.hideRefs");
	look_at_hiding(exam, "uploadpack.hideRefs");
}

void doctor_work_tree(struct exam *exam)
{
	const char *bare = git_read(&exam->git, "rev-parse", "--is-bare-repository", NULL);
	const char *current = git_read(&exam->git, "config", "--get", "receive.denyCurrentBranch", NULL);

	if (bare && !strcmp(bare, "true"))
		return;
	const char *fix =
		git_text(&exam->git, "git -C %s config --replace-all receive.denyCurrentBranch refuse", exam->place);

	if (current &&
	    (!strcasecmp(current, "ignore") || !strcasecmp(current, "warn") || !strcasecmp(current, "false")))
		doctor_add(exam, POLICY_WRONG, fix,
			   "it has a work tree, and receive.denyCurrentBranch is %s: the branch moves, its files stay",
			   current);
	else if (current && !strcasecmp(current, "updateInstead"))
		doctor_add(exam, POLICY_REMARK, fix,
			   "it has a work tree, which follows what is pushed: who works in it commits unjudged");
	else
		doctor_add(exam, POLICY_REMARK,
			   git_text(&exam->git, "git clone --bare %s <place>.git, and serve that", exam->place),
			   "it has a work tree: who works in it commits unjudged");
}
