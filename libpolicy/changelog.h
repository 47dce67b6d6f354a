/* changelog: what commits say they change: what a version has to follow from, and release notes are made of. */
#ifndef POLICY_CHANGELOG_H
#define POLICY_CHANGELOG_H

#include "facts.h"
#include "message.h"
#include "version.h"

/** A commit and what it says. */
struct changelog_entry {
	struct oid id;
	struct message message;
	bool merge;  /**< it has several parents: what it brings in is told by the commits themselves */
	bool undoes; /**< it reverts one of the others, proved */
	bool undone; /**< one that stands reverts it */
};

struct changelog {
	struct changelog_entry *list; /**< newest first */
	size_t count;
};

/** The commits that `tip` reaches and `since` (NULL: nothing) does not. YES (arena), or UNKNOWN. */
enum answer changelog_since(struct arena *arena, struct facts *facts, const struct oid *tip, const struct oid *since,
			    struct changelog *ret_changelog);
/** What a commit asks of the next version: a patch at least. */
enum bump changelog_bump(const struct changelog_entry *entry);

#endif
