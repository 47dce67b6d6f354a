/* secretmask: a text to be shown, without the secrets in it. */
#include "arena.h"
#include "secretscan.h"

#define MASK BYTES("[...]")

struct bytes secretscan_mask(struct secretscan *scan, struct arena *arena, struct bytes text)
{
	struct buffer shown = {.arena = arena};
	struct secret *secrets;
	size_t count, at = 0;

	if (!secretscan_find(scan, text, &secrets, &count))
		return MASK;
	for (size_t i = 0; i < count; i++) {
		size_t begin = (size_t)(secrets[i].text.data - text.data);

		buffer_add(&shown, bytes_first(bytes_from(text, at), begin - at));
		buffer_add(&shown, MASK);
		at = begin + secrets[i].text.len;
	}
	if (!count)
		return text;
	buffer_add(&shown, bytes_from(text, at));
	return buffer_bytes(&shown);
}
