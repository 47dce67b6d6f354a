/* statement: what a signed record says it is for, so that its signature is worth nothing anywhere else. */
#ifndef POLICY_STATEMENT_H
#define POLICY_STATEMENT_H

#include "bytes.h"
#include "oid.h"

/** Everything that a signature of a record binds. */
struct statement {
	struct bytes repository; /**< 32 hex digits, facts_repository() */
	struct bytes target;	 /**< full ref: "refs/heads/main" */
	struct oid head;
	struct bytes user;
};

/**
 * The four lines "repository: …", "target: …", "head: …" and "user: …" that stand in the message of a signed record,
 * below its first line (arena).
 */
struct bytes statement_write(struct arena *arena, const struct statement *statement);
/**
 * Whether `stated`, such a message without its first line and its signature, says exactly this: each line once, in any
 * order, among others that begin otherwise. NULL, or a sentence saying what is the matter ("what is signed is not for
 * this head"), static.
 */
const char *statement_problem(struct arena *arena, struct bytes stated, const struct statement *statement);

#endif
