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
};

struct releases {
	struct arena *arena;
	const struct policy *policy;
	const struct section *section; /**< its pattern is one of pattern_versioned() */
	struct bytes except;	       /**< a full name that is left out; or empty */
	struct release *list;
	size_t count;
	size_t room;
};

/** Adds the tag `ref`, which is at `id`, if it is of the section, at the end of the list; the name is copied. False: it
 * is not. */
bool releases_add(struct releases *releases, struct bytes ref, const struct oid *id);
/** Adds all tags of the section, as they were before the push. YES or UNKNOWN. */
enum answer releases_find(struct releases *releases, struct facts *facts);
/**
 * The highest version below `limit` (NULL: whatever it is) whose commit `tip` contains: YES with the release and that
 * commit; NO when there is none; UNKNOWN. Brings the list into its order.
 */
enum answer releases_before(struct releases *releases, struct facts *facts, const struct oid *tip,
			    const struct version *limit, struct release *ret_release, struct oid *ret_commit);

#endif
