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
	struct bytes
		text;  /**< the secret itself, as UTF-8 where it was found in UTF-16; else part of what was scanned */
	unsigned line; /**< the line it begins in, from 1 */
};

/** With the rules that are built in, which are read when they are first needed. Memory is the arena's. */
struct secretscan *secretscan_new(struct arena *arena);
/**
 * Adds the rules of a file, which go before those that are built in: of two rules that find the same, the first has it.
 * False when it is broken, with findings. Not after the first secretscan_find().
 */
bool secretscan_add(struct secretscan *scan, struct bytes content, struct bytes file, struct findings *errors);
/**
 * Finds the secrets of `text`, a message or a path, in order; no two overlap. With NUL among its first bytes it is
 * binary, and what only texts have is looked for in its plain lines alone. False when it cannot tell: an expression hit
 * a limit, or there are more than SECRETSCAN_MAX. All is valid until the next call of any of these.
 */
bool secretscan_find(struct secretscan *scan, struct bytes text, struct secret **ret_secrets, size_t *ret_count);
/** The same of a file: its bytes as they are and, behind the byte order mark of UTF-16, what they then say as well. */
bool secretscan_file(struct secretscan *scan, struct bytes content, struct secret **ret_secrets, size_t *ret_count);
/** Whether a file with this content holds `secret`, which secretscan_file() found in another. */
bool secretscan_holds(struct secretscan *scan, struct bytes content, struct bytes secret);
/** `text` in the arena with "[...]" for each of its secrets; that alone when it cannot tell. */
struct bytes secretscan_mask(struct secretscan *scan, struct arena *arena, struct bytes text);

#endif
