/* tree: the entries of git's tree objects, read from their raw bytes. */
#ifndef POLICY_TREE_H
#define POLICY_TREE_H

#include "oid.h"

/** The kinds of entry a tree has, by the bits of their mode. */
enum {
	TREE_KIND = 0170000,
	TREE_FOLDER = 0040000,
	TREE_FILE = 0100000,
	TREE_LINK = 0120000,
	TREE_SUBMODULE = 0160000,
};

struct tree_entry {
	unsigned mode;	   /**< as git reads it: 0100664 is 0100644, what is unknown a submodule */
	struct bytes name; /**< borrowed from the raw tree */
	struct oid id;
};

/** Cuts the next entry off `*rest`; false when nothing is left, or nothing well-formed: then `*rest` is not empty. */
bool tree_next(struct bytes *rest, struct tree_entry *ret_entry);
/** Less than 0, 0 or more as `a` comes before `b` in a tree, where a folder's name ends in "/". */
int tree_compare(const struct tree_entry *a, const struct tree_entry *b);
/** Whether it is a folder. */
bool tree_is_folder(const struct tree_entry *entry);

#endif
