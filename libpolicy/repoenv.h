/* repoenv: what git tells a hook about a repository in quoted environment variables, unquoted as git would. */
#ifndef POLICY_REPOENV_H
#define POLICY_REPOENV_H

#include "bytes.h"
#include "facts.h"

/**
 * Cuts the next directory off `*rest`, the value of GIT_ALTERNATE_OBJECT_DIRECTORIES, or a file
 * objects/info/alternates: up to the separator (":", "\n"), in double quotes with C escapes when it holds what would
 * not survive that. An entry whose quoting is broken is taken as it stands, as git does. Of a comment ("#") nothing is
 * left. The result (arena) ends in NUL. False when nothing is left.
 */
bool repoenv_directory(struct arena *arena, struct bytes *rest, char separator, struct bytes *ret_directory);

/**
 * The last value that GIT_CONFIG_COUNT (`count`, with GIT_CONFIG_KEY_<n> and GIT_CONFIG_VALUE_<n> from the environment)
 * and then GIT_CONFIG_PARAMETERS (`parameters`: 'name=value' or 'name'='value') give `name`, a name without subsection.
 * Either may be NULL. NO when neither has it, UNKNOWN when one is malformed.
 */
enum answer repoenv_config(struct arena *arena, const char *count, const char *parameters, struct bytes name,
			   struct bytes *ret_value);

/** Whether git takes `value` (may be NULL) for true. */
bool repoenv_true(const char *value);

#endif
