/* exempt: merges and reverts, told by what they do and not by what they say (design 4.10). */
#include "arena.h"
#include "factsbase.h"

/* NO when some later parent is one that the first reaches: it brings nothing in and only makes this look a merge. */
static enum answer brings_in(struct facts *facts, const struct commit *commit)
{
	enum answer answer = ANSWER_NO;

	for (size_t i = 1; i < commit->parent_count && answer == ANSWER_NO; i++)
		answer = facts_descends(facts, &commit->parents[0], &commit->parents[i]);
	if (answer == ANSWER_UNKNOWN)
		return answer;
	return answer == ANSWER_YES ? ANSWER_NO : ANSWER_YES;
}

static enum answer has_tree_of(struct facts *facts, const struct commit *commit, const struct oid *other)
{
	struct oid tree, unused;
	enum answer answer = repo_commit_tree(facts->repo, other, 0, &tree, &unused);

	if (answer != ANSWER_YES)
		return facts_unknown(facts, repo_problem(facts->repo));
	return oid_equal(&tree, &commit->tree) ? ANSWER_YES : ANSWER_NO;
}

/*
 * Where a later parent reaches the first there was nothing to merge: git merge --no-ff leaves the tree of that parent,
 * and with any other this is a change like those of other commits.
 */
static enum answer joins(struct facts *facts, const struct commit *commit)
{
	enum answer joins = ANSWER_YES;

	for (size_t i = 1; i < commit->parent_count; i++) {
		enum answer answer = facts_descends(facts, &commit->parents[i], &commit->parents[0]);

		if (answer == ANSWER_NO)
			continue;
		if (answer == ANSWER_YES)
			answer = has_tree_of(facts, commit, &commit->parents[i]);
		if (answer != ANSWER_NO)
			return answer;
		joins = ANSWER_NO;
	}
	return joins;
}

static enum answer exempt_merge(struct facts *facts, const struct commit *commit, enum exemption *ret_exemption)
{
	enum answer answer = brings_in(facts, commit);

	if (answer == ANSWER_YES)
		answer = joins(facts, commit);
	if (answer == ANSWER_YES)
		*ret_exemption = EXEMPT_MERGE;
	return answer == ANSWER_UNKNOWN ? answer : ANSWER_YES;
}

/* The commit that git's own sentence names: "This reverts commit <id>", ended by the line, "." or ", reversing". */
static bool reverted_of(struct bytes message, struct oid *ret_reverted)
{
	struct bytes says = BYTES("This reverts commit "), line;

	while (bytes_line(&message, &line)) {
		if (!bytes_starts(line, says))
			continue;
		struct bytes after = bytes_trim(bytes_from(line, says.len + OID_HEX));
		bool ended = !after.len || after.data[0] == '.' || after.data[0] == ',';

		if (ended && oid_parse(bytes_first(bytes_from(line, says.len), OID_HEX), ret_reverted))
			return true;
	}
	return false;
}

/* YES when the commit named is one that this repository has, on the history of the commit's parent. */
static enum answer is_behind(struct facts *facts, const struct oid *parent, const struct oid *reverted)
{
	enum object_type type;
	size_t size;
	enum answer answer = repo_header(facts->repo, reverted, &type, &size);

	if (answer == ANSWER_UNKNOWN)
		return facts_unknown(facts, repo_problem(facts->repo));
	if (answer == ANSWER_NO || type != OBJECT_COMMIT)
		return ANSWER_NO;
	return facts_descends(facts, parent, reverted);
}

enum answer facts_reverts(struct facts *facts, const struct commit *commit, struct oid *ret_reverted)
{
	if (commit->parent_count != 1 || !reverted_of(commit->message, ret_reverted))
		return ANSWER_NO;
	enum answer answer = is_behind(facts, &commit->parents[0], ret_reverted);

	if (answer != ANSWER_YES)
		return answer;
	answer = repo_is_revert(facts->repo, &commit->tree, ret_reverted, &commit->parents[0]);
	return answer == ANSWER_UNKNOWN ? facts_unknown(facts, repo_problem(facts->repo)) : answer;
}

static enum answer exempt_revert(struct facts *facts, const struct commit *commit, enum exemption *ret_exemption)
{
	struct oid reverted;
	enum answer answer = facts_reverts(facts, commit, &reverted);

	if (answer == ANSWER_YES)
		*ret_exemption = EXEMPT_REVERT;
	return answer == ANSWER_UNKNOWN ? answer : ANSWER_YES;
}

/* What git itself would have written: git-fmt-merge-msg(1), git-revert(1). */
static bool looks_generated(struct bytes message)
{
	static const char *const merges[] = {"Merge branch '",
					     "Merge branches '",
					     "Merge tag '",
					     "Merge tags '",
					     "Merge commit '",
					     "Merge commits '",
					     "Merge remote-tracking branch '",
					     "Merge remote-tracking branches '"};
	struct oid unused;

	for (size_t i = 0; i < sizeof(merges) / sizeof(*merges); i++)
		if (bytes_starts(message, bytes_of(merges[i])))
			return true;
	return (bytes_starts(message, BYTES("Revert \"")) || bytes_starts(message, BYTES("Reapply \""))) &&
	       reverted_of(message, &unused);
}

enum answer facts_exempt(struct facts *facts, const struct commit *commit, enum exemption *ret_exemption)
{
	*ret_exemption = EXEMPT_NOT;
	if (!facts->making && commit->parent_count > 1)
		return exempt_merge(facts, commit, ret_exemption);
	if (!facts->making)
		return exempt_revert(facts, commit, ret_exemption);
	if (facts->merging)
		*ret_exemption = EXEMPT_MERGE;
	else if (facts->reverting)
		*ret_exemption = EXEMPT_REVERT;
	else if (looks_generated(commit->message))
		*ret_exemption = EXEMPT_LIKELY;
	return ANSWER_YES;
}
