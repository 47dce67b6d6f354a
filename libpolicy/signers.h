/* signers: the keys that signatures are verified by, read together with the policy that names them. */
#ifndef POLICY_SIGNERS_H
#define POLICY_SIGNERS_H

#include "policyfile.h"

/** What the files of `[identity] signers` hold: `parsed` of that setting. */
struct signers {
	struct bytes allowed;	   /**< the lines of all allowed_signers files, ssh-keygen(1); empty: none */
	struct policy_part *lists; /**< those files one by one */
	size_t list_count;
	struct bytes *keyrings; /**< OpenPGP keyrings, as gpgv(1) reads them */
	size_t keyring_count;
};

/** How many files there may be. */
#define SIGNERS_MAX 15u

/** What the value of the key must satisfy; makes room for what the files hold. */
bool signers_check(struct setting *setting, struct findings *errors);
/**
 * Reads the files that `[identity] signers` of `policy` names, from where its includes come from and trusted as they
 * are: *.gpg and *.kbx are keyrings, any other lists ssh keys. What cannot be read is a finding.
 */
void signers_read(const struct policy *policy, const struct policy_source *source, struct arena *arena,
		  struct findings *errors);

#endif
