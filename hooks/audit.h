/* audit: puts lines where [audit] says, whole and for good. */
#ifndef AUDIT_H
#define AUDIT_H

#include "policy.h"

/**
 * Appends `lines`, whole ones of at most POLICY_AUDIT_LINE bytes, each with its LF, to where `to` says: to the file in
 * one write each, all under one lock, whoever else writes and whoever moves the file away meanwhile; none of them when
 * one cannot be written. NULL, or why the file cannot be written (static). `context` is not looked at: it is a
 * policy_auditor.
 */
const char *audit_write(void *context, const struct policy_audit *to, const char *lines, size_t len);

#endif
