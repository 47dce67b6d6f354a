/* reporetire: deleting a ref, by git itself: libgit2 does so without the lock on packed-refs, and a repository that is
 * being packed meanwhile gets the ref back. */
#include "repowrite.h"

#include <stdio.h>

#include "arena.h"
#include "process.h"
#include "repogit.h"

/* How long refs are being packed at most. */
#define PACKING_MILLISECONDS "5000"
#define SECONDS_MAX 20u
#define ANSWER_MAX ((size_t)4096)

static struct process_end run_git(struct repo *repo, struct bytes ref, const struct oid *old)
{
	const char *git_dir = bytes_printf(repo->memory, "GIT_DIR=%.*s", BYTES_ARG(repo->git_dir)).data;
	const struct oid_hex hex = oid_hex(old);
	const char *const arguments[] = {POLICY_GIT,
					 "-c",
					 "core.packedRefsTimeout=" PACKING_MILLISECONDS,
					 "update-ref",
					 "--no-deref",
					 "-d",
					 bytes_copy(repo->memory, ref).data,
					 hex.text,
					 NULL};
	const char *const environment[] = {git_dir,
					   "GIT_CONFIG_NOSYSTEM=1",
					   "GIT_CONFIG_GLOBAL=/dev/null",
					   "HOME=/nonexistent",
					   "LC_ALL=C",
					   "PATH=/usr/bin:/bin",
					   NULL};
	struct process process = {
		.arguments = arguments, .environment = environment, .seconds = SECONDS_MAX, .output_max = ANSWER_MAX};

	return process_run(repo->memory, &process);
}

/* git says no in the same way whatever the reason: that another run was quicker is a good one. */
static enum answer why_not(struct repo *repo, struct bytes ref, const struct oid *old, const char *problem)
{
	struct oid now;
	enum answer answer = repo_ref(repo, ref, &now);

	if (answer == ANSWER_UNKNOWN)
		return answer;
	if (answer == ANSWER_NO || !oid_equal(&now, old))
		return ANSWER_NO;
	snprintf(repo->problem, sizeof(repo->problem), "cannot delete %.*s: %s", BYTES_ARG(ref), problem);
	return ANSWER_UNKNOWN;
}

enum answer repo_retire(struct repo *repo, struct bytes ref, const struct oid *old)
{
	struct process_end end = run_git(repo, ref, old);
	enum answer answer = ANSWER_YES;

	if (!end.exited || end.status)
		answer = why_not(repo, ref, old, end.exited ? POLICY_GIT " update-ref failed" : end.problem);
	arena_reset(repo->memory);
	return answer;
}
