/* pathname: names in a tree that git, or some file system, takes for others. */
#ifndef POLICY_PATHNAME_H
#define POLICY_PATHNAME_H

#include "bytes.h"

/** Cuts the first name off a path; false when nothing is left. A path that ends in "/" ends in an empty name. */
bool pathname_next(struct bytes *rest, struct bytes *ret_name);
/**
 * The name of git's own that some file system takes `name` for: ".git", ".gitmodules", ".gitattributes", ".gitignore";
 * empty: none. NTFS has no case, drops dots and blanks at the end and what follows a colon, and knows short names
 * ("git~1"); HFS+ drops invisible characters, which pathname_problem() refuses in every name.
 */
struct bytes pathname_alias(struct bytes name);
/** What is wrong with one name of a path: the end of a sentence that begins with it, static; NULL: nothing. */
const char *pathname_problem(struct bytes name);
/**
 * What is wrong with a symbolic link at `path` that leads to `target`: likewise. ".." is fine at the front, as far as
 * it stays inside: behind a name it leads where that name leads, and a later commit may make it a link.
 */
const char *pathname_link_problem(struct bytes path, struct bytes target);

#endif
