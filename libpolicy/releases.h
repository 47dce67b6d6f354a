/* releases: the tags of a section that name versions, and the one that a commit comes after. */
#ifndef POLICY_RELEASES_H
#define POLICY_RELEASES_H

#include "facts.h"
#include "version.h"

/** A tag that names a version. */
struct release {
	struct bytes ref; /**< full name */
	struct oid id;	  /**< of the tag object or the commit */
	struct version version;
	bool pushed;		    /**< it comes with the push */
	const struct release *next; /**< the next lower one at its commit, where that was asked for; or NULL */
};

struct releases {
	struct arena *arena;
	const struct policy *policy;
	const struct section *section; /**< its pattern is one of pattern_versioned() */
	struct release *list;	       /**< the highest first */
	size_t count;
	size_t room;
	size_t pushed;	     /**< so many of them come with the push */
	struct marks *marks; /**< their values are places in the list, from 1 on; NULL: not needed yet */
};

/** Lists all tags of the section, as they were before the push, and with `push` (may be NULL) those that come with it.
 * YES or UNKNOWN. */
enum answer releases_find(struct releases *releases, struct facts *facts, const struct push *push);
/**
 * The highest version below `limit` (NULL: whatever it is) whose commit `tip` contains: YES with the release and that
 * commit; NO when there is none; UNKNOWN.
 */
enum answer releases_before(const struct releases *releases, struct facts *facts, const struct oid *tip,
			    const struct version *limit, struct release *ret_release, struct oid *ret_commit);
/**
 * The same for the tag `ref` of `version`, which is pushed to `tip`: of those that come with it to the same commit, the
 * higher ones come after it. All tags of a push together cost about as much as one look at the history.
 */
enum answer releases_last(struct releases *releases, struct facts *facts, const struct oid *tip, struct bytes ref,
			  const struct version *version, struct release *ret_release, struct oid *ret_commit);

#endif
