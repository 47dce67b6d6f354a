/* deployed: which commit a deploy or a tag is about, for the rules that ask something of it. */
#ifndef POLICY_DEPLOYED_H
#define POLICY_DEPLOYED_H

#include "rule.h"

/**
 * YES with the commit that the ref comes to. NO when there is nothing to be asked of it: the ref is deleted, or it
 * comes to no commit, which other rules refuse. UNKNOWN.
 */
enum answer deployed_commit(const struct rule_case *c, struct oid *ret_commit);
/** What the ref is called on the command line: "production/live". */
struct bytes deployed_name(struct bytes ref);

#endif
