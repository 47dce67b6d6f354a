/* json: JSON that is valid whatever was pushed: every text passes the escaper, then JSON's own quoting. */
#ifndef POLICY_JSON_H
#define POLICY_JSON_H

#include <stdint.h>

#include "bytes.h"
#include "oid.h"

/** A line being written to `out`; `scratch` holds the text that is being quoted: {.out = out, .scratch.arena = …}. */
struct json {
	struct buffer *out;
	struct buffer scratch;
	size_t max; /**< bytes of a text, escaped, that are written, the rest being cut; 0: all */
};

/** Appends a text in quotes, escaped. */
void json_string(struct json *json, struct bytes text);
/** Appends `before` ("\"ref\":", with the comma that is due) and the text; nothing when the text is empty. */
void json_text(struct json *json, const char *before, struct bytes text);
/** The same for a number: nothing for 0. */
void json_number(struct json *json, const char *before, unsigned number);

#endif
