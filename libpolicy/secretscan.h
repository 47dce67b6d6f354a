/* secretscan: finds secrets in bytes, by the rules of rule files. */
#ifndef POLICY_SECRETSCAN_H
#define POLICY_SECRETSCAN_H

#include "findings.h"

struct secretscan;

/** How many secrets of one content are told. */
#define SECRETSCAN_MAX ((size_t)4096)

/** What somebody should not have written down. */
struct secret {
	struct bytes rule; /**< the name of the rule that found it */
	struct bytes what; /**< "an AWS access key" */
	struct bytes text; /**< the secret itself, as UTF-8 where the content is UTF-16; part of what was scanned */
	unsigned line;	   /**< the line it begins in, from 1 */
};

/** With the rules that are built in, which are read when they are first needed. Memory is the arena's. */
struct secretscan *secretscan_new(struct arena *arena);
/**
 * Adds the rules of a file, which go before those that are built in: of two rules that find the same, the first has it.
 * False when it is broken, with findings. Not after the first secretscan_find().
 */
bool secretscan_add(struct secretscan *scan, struct bytes content, struct bytes file, struct findings *errors);
/**
 * Finds the secrets of `content`, in order; no two overlap. What begins with the byte order mark of UTF-16 is read as
 * that; with NUL among its first bytes, `content` is binary, and is not asked what only texts have. False when it
 * cannot tell: an expression hit a limit, or there are more than SECRETSCAN_MAX. All is valid until the next call.
 */
bool secretscan_find(struct secretscan *scan, struct bytes content, struct secret **ret_secrets, size_t *ret_count);
/** `content` as secretscan_find() sees it, for comparing; valid until the next call of either. */
struct bytes secretscan_text(struct secretscan *scan, struct bytes content);

#endif
