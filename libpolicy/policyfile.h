/* policyfile: one layer loaded: the file and what it includes turned into a policy, or every reason why not. */
#ifndef POLICY_POLICYFILE_H
#define POLICY_POLICYFILE_H

#include "inifile.h"
#include "model.h"

struct rule;

/** Where a policy's files come from. */
struct policy_source {
	/**
	 * The content of `name`, in the arena; an include is in the folder that `file` names, if it names one. False
	 * with a finding added when it cannot be had or is not to be trusted.
	 */
	bool (*read)(const struct policy_source *source, struct arena *arena, struct bytes name,
		     struct bytes *ret_content, struct findings *errors);
	void *context;
	struct bytes file; /**< the name of the first file, as messages give it */
};

/** What of a path comes before the name of the file, with its final slash; or empty. */
struct bytes policyfile_folder(struct bytes path);

/**
 * A source that reads regular files: opened once with O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, at most INIFILE_SIZE_MAX
 * bytes. With `trusted` the owner must be root, the effective user or the owner of the folder it is in, and neither
 * group nor others may write it. A file with a private key is refused. Messages give names without their folder, unless
 * `file` is set to the whole path.
 */
struct policy_source policyfile_on_disk(struct arena *arena, struct bytes path, bool trusted);

/** `source` (borrowed), whose files are added to the parts of `policy` as they are read. */
struct policy_source policyfile_noted(struct arena *arena, const struct policy_source *source, struct policy *policy);

/**
 * Loads the layer. Unknown sections, keys, values, doubled scalars and headings, a missing `[policy] version = 1`, an
 * include in an included file: each is a finding (rule "policy", undecided) with file, line, column and the nearest
 * valid word; all of them are told. NULL when there was one.
 */
struct policy *policyfile_load(struct arena *arena, const struct policy_source *source, struct findings *errors);
/** The same into *ret_policy, which has what was understood even when that was not all: false then. */
bool policyfile_read(struct arena *arena, const struct policy_source *source, struct policy *ret_policy,
		     struct findings *errors);

/** Every key of the language, rules' and others', for explain, rules and near misses: calls `each` in table order. */
void policyfile_keys(void (*each)(void *context, const struct key *key, const struct rule *rule), void *context);

#endif
