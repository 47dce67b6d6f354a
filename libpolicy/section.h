/* section: which section governs a ref, and what it says. */
#ifndef POLICY_SECTION_H
#define POLICY_SECTION_H

#include "model.h"

/** The refs that sections of this kind name begin with: "refs/heads/", "refs/tags/", "refs/deploy/" or "refs/". */
struct bytes section_prefix(enum section_kind kind);
/** The kind of section that governs `ref`. */
enum section_kind section_kind_of(struct bytes ref);
/** Where defaults of this kind are kept in struct policy: 0 to 3. */
size_t section_slot(enum section_kind kind);
/** Adds a section with its pattern to those section_find() knows, as the last one. */
void section_add(struct policy *policy, struct section *section, struct arena *arena);

#endif
