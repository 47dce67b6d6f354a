/* repomerge: proving that a tree is the automatic merge's: by the trees alone, by libgit2, by git, the cheapest first.
 */
#include <stdio.h>
#include <string.h>

#include "repogit.h"

static enum proof unknown(struct repo *repo, const struct oid *commit)
{
	repo_unknown_id(repo, "cannot work out a merge of", commit);
	return PROOF_UNKNOWN;
}

/*
 * What libgit2 merges to the same tree is the same: where both find a merge clean, it and git agree. What it merges to
 * another, or not at all, git has to confirm.
 */
static enum proof prove_by_merging(struct repo *repo, const struct repo_sides *sides, const struct oid *ours,
				   const struct oid *theirs)
{
	git_oid result;
	int code = ours ? repo_merge_commits(repo, ours, theirs, &result) : repo_merge_trees(repo, sides, &result);

	if (!code && !memcmp(result.id, sides->trees[SIDE_RESULT].id, sizeof(result.id)))
		return PROOF_SAME;
	return repo_ask_git(repo, sides, ours, theirs);
}

static enum proof prove(struct repo *repo, const struct repo_sides *sides, const struct oid *theirs)
{
	enum repo_likeness likeness;

	if (repo_compare_trees(repo, sides, &likeness))
		return unknown(repo, theirs);
	switch (likeness) {
	case LIKENESS_SAME:
		return PROOF_SAME;
	case LIKENESS_DIFFERENT:
		return PROOF_DIFFERENT;
	case LIKENESS_MERGE:
		return prove_by_merging(repo, sides, NULL, NULL);
	case LIKENESS_MOVED:
		break;
	}
	return repo_ask_git(repo, sides, NULL, NULL);
}

enum proof repo_is_merge(struct repo *repo, const struct oid *tree, const struct oid *ours, const struct oid *theirs,
			 const struct oid *bases, size_t base_count)
{
	struct repo_sides sides = {.trees[SIDE_RESULT] = *tree};
	struct oid unused;

	if (base_count > 1)
		return prove_by_merging(repo, &sides, ours, theirs);
	if (repo_commit_tree(repo, ours, 0, &sides.trees[SIDE_OURS], &unused) != ANSWER_YES ||
	    repo_commit_tree(repo, theirs, 0, &sides.trees[SIDE_THEIRS], &unused) != ANSWER_YES ||
	    (base_count && repo_commit_tree(repo, bases, 0, &sides.trees[SIDE_BASE], &unused) != ANSWER_YES))
		return PROOF_UNKNOWN;
	return prove(repo, &sides, theirs);
}

enum proof repo_is_applied(struct repo *repo, const struct oid *tree, const struct oid *commit, const struct oid *onto)
{
	struct repo_sides sides = {.trees[SIDE_RESULT] = *tree};
	struct oid parent, second, unused;

	if (repo_commit_tree(repo, commit, 1, &sides.trees[SIDE_THEIRS], &second) != ANSWER_YES ||
	    repo_commit_tree(repo, commit, 0, &sides.trees[SIDE_THEIRS], &parent) != ANSWER_YES ||
	    repo_commit_tree(repo, onto, 0, &sides.trees[SIDE_OURS], &unused) != ANSWER_YES)
		return PROOF_UNKNOWN;
	if (!oid_is_zero(&second)) {
		snprintf(repo->problem, sizeof(repo->problem), "%s is a merge: which parent to apply it from?",
			 oid_hex(commit).text);
		return PROOF_UNKNOWN;
	}
	if (!oid_is_zero(&parent) && repo_commit_tree(repo, &parent, 0, &sides.trees[SIDE_BASE], &unused) != ANSWER_YES)
		return PROOF_UNKNOWN;
	return prove(repo, &sides, commit);
}
