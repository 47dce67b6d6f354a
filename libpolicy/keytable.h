/* keytable: the words of the policy language that no rule brings: keys of its own, and those of later versions. */
#ifndef POLICY_KEYTABLE_H
#define POLICY_KEYTABLE_H

#include "model.h"

extern const struct key keytable_own[];
extern const size_t keytable_own_count;

/** Keys that the language has and this version has not. */
extern const char *const keytable_later[];
extern const size_t keytable_later_count;

#endif
