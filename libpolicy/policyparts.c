/* policyparts: which files a policy was read from, and what stood in them: that is the policy which was in force. */
#include "arena.h"
#include "policyfile.h"

/* A source whose files are noted in the policy. */
struct noting {
	const struct policy_source *source;
	struct policy *policy;
};

static bool read_noted(const struct policy_source *source, struct arena *arena, struct bytes name,
		       struct bytes *ret_content, struct findings *errors)
{
	const struct noting *noting = source->context;
	struct policy *policy = noting->policy;

	if (!noting->source->read(noting->source, arena, name, ret_content, errors))
		return false;
	policy->parts =
		arena_grow(arena, policy->parts, &policy->part_room, policy->part_count + 1, sizeof(*policy->parts));
	policy->parts[policy->part_count++] = (struct policy_part){name, *ret_content};
	return true;
}

struct policy_source policyfile_noted(struct arena *arena, const struct policy_source *source, struct policy *policy)
{
	struct noting *noting = arena_alloc(arena, sizeof(*noting));

	*noting = (struct noting){source, policy};
	return (struct policy_source){.read = read_noted, .context = noting, .file = source->file};
}
