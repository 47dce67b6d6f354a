/* settings: reading the value of a key, as its kind says. */
#ifndef POLICY_SETTINGS_H
#define POLICY_SETTINGS_H

#include "model.h"

/**
 * Fills number, words, regexes and parsed from the clauses of `setting`. False when it added a fault; the setting is
 * then not to be used.
 */
bool settings_parse(struct arena *arena, struct setting *setting, struct findings *errors);
/** "90s", "10m", "24h" or "3d", at most ten years, as seconds; false for anything else. */
bool settings_duration(struct bytes text, unsigned long *ret_seconds);
/** "500k", "10M", "1G" (of 1024 each time), or plain bytes, up to LONG_MAX; false for anything else. */
bool settings_size(struct bytes text, unsigned long *ret_bytes);
/** setting_error() for the byte `offset` of clause `index`; the fault may be filled in. */
struct finding *settings_fault(struct findings *errors, const struct setting *setting, size_t index, size_t offset,
			       const char *format, ...) __attribute__((format(printf, 5, 6)));

#endif
