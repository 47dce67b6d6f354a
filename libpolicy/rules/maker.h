/* maker: whether who made a commit is somebody the policy knows, or the pusher; for author and committer alike. */
#ifndef POLICY_MAKER_H
#define POLICY_MAKER_H

#include "rule.h"

enum { MAKER_KNOWN, MAKER_PUSHER };

/** The words of both keys, by their numbers above. */
extern const char *const maker_words[];
/** Judges one identity of the commit by the rule's setting. */
bool maker_judge(const struct rule_case *c, const struct ident *ident, struct findings *findings);

#endif
