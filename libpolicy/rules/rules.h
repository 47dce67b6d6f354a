/* rules: every rule of the suite, one a file in this folder, declared from the table. */
#ifndef POLICY_RULES_H
#define POLICY_RULES_H

#include "rule.h"

#define RULE(name) extern const struct rule rule_##name;
#include "table.h"
#undef RULE

#endif
