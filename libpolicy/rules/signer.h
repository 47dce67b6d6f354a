/* signer: whether a signature is by somebody the policy knows; for commits and tags alike. */
#ifndef POLICY_SIGNER_H
#define POLICY_SIGNER_H

#include "rule.h"

/** The one word of the key. */
extern const char *const signer_words[];
/** What findings want instead. */
#define SIGNER_WANTED "a signature by a user of the policy (git config gpg.format ssh: with an ssh key)"

/**
 * Why the signature does not count, as a sentence in the arena; NULL in *ret_problem when it does. False: it cannot be
 * told, with facts_reason().
 */
bool signer_problem(const struct rule_case *c, struct arena *arena, struct bytes payload, struct bytes signature,
		    const char **ret_problem);

#endif
