/* planted: secrets that are none: made from a seed when a test runs, so that none stands whole in any file. */
#ifndef TEST_PLANTED_H
#define TEST_PLANTED_H

#include <stdint.h>
#include <string.h>

#include "arena.h"
#include "bytes.h"

/** Random characters of a class: w letters and digits, l lower case ones, u upper case ones, h and H hexadecimal
 * digits, d digits, s as in URLs, b base64, a letters, c base32, z as age writes them. */
static inline struct bytes planted_class(char name)
{
	static const struct {
		char name;
		const char *characters;
	} classes[] = {
		{'w', "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"},
		{'l', "abcdefghijklmnopqrstuvwxyz0123456789"},
		{'u', "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"},
		{'h', "0123456789abcdef"},
		{'H', "0123456789ABCDEF"},
		{'d', "0123456789"},
		{'s', "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"},
		{'b', "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"},
		{'a', "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"},
		{'c', "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"},
		{'z', "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L"},
	};

	for (size_t i = 0; i < sizeof(classes) / sizeof(classes[0]); i++)
		if (classes[i].name == name)
			return bytes_of(classes[i].characters);
	return BYTES("?");
}

static inline uint32_t planted_random(uint64_t *seed)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 7;
	*seed ^= *seed << 17;
	return (uint32_t)(*seed >> 16);
}

/** Cuts a "<w36>" off the beginning of `*rest`. */
static inline bool planted_group(struct bytes *rest, struct bytes *ret_class, unsigned long *ret_count)
{
	size_t end = bytes_index(*rest, '>');

	if (end < 3 || end == rest->len || rest->data[0] != '<' ||
	    !bytes_number(bytes_first(bytes_from(*rest, 2), end - 2), 10000, ret_count))
		return false;
	*ret_class = planted_class(rest->data[1]);
	*rest = bytes_from(*rest, end + 1);
	return true;
}

/** The form with its groups filled: at random, or with `filler` where it is not NUL; each group's length over `cut`. */
static inline struct bytes planted(struct arena *arena, const char *form, uint64_t seed, char filler, unsigned long cut)
{
	struct buffer text = {.arena = arena};
	struct bytes rest = bytes_of(form), class;
	unsigned long count;

	for (int i = 0; i < 8; i++)
		planted_random(&seed);
	while (rest.len) {
		if (!planted_group(&rest, &class, &count)) {
			buffer_add(&text, bytes_first(rest, 1));
			rest = bytes_from(rest, 1);
			continue;
		}
		for (unsigned long i = 0; i < count / cut; i++) {
			const char *c = filler ? &filler : class.data + planted_random(&seed) % class.len;

			buffer_add(&text, (struct bytes){c, 1});
		}
	}
	return buffer_bytes(&text);
}

#endif
