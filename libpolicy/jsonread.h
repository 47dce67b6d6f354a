/* jsonread: reading JSON back that json.h wrote, and nothing else: no blanks, no escapes but \" and \\. */
#ifndef POLICY_JSONREAD_H
#define POLICY_JSONREAD_H

#include "bytes.h"

/** How many bytes of `text` the value takes that it begins with; 0: it begins with none, or one deeper than 8 levels.
 */
size_t json_value(struct bytes text);
/**
 * Cuts the next member off `*rest`, which at first is an object that json_value() has measured; false when none is
 * left. The name is as it stands between its quotes.
 */
bool json_next(struct bytes *rest, struct bytes *ret_name, struct bytes *ret_value);
/** The same for the elements of an array. */
bool json_element(struct bytes *rest, struct bytes *ret_value);
/** The value of the object's first member of that name; empty when there is none. */
struct bytes json_member(struct bytes object, const char *name);
/** What a string says, in the arena; empty for what is no string. */
struct bytes json_unquote(struct arena *arena, struct bytes value);

#endif
