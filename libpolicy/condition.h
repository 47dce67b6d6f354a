/* condition: what a check must have said: "ci", "coverage>=90"; the words of `checks` and of `unless`. */
#ifndef POLICY_CONDITION_H
#define POLICY_CONDITION_H

#include "facts.h"

enum condition_operator {
	CONDITION_PASS, /**< a name alone: "pass" */
	CONDITION_EQUAL,
	CONDITION_UNEQUAL,
	CONDITION_LESS,
	CONDITION_AT_MOST,
	CONDITION_MORE,
	CONDITION_AT_LEAST,
};

struct condition {
	struct bytes text; /**< as written */
	struct bytes name;
	enum condition_operator comparison;
	struct decimal number;
};

/** Why no check may be called `name`, or NULL: it is letters, digits and _ - . */
const char *condition_name_problem(struct bytes name);
/** Parses "name", "name=1", "name!=1", "name<1", "name<=1", "name>1", "name>=1"; else a sentence saying what is wrong.
 */
const char *condition_parse(struct bytes word, struct condition *ret_condition);
/** key.check of `checks`: parses the words into setting->parsed, an array of word_count conditions. */
bool condition_check(struct setting *setting, struct findings *errors);
/** Whether a well-formed result satisfies it. */
bool condition_holds(const struct condition *condition, const struct record_value *result);

struct rule_case;
/** Whether it is about a number that must be from after the stages before the one of `c` were reached: `after`. */
bool condition_measured(const struct rule_case *c, const struct condition *condition);
/**
 * Whether the check has said so of the landing of `c`: on its head, else on the commit that it made (design 4.6), no
 * older than `max-age`, and a number of a deploy from after the stage before it. YES, NO with a sentence in *ret_why
 * ("is missing", "is fail", "is 84.9", "is 25 h old"), UNKNOWN.
 */
enum answer condition_met(const struct rule_case *c, const struct condition *condition, struct arena *arena,
			  const char **ret_why);

#endif
