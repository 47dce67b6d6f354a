/* keptsecret: what a commit keeps at its place, and what it moves to another, is not its own. */
#include "keptsecret.h"

#include "arena.h"
#include "secretscan.h"
#include "tree.h"

/* What is looked at for one commit. */
#define REMOVED_MAX ((size_t)1000)
#define BYTES_MAX ((size_t)1 << 20)

static bool has_content(unsigned mode)
{
	return (mode & TREE_KIND) == TREE_FILE || (mode & TREE_KIND) == TREE_LINK;
}

static enum answer blob_holds(const struct kept *kept, const struct oid *id, struct bytes secret)
{
	struct bytes content;

	if (facts_blob(kept->c->facts, id, &content) != ANSWER_YES)
		return ANSWER_UNKNOWN;
	return secretscan_holds(kept->c->policy->secrets, content, secret) ? ANSWER_YES : ANSWER_NO;
}

/* Whether that parent has it at the path; *ret_path, whether it has the path. */
static enum answer parent_has(const struct kept *kept, const struct oid *parent, struct bytes path, struct bytes secret,
			      bool *ret_path)
{
	unsigned mode;
	struct oid id;
	enum answer answer = facts_entry(kept->c->facts, parent, path, &mode, &id);

	*ret_path |= answer == ANSWER_YES;
	if (answer != ANSWER_YES || !secret.len)
		return answer;
	return has_content(mode) ? blob_holds(kept, &id, secret) : ANSWER_NO;
}

/* Adds what that parent has at the path, if the commit has nothing there. */
static bool list_path(struct kept *kept, const struct oid *parent, struct bytes path)
{
	struct facts *facts = kept->c->facts;
	unsigned mode;
	struct oid id;
	enum answer now = facts_entry(facts, &kept->c->commit->id, path, &mode, &id);
	enum answer before = now == ANSWER_NO ? facts_entry(facts, parent, path, &mode, &id) : now;

	if (now == ANSWER_NO && before == ANSWER_YES && has_content(mode)) {
		kept->removed = arena_grow(kept->arena, kept->removed, &kept->room, kept->removed_count + 1,
					   sizeof(*kept->removed));
		kept->removed[kept->removed_count++] = id;
	}
	return before != ANSWER_UNKNOWN;
}

static bool list_removed(struct kept *kept)
{
	const struct commit *commit = kept->c->commit;
	const struct bytes *paths;
	size_t count;

	for (size_t i = 0; !kept->listed && i < commit->parent_count; i++) {
		if (facts_changed(kept->c->facts, &commit->parents[i], &commit->id, &paths, &count) != ANSWER_YES)
			return false;
		for (size_t k = 0; k < count && kept->removed_count < REMOVED_MAX; k++)
			if (!list_path(kept, &commit->parents[i], paths[k]))
				return false;
	}
	kept->listed = true;
	return true;
}

/* Whether the file was renamed, the secret with it: the same content is found without reading any. */
static enum answer was_renamed(struct kept *kept, const struct oid *blob, struct bytes secret)
{
	enum answer answer = ANSWER_NO;
	size_t size;

	if (!list_removed(kept))
		return ANSWER_UNKNOWN;
	for (size_t i = 0; i < kept->removed_count; i++)
		if (oid_equal(&kept->removed[i], blob))
			return ANSWER_YES;
	for (size_t i = 0; answer == ANSWER_NO && i < kept->removed_count && kept->reads < REMOVED_MAX; i++) {
		if (facts_size(kept->c->facts, &kept->removed[i], &size) != ANSWER_YES)
			return ANSWER_UNKNOWN;
		if (size > BYTES_MAX)
			continue;
		kept->reads++;
		answer = blob_holds(kept, &kept->removed[i], secret);
	}
	return answer;
}

enum answer kept_secret(struct kept *kept, const struct added *added, struct bytes secret)
{
	const struct commit *commit = kept->c->commit;
	enum answer answer = ANSWER_NO;
	bool path = false;

	for (size_t i = 0; answer == ANSWER_NO && i < commit->parent_count; i++)
		answer = parent_has(kept, &commit->parents[i], added->path, secret, &path);
	if (answer != ANSWER_NO || path || !secret.len)
		return answer;
	return was_renamed(kept, &added->id, secret);
}
