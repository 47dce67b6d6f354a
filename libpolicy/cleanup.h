/* cleanup: what git makes of a message file before it becomes a commit (git-commit(1), --cleanup). */
#ifndef POLICY_CLEANUP_H
#define POLICY_CLEANUP_H

#include "bytes.h"

enum cleanup_mode {
	CLEANUP_VERBATIM,
	CLEANUP_WHITESPACE,
	CLEANUP_STRIP,
	CLEANUP_SCISSORS,
};

struct cleanup {
	enum cleanup_mode mode;
	struct bytes comment; /**< core.commentChar or commentString; "auto" is resolved from the text */
	bool edited;	      /**< an editor was used: then a scissors line cuts in strip mode too */
};

/** `commit.cleanup` (empty: default) to a mode; false for a word git does not know. */
bool cleanup_mode_of(struct bytes configured, bool edited, enum cleanup_mode *ret_mode);
/** Whether git drew the scissors line in `text` below which it shows what changes. */
bool cleanup_is_verbose(const struct cleanup *cleanup, struct bytes text);
/** The message git would store, as git-stripspace(1) and scissors do it. */
struct bytes cleanup_apply(struct arena *arena, const struct cleanup *cleanup, struct bytes text);

#endif
