/* reporevert: proving a revert by doing it again: a merge whose base is the reverted commit, and its parent one side.
 */
#include "repogit.h"

#define MAINLINES_MAX 16u

/* Whether the result is what undoing the change between the parent (theirs) and the reverted commit (base) makes. */
static enum answer undoes(struct repo *repo, const struct repo_sides *roots, const struct oid *reverted)
{
	enum repo_likeness likeness;

	if (repo_compare_trees(repo, roots, &likeness))
		return repo_unknown_id(repo, "cannot work out the revert of", reverted);
	if (likeness != LIKENESS_OPEN)
		return likeness == LIKENESS_SAME ? ANSWER_YES : ANSWER_NO;
	enum proof proof = repo_ask_git(repo, roots, NULL, NULL);

	if (proof == PROOF_UNKNOWN)
		return ANSWER_UNKNOWN;
	return proof == PROOF_SAME ? ANSWER_YES : ANSWER_NO;
}

/* The same against the parent number `nth`; *ret_more tells whether there is that one. A root's is the empty tree. */
static enum answer reverts(struct repo *repo, const struct oid *reverted, size_t nth, struct repo_sides *roots,
			   bool *ret_more)
{
	struct oid parent, unused;
	enum answer answer = repo_commit_tree(repo, reverted, nth, &roots->trees[SIDE_BASE], &parent);

	*ret_more = !nth || !oid_is_zero(&parent);
	if (answer == ANSWER_YES && !oid_is_zero(&parent))
		answer = repo_commit_tree(repo, &parent, 0, &roots->trees[SIDE_THEIRS], &unused);
	if (answer != ANSWER_YES || !*ret_more)
		return answer == ANSWER_UNKNOWN ? answer : ANSWER_NO;
	return undoes(repo, roots, reverted);
}

enum answer repo_is_revert(struct repo *repo, const struct oid *tree, const struct oid *reverted,
			   const struct oid *onto)
{
	struct repo_sides roots = {.trees[SIDE_RESULT] = *tree};
	struct oid unused;
	bool more = true;
	enum answer answer = repo_commit_tree(repo, onto, 0, &roots.trees[SIDE_OURS], &unused);

	if (answer != ANSWER_YES || oid_equal(tree, &roots.trees[SIDE_OURS]))
		return answer == ANSWER_YES ? ANSWER_NO : answer;
	answer = ANSWER_NO;
	for (size_t nth = 0; answer == ANSWER_NO && more && nth < MAINLINES_MAX; nth++)
		answer = reverts(repo, reverted, nth, &roots, &more);
	return answer;
}
