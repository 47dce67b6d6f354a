/* exempt: merges and reverts, told by what they do and not by what they say (design 4.10). */
#include "arena.h"
#include "factsbase.h"

static enum answer unknown(struct facts *facts, enum exemption *ret_exemption)
{
	*ret_exemption = EXEMPT_NOT;
	return facts_unknown(facts, history_problem(facts->history));
}

/* A later parent that the first one reaches brings nothing in: it only makes the commit look like a merge. */
static enum answer exempt_merge(struct facts *facts, const struct commit *commit, enum exemption *ret_exemption)
{
	for (size_t i = 1; i < commit->parent_count; i++) {
		switch (history_descends(facts->history, &commit->parents[0], &commit->parents[i])) {
		case ANSWER_UNKNOWN:
			return unknown(facts, ret_exemption);
		case ANSWER_YES:
			return ANSWER_YES;
		case ANSWER_NO:
			break;
		}
	}
	*ret_exemption = EXEMPT_MERGE;
	return ANSWER_YES;
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

static enum answer exempt_revert(struct facts *facts, const struct commit *commit, enum exemption *ret_exemption)
{
	struct oid reverted;

	if (commit->parent_count != 1 || !reverted_of(commit->message, &reverted))
		return ANSWER_YES;
	enum answer answer = is_behind(facts, &commit->parents[0], &reverted);

	if (answer == ANSWER_YES) {
		answer = repo_is_revert(facts->repo, &commit->tree, &reverted, &commit->parents[0]);
		if (answer == ANSWER_UNKNOWN)
			facts_unknown(facts, repo_problem(facts->repo));
	}
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
	if (!facts->on_client && commit->parent_count > 1)
		return exempt_merge(facts, commit, ret_exemption);
	if (!facts->on_client)
		return exempt_revert(facts, commit, ret_exemption);
	if (facts->merging)
		*ret_exemption = EXEMPT_MERGE;
	else if (facts->reverting)
		*ret_exemption = EXEMPT_REVERT;
	else if (looks_generated(commit->message))
		*ret_exemption = EXEMPT_LIKELY;
	return ANSWER_YES;
}
