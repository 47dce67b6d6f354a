/* version: semantic versions X.Y.Z, of any size, and which one follows which. */
#ifndef POLICY_VERSION_H
#define POLICY_VERSION_H

#include "bytes.h"

/** Three decimal numbers without leading zeros, borrowed. */
struct version {
	struct bytes major, minor, patch;
};

/** How much a version changes; a change that asks for more outweighs those that ask for less. */
enum bump {
	BUMP_NONE,
	BUMP_PATCH,
	BUMP_MINOR,
	BUMP_MAJOR,
};

/** Exactly "X.Y.Z", as {semver} takes it; false for anything else, pre-release forms included. */
bool version_parse(struct bytes text, struct version *ret_version);
/** Less than, equal to or greater than 0 as `a` is below, the same as or above `b`. */
int version_compare(const struct version *a, const struct version *b);
/** What a change comes to after `version`: before 1.0.0 what breaks is a minor one (Semantic Versioning, item 4). */
enum bump version_bump(const struct version *version, enum bump bump);
/** The version that follows `version` by it (arena). BUMP_NONE: the same. */
struct version version_next(struct arena *arena, const struct version *version, enum bump bump);
/** "X.Y.Z" in the arena. */
struct bytes version_text(struct arena *arena, const struct version *version);
/** "major", "minor", "patch". */
const char *bump_name(enum bump bump);

#endif
