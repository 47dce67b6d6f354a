/* utf16: text that other systems write with a byte order mark, as UTF-8. */
#ifndef POLICY_UTF16_H
#define POLICY_UTF16_H

#include "bytes.h"

/** Whether `content` begins with the byte order mark of UTF-16, of either order. */
bool utf16_marked(struct bytes content);
/** Such a content as UTF-8, in the arena, without its mark; U+FFFD for what is half a character. */
struct bytes utf16_decode(struct arena *arena, struct bytes content);

#endif
