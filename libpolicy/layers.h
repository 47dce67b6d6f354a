/* layers: which policies apply to a repository, loaded and linked to the people they speak of. */
#ifndef POLICY_LAYERS_H
#define POLICY_LAYERS_H

#include "model.h"
#include "repo.h"

struct policy_source;

/** Where a server publishes what its clients need: policy.ini and the files it names, the same of the host's policy in
 * a folder of its own, `repository`, the name of the repository in signed records, and `baseline`, what was there
 * before the policy. */
#define LAYERS_FETCHED "refs/policy/current"
#define LAYERS_FETCHED_FILE "policy.ini"
#define LAYERS_FETCHED_HOST "host/"
#define LAYERS_FETCHED_NAME "repository"
#define LAYERS_FETCHED_BASELINE "baseline"

/**
 * On a server: the host's policy (when its file exists) and the repository's (git config policy.file, else
 * policy/policy.ini in the git directory, which must exist). `file` not NULL: that one alone. False with findings when
 * there is none, one does not load, people or identity come from two, or the repository's wants a host's (`host =
 * required`) and none governs refs.
 */
bool layers_server(struct arena *arena, struct repo *repo, const char *file, struct layers *ret_layers,
		   struct findings *errors);
/** Where a server reads the host's or the repository's own policy, a file on disk. False with a finding. */
bool layers_source(struct arena *arena, struct repo *repo, bool host, struct policy_source *ret_source,
		   struct findings *errors);
/** Whether a person's clone has no policy at all; what cannot be told is one that does not load. */
bool layers_absent(struct arena *arena, struct repo *repo);
/** For a person's clone: git config policy.file, else the fetched refs/policy/current, else .git-policy.ini at the root
 * of the work tree. */
bool layers_client(struct arena *arena, struct repo *repo, const char *file, struct layers *ret_layers,
		   struct findings *errors);

#endif
