/* oid: object ids between bytes and hex. */
#include "oid.h"

#include "arena.h"

#include <string.h>

#define DIGIT 0x10u

/* Of each character the digit it is, with DIGIT; 0: none. */
static const unsigned char digit_of[256] = {
	['0'] = 0x10, ['1'] = 0x11, ['2'] = 0x12, ['3'] = 0x13, ['4'] = 0x14, ['5'] = 0x15, ['6'] = 0x16, ['7'] = 0x17,
	['8'] = 0x18, ['9'] = 0x19, ['a'] = 0x1a, ['b'] = 0x1b, ['c'] = 0x1c, ['d'] = 0x1d, ['e'] = 0x1e, ['f'] = 0x1f,
};

bool oid_is_zero(const struct oid *oid)
{
	return oid_equal(oid, &(struct oid){0});
}

bool oid_parse(struct bytes hex, struct oid *ret_oid)
{
	unsigned all = DIGIT;
	struct oid oid;

	if (hex.len != OID_HEX)
		return false;
	for (size_t i = 0; i < sizeof(oid.id); i++) {
		unsigned high = digit_of[(unsigned char)hex.data[2 * i]];
		unsigned low = digit_of[(unsigned char)hex.data[2 * i + 1]];

		all &= high & low;
		oid.id[i] = (unsigned char)(high << 4 | (low & 0xf));
	}
	if (!all)
		return false;
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
