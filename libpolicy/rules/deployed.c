/* deployed: which commit a deploy or a tag is about, for the rules that ask something of it. */
#include "deployed.h"

enum answer deployed_commit(const struct rule_case *c, struct oid *ret_commit)
{
	struct target target;

	if (c->update->kind == UPDATE_DELETE)
		return ANSWER_NO;
	if (facts_target(c->facts, &c->update->new, &target) != ANSWER_YES)
		return ANSWER_UNKNOWN;
	*ret_commit = target.commit;
	return target.peeled == OBJECT_COMMIT ? ANSWER_YES : ANSWER_NO;
}

struct bytes deployed_name(struct bytes ref)
{
	return bytes_from(ref, BYTES("refs/deploy/").len);
}
