/* object: git's commit and tag objects, parsed once and strictly from their raw bytes, so that git and we cannot
 * disagree. */
#ifndef POLICY_OBJECT_H
#define POLICY_OBJECT_H

#include <stdint.h>

#include "bytes.h"
#include "oid.h"

enum object_type {
	OBJECT_NONE,
	OBJECT_COMMIT,
	OBJECT_TREE,
	OBJECT_BLOB,
	OBJECT_TAG,
};

#define OBJECT_PARENTS_MAX 10000u

/** An identity line: "Name <email> seconds zone"; both as git has them, with blanks left before a name. */
struct ident {
	struct bytes name;
	struct bytes email;
	int64_t seconds; /**< since 1970-01-01 UTC, [0, 2^53) */
	int zone;	 /**< minutes east of UTC, within +-14:00 … the zone's digits are real minutes */
};

/** A commit; every bytes borrows from the raw object it was parsed from. */
struct commit {
	struct bytes raw; /**< all of it */
	struct oid id;
	struct oid tree;
	struct oid *parents;
	size_t parent_count;
	struct ident author;
	struct ident committer;
	struct bytes encoding;	       /**< of the header, or empty */
	struct bytes signature;	       /**< the gpgsig header's value with its continuation lines, or empty */
	struct bytes signature_sha256; /**< likewise of gpgsig-sha256 */
	struct bytes message;
	bool verbose; /**< not made yet: git shows its changes below the message (git commit --verbose) */
};

/** A tag object, likewise. */
struct tag {
	struct oid target;
	enum object_type type;
	struct bytes name;
	struct ident tagger;
	struct bytes message;
};

/** What a strict parse found wrong: a sentence, static, and the byte offset it is about. */
struct object_problem {
	const char *text;
	size_t offset;
};

/**
 * Parses a raw commit (gitformat: tree, parent*, author, committer, then encoding, gpgsig, gpgsig-sha256, mergetag and
 * other headers with continuation lines, an empty line, the message). Refused: anything out of order, missing or
 * doubled (parents too), an encoding of several lines, a header that begins with gpgsig and is no signature, NUL
 * anywhere, more than OBJECT_PARENTS_MAX parents, an identity not of the form Name <email> date zone with exactly one
 * '<' and one '>', dates outside [0, 2^53), zones that are no +hhmm, a header without a line end, no empty line before
 * the message.
 * Returns false with the first fault in *ret_problem.
 */
bool commit_parse(struct arena *arena, struct bytes raw, struct commit *ret_commit, struct object_problem *ret_problem);
/** The same for an annotated tag: object, type, tag, tagger, empty line, message (a signature is part of it). */
bool tag_parse(struct bytes raw, struct tag *ret_tag, struct object_problem *ret_problem);
/**
 * Only the parents and the committer's date of a commit, for walking: lenient about everything else, so that history
 * from before a policy can be walked. False when even these cannot be read. `parents` has room for `room`; more than
 * that is false too.
 */
bool commit_links(struct bytes raw, struct oid *parents, size_t room, size_t *ret_count, int64_t *ret_seconds);
/** Parses "Name <email> seconds zone". */
bool ident_parse(struct bytes line, struct ident *ret_ident);

#endif
