/* signature: what the verifiers of each kind of signature share; nobody else includes this. */
#ifndef POLICY_SIGNATURE_H
#define POLICY_SIGNATURE_H

#include "factsbase.h"
#include "process.h"
#include "signers.h"

/** What is known of one signature, as facts_signature() answers it. */
struct verdict {
	enum answer answer;
	enum signature signature;
	const struct user *user;
	const char *reason; /**< unless GOOD with a user */
};

/** Not valid, because of `reason` (borrowed). */
struct verdict signature_bad(const char *reason);
/** It could not be told. */
struct verdict signature_unknown(const char *reason);
/** Valid, by whom `name` names: an address or a name of a user. */
struct verdict signature_good(struct facts *facts, struct bytes name);
/** Whom a signer's address or name means, or NULL. */
const struct user *signature_user(const struct facts *facts, struct bytes name);

/**
 * Runs a verifier, `arguments` ending in NULL, with an empty environment, on `payload` as its standard input and
 * `files` at PROCESS_FILE "3" and on. False with the verdict when it did not come to its end by itself.
 */
bool signature_run(struct facts *facts, const char *const *arguments, struct bytes payload, const struct bytes *files,
		   size_t file_count, struct process_end *ret_end, struct verdict *ret_verdict);

/** Verifies by ssh-keygen(1) and by gpgv(1). */
struct verdict signature_ssh(struct facts *facts, const struct signers *signers, struct bytes payload,
			     struct bytes signature);
struct verdict signature_pgp(struct facts *facts, const struct signers *signers, struct bytes payload,
			     struct bytes signature);

#endif
