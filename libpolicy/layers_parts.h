/* layers_parts: what finding the policies of a server and those of a clone share; nobody else includes this. */
#ifndef POLICY_LAYERS_PARTS_H
#define POLICY_LAYERS_PARTS_H

#include "layers.h"
#include "policyfile.h"

#ifndef POLICY_HOST_FILE
#define POLICY_HOST_FILE "/etc/git-policy/policy.ini"
#endif

/** What loading layers takes along. */
struct search {
	struct arena *arena;
	struct repo *repo;
	struct layers *layers;
	struct findings *errors;
};

/** Loads one more layer; false with findings. */
bool layers_add(const struct search *search, const struct policy_source *source);
/** The same from a file on disk, `trusted` as policyfile_on_disk() has it. */
bool layers_add_file(const struct search *search, struct bytes path, bool trusted);
/** Whether there surely is no such file; anything else is for the loader to complain about. */
bool layers_file_absent(struct bytes path);
/** git config policy.file, relative to `folder`: YES, NO when unset, UNKNOWN with repo_problem(). */
enum answer layers_configured(const struct search *search, struct bytes folder, struct bytes *ret_path);
/** A finding that says of `what` why the repository could not tell; false. */
bool layers_refuse(const struct search *search, const char *what);
/** Chooses who says who is who, and links every layer to that; false with findings. */
bool layers_link(const struct search *search);

#endif
