/* fault: what is wrong with a policy file: a finding of rule "policy" that leaves every push undecided. */
#ifndef POLICY_FAULT_H
#define POLICY_FAULT_H

#include "findings.h"

/** Adds a fault at `origin`; the result is never NULL and may be filled in. */
struct finding *fault_add(struct findings *errors, const struct origin *origin, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
struct finding *fault_vadd(struct findings *errors, const struct origin *origin, const char *format, va_list arguments)
	__attribute__((format(printf, 3, 0)));
/** Puts the caret under character `column` (1-based) of the line `source`. */
void fault_column(struct finding *fault, unsigned column, struct bytes source);
/** "policy.ini:12", for texts that name another place. */
struct bytes fault_place(struct findings *errors, const struct origin *origin);

#endif
