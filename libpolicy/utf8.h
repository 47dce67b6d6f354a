/* utf8: the strict decoder, and which characters may not be shown or named raw. */
#ifndef POLICY_UTF8_H
#define POLICY_UTF8_H

#include <stdint.h>

#include "bytes.h"

/**
 * Decodes the character at the start of `b` (RFC 3629: no overlong forms, surrogates, or values over 10FFFF). Returns
 * its length in bytes and sets *ret_point; 0 when `b` is empty or does not begin with a valid one.
 */
size_t utf8_next(struct bytes b, uint32_t *ret_point);
/** Characters in `b`; an invalid byte counts as one. */
size_t utf8_length(struct bytes b);
/** Offset of the first invalid byte, or b.len. */
size_t utf8_invalid(struct bytes b);
/** C0, DEL, C1, bidirectional controls, zero-width characters, BOM, line and paragraph separators, noncharacters. */
bool utf8_unsafe(uint32_t point);

#endif
