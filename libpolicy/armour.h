/* armour: where a signature stands in git's objects, and which bytes it is over. */
#ifndef POLICY_ARMOUR_H
#define POLICY_ARMOUR_H

#include "object.h"

enum armour {
	ARMOUR_NONE,	/**< no signature of a known kind */
	ARMOUR_SEVERAL, /**< more than one signature, or one that has no end or other text behind it */
	ARMOUR_SSH,
	ARMOUR_PGP,
};

/** What `signature` is, by its first line, when it is exactly one from its first byte to its last. */
enum armour armour_kind(struct bytes signature);
/**
 * Divides the raw bytes of a tag at the first line that begins a signature, as git does for one; `*ret_signature` is
 * empty when none does, and else goes to the end, whatever stands there: armour_kind() tells.
 */
void armour_split(struct bytes raw, struct bytes *ret_payload, struct bytes *ret_signature);
/** The message of a tag, whose raw bytes are `raw`, without what armour_split() finds at its end. */
struct bytes armour_strip(struct bytes message, struct bytes raw);
/**
 * The signature of a commit, unfolded, and what it is over: all the rest of the commit (arena). NULL, or a sentence
 * saying why there is not exactly one header with a signature, static. Text in the message is no signature.
 */
const char *armour_commit(struct arena *arena, const struct commit *commit, struct bytes *ret_payload,
			  struct bytes *ret_signature);

#endif
