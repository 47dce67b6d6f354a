/* privatekey: files that nobody but their owner should ever read. */
#include "privatekey.h"

#include <stdint.h>

/* Tags of OpenPGP packets (RFC 4880, 4.3) that hold secrets. */
enum { SECRET_KEY = 5, SECRET_SUBKEY = 7 };

static bool begins_key(struct bytes line)
{
	return (bytes_starts(line, BYTES("-----BEGIN ")) && bytes_contains(line, BYTES("PRIVATE KEY"))) ||
	       bytes_starts(line, BYTES("PuTTY-User-Key-File-"));
}

static uint64_t number(struct bytes octets, size_t count)
{
	uint64_t value = 0;

	for (size_t i = 0; i < count && i < octets.len; i++)
		value = value << 8 | (unsigned char)octets.data[i];
	return value;
}

/* The header of a packet and its body, in octets; UINT64_MAX: up to the end, as far as one header tells. */
static uint64_t packet_length(struct bytes rest)
{
	unsigned first = (unsigned char)rest.data[0];
	uint64_t size = (uint64_t)1 << (first & 3u), length = number(bytes_from(rest, 1), 1);

	if (!(first & 0x40u))
		return (first & 3u) == 3 ? UINT64_MAX : 1 + size + number(bytes_from(rest, 1), size);
	if (length < 192)
		return 2 + length;
	if (length < 224)
		return 3 + ((length - 192) << 8) + number(bytes_from(rest, 2), 1) + 192;
	return length == 255 ? 6 + number(bytes_from(rest, 2), 4) : UINT64_MAX;
}

/* From packet to packet: text begins with none. */
static bool has_secret_packet(struct bytes rest)
{
	while (rest.len && (unsigned char)rest.data[0] & 0x80u) {
		unsigned first = (unsigned char)rest.data[0];
		unsigned tag = first & 0x40u ? first & 0x3fu : first >> 2 & 0xfu;

		if (tag == SECRET_KEY || tag == SECRET_SUBKEY)
			return true;
		uint64_t length = packet_length(rest);

		rest = bytes_from(rest, length < rest.len ? (size_t)length : rest.len);
	}
	return false;
}

unsigned privatekey_line(struct bytes content)
{
	struct bytes rest = content, line;

	for (unsigned number = 1; bytes_line(&rest, &line); number++)
		if (begins_key(bytes_trim(line)))
			return number;
	return has_secret_packet(content) ? 1 : 0;
}
