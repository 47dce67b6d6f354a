/* oid: the name of a git object, SHA-1, as 20 bytes. */
#ifndef POLICY_OID_H
#define POLICY_OID_H

#include <stdbool.h>
#include <string.h>

#include "bytes.h"

#define OID_HEX 40
#define OID_ABBREV 7

struct oid {
	unsigned char id[20];
};

/** Room for an id in hex and its NUL. */
struct oid_hex {
	char text[OID_HEX + 1];
};

/** A list of ids, in an arena. */
struct oids {
	struct oid *ids;
	size_t count;
	size_t room;
};

bool oid_is_zero(const struct oid *oid);
static inline bool oid_equal(const struct oid *a, const struct oid *b)
{
	return !memcmp(a->id, b->id, sizeof(a->id));
}

/** Exactly 40 of 0-9a-f; false otherwise (upper case and short ids included). */
bool oid_parse(struct bytes hex, struct oid *ret_oid);
struct oid_hex oid_hex(const struct oid *oid);
/** The first OID_ABBREV digits, for people. */
struct oid_hex oid_abbrev(const struct oid *oid);
/** Appends to the list. */
void oids_add(struct arena *arena, struct oids *oids, const struct oid *id);

#endif
