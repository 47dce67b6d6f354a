/* folder: folders below the git directory that are ours: made as open as the one above, and listed. */
#ifndef POLICY_FOLDER_H
#define POLICY_FOLDER_H

#include <sys/types.h>

#include "facts.h"

/** Makes the folders on the way to the file `path` that are missing below `root`, a beginning of it. False with errno.
 */
bool folder_make(struct arena *arena, struct bytes root, struct bytes path);
/** How open what is made in the folder of the file `path` is to be: as open as that. */
mode_t folder_mode(struct arena *arena, struct bytes path);
/**
 * The names in the folder `path` (a NUL behind it) in the order of their bytes, those aside that begin with a dot; in
 * the arena, a NUL behind each. YES; NO when there is no such folder; UNKNOWN with errno.
 */
enum answer folder_list(struct arena *arena, struct bytes path, struct bytes **ret_names, size_t *ret_count);

#endif
