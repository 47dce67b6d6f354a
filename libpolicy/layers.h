/* layers: which policies apply to a repository, loaded and linked to the people they speak of. */
#ifndef POLICY_LAYERS_H
#define POLICY_LAYERS_H

#include "model.h"
#include "repo.h"

/**
 * On a server: the host's policy (when its file exists) and the repository's (git config policy.file, else
 * policy/policy.ini in the git directory, which must exist). `file` not NULL: that one alone. False with findings when
 * there is none, one does not load, or people or identity come from two.
 */
bool layers_server(struct arena *arena, struct repo *repo, const char *file, struct layers *ret_layers,
		   struct findings *errors);
/** For a person's clone: git config policy.file, else the fetched refs/policy/current, else .git-policy.ini at the root
 * of the work tree. */
bool layers_client(struct arena *arena, struct repo *repo, const char *file, struct layers *ret_layers,
		   struct findings *errors);

#endif
