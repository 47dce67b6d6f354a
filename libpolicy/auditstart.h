/* auditstart: where each ref was on the day the policy was installed (policy/refs, which the installer writes). */
#ifndef POLICY_AUDITSTART_H
#define POLICY_AUDITSTART_H

#include "facts.h"
#include "map.h"

/** One ref of that day. */
struct auditstart {
	struct bytes ref;
	struct oid value;
	struct bytes target; /**< of a symbolic ref; else empty */
};

struct auditstarts {
	struct map *map; /**< ref -> struct auditstart; what is not in it was not there */
	struct auditstart **list;
	size_t count;
	size_t room;
};

/** Reads a line `<id> <ref>[ <target>]` for each. NO: there is no such file; UNKNOWN with a sentence. */
enum answer auditstarts_read(struct arena *arena, struct bytes git_dir, struct auditstarts *ret_starts,
			     const char **ret_problem);

#endif
