/* rules: every rule of the suite, one a file in this folder; rules.c puts them in the order they are reported. */
#ifndef POLICY_RULES_H
#define POLICY_RULES_H

#include "rule.h"

extern const struct rule rule_stale;
extern const struct rule rule_target;
extern const struct rule rule_name;
extern const struct rule rule_push;
extern const struct rule rule_create_from;
extern const struct rule rule_rewrite;
extern const struct rule rule_move;
extern const struct rule rule_delete;

extern const struct rule rule_object;

extern const struct rule rule_format;
extern const struct rule rule_types;
extern const struct rule rule_scopes;
extern const struct rule rule_header_max;
extern const struct rule rule_subject_min;
extern const struct rule rule_subject_deny;
extern const struct rule rule_subject_case;
extern const struct rule rule_subject_end;
extern const struct rule rule_subject_mood;
extern const struct rule rule_body_line_max;
extern const struct rule rule_footer;
extern const struct rule rule_sign_off;
extern const struct rule rule_fixup;
extern const struct rule rule_author;
extern const struct rule rule_committer;

#endif
