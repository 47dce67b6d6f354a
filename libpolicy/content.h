/* content: which rules about content a section switches on. */
#ifndef POLICY_CONTENT_H
#define POLICY_CONTENT_H

#include "model.h"

/** key.check of `content`: the words are names of SCOPE_CONTENT rules; `number` gets their bits (struct demand). */
bool content_check(struct setting *setting, struct findings *errors);

#endif
