/* settings: reading the value of a key, as its kind says. */
#ifndef POLICY_SETTINGS_H
#define POLICY_SETTINGS_H

#include "model.h"

/**
 * Fills number, words, regexes and parsed from the clauses of `setting`. False when it added a fault; the setting is
 * then not to be used.
 */
bool settings_parse(struct arena *arena, struct setting *setting, struct findings *errors);
/** setting_error() for the byte `offset` of clause `index`; the fault may be filled in. */
struct finding *settings_fault(struct findings *errors, const struct setting *setting, size_t index, size_t offset,
			       const char *format, ...) __attribute__((format(printf, 5, 6)));

#endif
