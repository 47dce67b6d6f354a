/* factstouched: whether anything has happened to the repository yet, and whether what tells of it is still there. */
#include <errno.h>
#include <sys/stat.h>

#include "account.h"
#include "arena.h"
#include "factsbase.h"
#include "gather.h"

static bool find_ref(void *context, struct bytes ref, const struct oid *id)
{
	(void)id;
	*(bool *)context = !refname_reserved(ref);
	return !*(bool *)context;
}

enum answer facts_untouched(struct facts *facts)
{
	const struct bytes *told;
	const char *problem;
	struct bytes where = facts_cloned(facts) ? BYTES("refs/heads/") : (struct bytes){0}; /* tags may be here only */
	bool found = false;
	size_t count;

	if (facts_list(facts, where, find_ref, &found) != ANSWER_YES)
		return ANSWER_UNKNOWN;
	if (found || facts_cloned(facts))
		return found ? ANSWER_NO : ANSWER_YES;
	if (account_refs(facts->arena, repo_git_dir(facts->repo), &told, &count, &problem) != ANSWER_YES)
		return facts_unknown(facts, problem);
	for (size_t i = 0; i < count && !found; i++)
		find_ref(&found, told[i], NULL);
	return found ? ANSWER_NO : ANSWER_YES;
}

/* The installer writes the baseline before the account's first line, and a hook after both. */
enum answer facts_intact(struct facts *facts)
{
	struct bytes path = bytes_printf(facts->arena, "%.*s/policy/baseline", BYTES_ARG(repo_git_dir(facts->repo)));
	struct bytes repository;
	struct stat status;
	int64_t since;

	if (facts_cloned(facts))
		return ANSWER_YES;
	switch (account_installed(facts->arena, repo_git_dir(facts->repo), &since, &repository)) {
	case ANSWER_YES:
		return ANSWER_YES;
	case ANSWER_UNKNOWN:
		return facts_unknown(facts, ACCOUNT_UNINSTALLED);
	case ANSWER_NO:
		break;
	}
	if (lstat(path.data, &status) && (errno == ENOENT || errno == ENOTDIR))
		return ANSWER_YES;
	return facts_unknown(facts, "policy/account/installed has gone: the admin restores policy/account from a "
				    "backup, or runs install/install to begin another");
}
