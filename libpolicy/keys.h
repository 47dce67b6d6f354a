/* keys: the vocabulary of the policy language: which key may stand where, and what to say of one that may not. */
#ifndef POLICY_KEYS_H
#define POLICY_KEYS_H

#include "inifile.h"
#include "model.h"

struct rule;

/** What section kind `kind` is called in a heading: "branch". */
const char *keys_section(enum section_kind kind);
/** The kind called `name`, or 0. */
enum section_kind keys_section_kind(struct bytes name);
/** The word of the language for a section that was probably meant by `name`, or empty. */
struct bytes keys_section_near(struct arena *arena, struct bytes name);

/** The key `name` of sections of `kind`, or NULL. In [severity] every rule's name is one. */
const struct key *keys_find(enum section_kind kind, struct bytes name);
/** The rule called `name`, or NULL. */
const struct rule *keys_rule(struct bytes name);
/** Says why keys_find() does not know the entry's key: not there, not yet, or a slip of the pen. */
void keys_refuse(const struct ini_entry *entry, enum section_kind kind, struct findings *errors);
/** Whether some section has a key of that name. */
bool keys_known(struct bytes name);

#endif
