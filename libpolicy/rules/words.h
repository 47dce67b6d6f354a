/* words: a policy's list of words, looked up and shown. */
#ifndef POLICY_WORDS_H
#define POLICY_WORDS_H

#include "rule.h"

/** Whether `word` is on the list of a KEY_LIST setting, compared without case. */
bool words_have(const struct setting *setting, struct bytes word);
/** Sets `wanted` to the list, and `fix` too when `word` is a slip for one of it. */
void words_want(const struct setting *setting, struct findings *findings, struct finding *finding, struct bytes word);

#endif
