/* quote: foreign text in a command that somebody will paste: a ref may be called a;touch${IFS}b. */
#ifndef POLICY_QUOTE_H
#define POLICY_QUOTE_H

#include "bytes.h"

/** `text` as one word of a shell, for printf's "%s": itself where no shell makes anything of it, else in quotes. */
const char *quote_word(struct arena *arena, struct bytes text);

#endif
