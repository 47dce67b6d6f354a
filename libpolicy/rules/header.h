/* header: what the rules about types and scopes do with a header that has neither. */
#ifndef POLICY_HEADER_H
#define POLICY_HEADER_H

#include "rule.h"

/** Whether the header is conventional. When it is not and `format` does not ask for that either, adds a finding. */
bool header_parsed(const struct rule_case *c, struct findings *findings);

#endif
