/* remake: what findings about content have in common: which line of the policy asks, and how to make the commit again.
 */
#ifndef POLICY_REMAKE_H
#define POLICY_REMAKE_H

#include "rule.h"

/** Says to do `act` ("git rm --cached a.key") and to make the commit again: a later commit mends nothing. */
void remake_fix(const struct rule_case *c, struct findings *findings, struct finding *finding, const char *act, ...)
	__attribute__((format(printf, 4, 5)));
/** Whether what was added is a regular file. */
bool remake_is_file(const struct added *added);
/** The last name of a path. */
struct bytes remake_name(struct bytes path);

#endif
