/* signer: whether a signature is by somebody the policy knows; for commits and tags alike. */
#include "signer.h"

const char *const signer_words[] = {"required", NULL};

bool signer_problem(const struct rule_case *c, struct arena *arena, struct bytes payload, struct bytes signature,
		    const char **ret_problem)
{
	enum signature found;
	const struct user *user;

	*ret_problem = NULL;
	if (facts_signature(c->facts, payload, signature, &found, &user) != ANSWER_YES)
		return false;
	if (found != SIGNATURE_GOOD || !user)
		*ret_problem = bytes_printf(arena, "the signature does not count: %s", facts_reason(c->facts)).data;
	return true;
}
