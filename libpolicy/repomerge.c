/* repomerge: proving that a tree is the automatic merge's: by the trees where they alone tell, else by git. */
#include <stdio.h>
#include <string.h>

#include "repogit.h"

static enum proof unknown(struct repo *repo, const struct oid *commit)
{
	repo_unknown_id(repo, "cannot work out a merge of", commit);
	return PROOF_UNKNOWN;
}

/* libgit2's merge of a file is no proof: it lines up repeated lines in other ways than git's, and both may be clean. */
static enum proof prove(struct repo *repo, const struct repo_sides *sides, const struct oid *theirs)
{
	enum repo_likeness likeness;

	if (repo_compare_trees(repo, sides, &likeness))
		return unknown(repo, theirs);
	if (likeness == LIKENESS_OPEN)
		return repo_ask_git(repo, sides, NULL, NULL);
	return likeness == LIKENESS_SAME ? PROOF_SAME : PROOF_DIFFERENT;
}

enum proof repo_is_merge(struct repo *repo, const struct oid *tree, const struct oid *ours, const struct oid *theirs,
			 const struct oid *bases, size_t base_count)
{
	struct repo_sides sides = {.trees[SIDE_RESULT] = *tree};
	struct oid unused;

	if (base_count > 1)
		return repo_ask_git(repo, &sides, ours, theirs);
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
