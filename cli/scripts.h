/* scripts: the scripts and hooks that come with git-policy: where they are, and becoming one of them. */
#ifndef SCRIPTS_H
#define SCRIPTS_H

/**
 * Becomes the script or hook `name` ("install", "pre-push") with these arguments, ended by NULL, its own name not among
 * them.
 * Scripts are in $GIT_POLICY_EXEC_PATH when that is set, else where an installation of this program has them, else
 * where a build has. Returns only when there is none or it cannot be run, which was said: POLICY_UNDECIDED.
 */
int script_run(const char *name, char **arguments);

#endif
