/* gitconfig: a file in the language of git-config(1), read from untrusted bytes. */
#ifndef POLICY_GITCONFIG_H
#define POLICY_GITCONFIG_H

#include "bytes.h"

/** One variable; everything in the arena of the file. */
struct gitconfig_entry {
	struct bytes section; /**< the first part in lower case, the others as git has them: "submodule.lib.x" */
	struct bytes key;     /**< in lower case */
	struct bytes value;   /**< empty, too, when none was given */
	unsigned line;	      /**< 1-based: where it begins */
};

/** A file being read. */
struct gitconfig {
	struct arena *arena;
	struct bytes rest;
	struct bytes section;
	unsigned line;
};

enum gitconfig_step {
	GITCONFIG_END,
	GITCONFIG_ENTRY,
	GITCONFIG_BROKEN, /**< git would stop here, too; `line` of the file says where */
};

/** Begins to read `text`, which is borrowed. */
struct gitconfig gitconfig_open(struct arena *arena, struct bytes text);
/** Reads the next variable, as git's own reader does (config.c). */
enum gitconfig_step gitconfig_next(struct gitconfig *file, struct gitconfig_entry *ret_entry);

#endif
