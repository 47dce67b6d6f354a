/* oid: object ids between bytes and hex. */
#include "oid.h"

#include "arena.h"

#include <string.h>

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return -1;
}

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
		int high = hex_digit(hex.data[2 * i]), low = hex_digit(hex.data[2 * i + 1]);

		if (high < 0 || low < 0)
			return false;
		oid.id[i] = (unsigned char)(high << 4 | low);
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
