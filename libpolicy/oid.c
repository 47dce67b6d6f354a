/* oid: object ids between bytes and hex. */
#include "oid.h"

#include "arena.h"

#include <string.h>

/* Of each character 1 more than the digit it is; 0: none. */
static const unsigned char digit_of[256] = {
	['0'] = 1, ['1'] = 2,  ['2'] = 3,  ['3'] = 4,  ['4'] = 5,  ['5'] = 6,  ['6'] = 7,  ['7'] = 8,
	['8'] = 9, ['9'] = 10, ['a'] = 11, ['b'] = 12, ['c'] = 13, ['d'] = 14, ['e'] = 15, ['f'] = 16,
};

bool oid_is_zero(const struct oid *oid)
{
	return oid_equal(oid, &(struct oid){0});
}

bool oid_equal(const struct oid *a, const struct oid *b)
{
	return !memcmp(a->id, b->id, sizeof(a->id));
}

bool oid_parse(struct bytes hex, struct oid *ret_oid)
{
	struct oid oid;

	if (hex.len != OID_HEX)
		return false;
	for (size_t i = 0; i < sizeof(oid.id); i++) {
		unsigned high = digit_of[(unsigned char)hex.data[2 * i]];
		unsigned low = digit_of[(unsigned char)hex.data[2 * i + 1]];

		if (!high || !low)
			return false;
		oid.id[i] = (unsigned char)((high - 1) << 4 | (low - 1));
	}
	*ret_oid = oid;
	return true;
}

struct oid_hex oid_hex(const struct oid *oid)
{
	static const char digits[] = "0123456789abcdef";
	struct oid_hex hex = {{0}};

	for (size_t i = 0; i < sizeof(oid->id); i++) {
		hex.text[2 * i] = digits[oid->id[i] >> 4];
		hex.text[2 * i + 1] = digits[oid->id[i] & 15];
	}
	return hex;
}

struct oid_hex oid_abbrev(const struct oid *oid)
{
	struct oid_hex hex = oid_hex(oid);

	hex.text[OID_ABBREV] = '\0';
	return hex;
}

void oids_add(struct arena *arena, struct oids *oids, const struct oid *id)
{
	oids->ids = arena_grow(arena, oids->ids, &oids->room, oids->count + 1, sizeof(*oids->ids));
	oids->ids[oids->count++] = *id;
}
