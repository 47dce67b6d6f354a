/* runplaces: whether what a policy names on this machine is there: the programs of triggers, the file of the audit. */
#include "run.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "arena.h"
#include "quote.h"

static struct finding *warn(struct policy_run *run, const struct setting *setting, struct bytes path, const char *what)
{
	struct finding *finding =
		findings_add(&run->findings, "policy", SEVERITY_WARN, "%.*s %s", BYTES_ARG(path), what);

	finding->origin = setting->clauses[0].origin;
	return finding;
}

static const char *type_problem(mode_t mode)
{
	return S_ISREG(mode)   ? NULL
	       : S_ISDIR(mode) ? "is a folder"
	       : S_ISLNK(mode) ? "is a symbolic link"
			       : "is no regular file";
}

static bool may(const char *path, int mode)
{
	return !faccessat(AT_FDCWD, path, mode, AT_EACCESS);
}

static void look_at_program(struct policy_run *run, const struct setting *setting)
{
	struct bytes path = bytes_copy(run->arena, setting->clauses[0].text);
	struct stat status;
	const char *problem;

	if (stat(path.data, &status)) {
		problem = bytes_printf(run->arena, "cannot be started: %s", strerror(errno)).data;
		finding_fix(&run->findings, warn(run, setting, path, problem), "write it, and chmod +x %s",
			    quote_word(run->arena, path));
	} else if ((problem = type_problem(status.st_mode))) {
		finding_fix(&run->findings, warn(run, setting, path, problem), "name the program to start");
	} else if (!may(path.data, X_OK)) {
		finding_fix(&run->findings, warn(run, setting, path, "may not be executed"), "chmod +x %s",
			    quote_word(run->arena, path));
	}
}

static struct bytes folder_of(struct arena *arena, struct bytes path)
{
	size_t len = path.len;

	while (len > 1 && path.data[len - 1] != '/')
		len--;
	return bytes_printf(arena, "%.*s", (int)(len > 1 ? len - 1 : len), path.data);
}

/* Whose the repository is, who runs its hooks, by number: names are not needed to give it something. */
static unsigned owner_of(const struct policy_run *run)
{
	struct stat status;

	return stat(repo_git_dir(run->repo).data, &status) ? (unsigned)geteuid() : (unsigned)status.st_uid;
}

void run_audit_fix(struct policy_run *run, struct finding *finding, const char *file)
{
	struct bytes path = bytes_of(file), folder = folder_of(run->arena, path);
	unsigned owner = owner_of(run);
	struct stat status;

	if (stat(folder.data, &status))
		finding_fix(&run->findings, finding, "on the server: mkdir -p %s && chown %u %s",
			    quote_word(run->arena, folder), owner, quote_word(run->arena, folder));
	else if (lstat(file, &status) ? !may(folder.data, W_OK | X_OK) : !may(file, R_OK | W_OK))
		finding_fix(&run->findings, finding, "on the server: chown %u %s", owner,
			    quote_word(run->arena, lstat(file, &status) ? folder : path));
	else
		finding_fix(&run->findings, finding, "on the server: see to %s", file);
}

static void look_at_audit(struct policy_run *run, const struct policy *policy)
{
	struct policy_audit place = run_audit_place(run, policy->audit);
	const struct setting *setting = section_setting(policy->audit, "file");
	struct bytes folder;
	struct stat status;
	const char *problem = NULL;

	if (!place.file)
		return;
	folder = folder_of(run->arena, bytes_of(place.file));
	if (stat(folder.data, &status))
		problem = "cannot be written: its folder is not there";
	else if (lstat(place.file, &status))
		problem = may(folder.data, W_OK | X_OK) ? NULL : "cannot be made: its folder may not be written";
	else if (!(problem = type_problem(status.st_mode)) && !may(place.file, R_OK | W_OK))
		problem = "may not be written";
	if (problem)
		run_audit_fix(run, warn(run, setting, bytes_of(place.file), problem), place.file);
}

void run_places(struct policy_run *run, const struct policy *policy)
{
	for (size_t i = 0; i < policy->trigger_count; i++)
		look_at_program(run, section_setting(policy->trigger_list[i], "run"));
	if (policy->audit)
		look_at_audit(run, policy);
}
