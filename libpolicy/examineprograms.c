/* examineprograms: the programs and libraries that judging needs: there, and new enough. */
#include "examine.h"

#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

#include "arena.h"
#include "process.h"
#include "regex.h"
#include "signers.h"

#define GIT_MAJOR 2 /* the first with git merge-tree --write-tree */
#define GIT_MINOR 38
#define ANSWER_SECONDS 10u
#define ANSWER_MAX ((size_t)4096)

static void need(struct policy_run *run, const char *path, const char *what)
{
	struct finding *finding;

	if (!access(path, X_OK))
		return;
	finding = findings_add(&run->findings, run->name, SEVERITY_ENFORCE, "%s cannot be run: %s", path, what);
	finding_fix(&run->findings, finding, "install it there, or build with its path (meson_options.txt)");
}

/* "2.39.5", or empty. */
static struct bytes git_version(struct policy_run *run)
{
	static const char *const arguments[] = {POLICY_GIT, "version", NULL};
	static const char *const environment[] = {"LC_ALL=C", "PATH=/usr/bin:/bin", NULL};
	const struct process process = {
		.arguments = arguments,
		.environment = environment,
		.seconds = ANSWER_SECONDS,
		.output_max = ANSWER_MAX,
	};
	struct process_end end = process_run(run->arena, &process);
	struct bytes word = BYTES("git version "), rest = end.output;

	if (!end.exited || end.status || !bytes_starts(rest, word))
		return (struct bytes){0};
	return bytes_trim(bytes_first(bytes_from(rest, word.len), bytes_index(bytes_from(rest, word.len), '\n')));
}

static void look_at_git(struct policy_run *run)
{
	struct bytes version = git_version(run);
	int major = 0, minor = 0;
	struct finding *finding;

	if (!version.len) {
		need(run, POLICY_GIT, "merges cannot be worked out");
		return;
	}
	if (sscanf(bytes_copy(run->arena, version).data, "%d.%d", &major, &minor) == 2 &&
	    (major > GIT_MAJOR || (major == GIT_MAJOR && minor >= GIT_MINOR))) {
		findings_add(&run->findings, run->name, SEVERITY_NOTE, "git %.*s, libgit2 %s, pcre2 %s",
			     BYTES_ARG(version), repo_library(run->arena), regex_library(run->arena));
		return;
	}
	finding = findings_add(&run->findings, run->name, SEVERITY_ENFORCE,
			       POLICY_GIT " is %.*s: some merges cannot be worked out", BYTES_ARG(version));
	finding_fix(&run->findings, finding, "install git %d.%d or later", GIT_MAJOR, GIT_MINOR);
}

void examine_programs(struct policy_run *run)
{
	const struct setting *setting = section_setting(run->layers.identity, "signers");
	const struct signers *signers = setting ? setting->parsed : NULL;

	look_at_git(run);
	if (signers && signers->allowed.len)
		need(run, POLICY_SSH_KEYGEN, "no ssh signature can be verified");
	if (signers && signers->keyring_count)
		need(run, POLICY_GPGV, "no OpenPGP signature can be verified");
}
