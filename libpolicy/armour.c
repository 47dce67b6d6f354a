/* armour: where a signature stands in git's objects, and which bytes it is over. */
#include "armour.h"

#define DASHES BYTES("-----")

static const struct {
	enum armour kind;
	struct bytes begin, end;
} formats[] = {
	{ARMOUR_SSH, {"-----BEGIN SSH SIGNATURE-----", 29}, {"-----END SSH SIGNATURE-----", 27}},
	{ARMOUR_PGP, {"-----BEGIN PGP SIGNATURE-----", 29}, {"-----END PGP SIGNATURE-----", 27}},
};

#define FORMATS (sizeof(formats) / sizeof(*formats))

static size_t format_of(struct bytes text)
{
	size_t i = 0;

	while (i < FORMATS && !bytes_starts(text, formats[i].begin))
		i++;
	return i;
}

enum armour armour_kind(struct bytes signature)
{
	struct bytes rest = bytes_trim(signature), line = {0};
	size_t format = format_of(signature), dashes = 0;

	if (format == FORMATS)
		return ARMOUR_NONE;
	while (bytes_line(&rest, &line))
		dashes += bytes_starts(line, DASHES);
	return dashes == 2 && bytes_equal(line, formats[format].end) ? formats[format].kind : ARMOUR_SEVERAL;
}

void armour_split(struct bytes raw, struct bytes *ret_payload, struct bytes *ret_signature)
{
	struct bytes rest = raw, line;
	size_t at = 0;

	while (rest.len && format_of(rest) == FORMATS) {
		bytes_line(&rest, &line);
		at = raw.len - rest.len;
	}
	*ret_payload = bytes_first(raw, at);
	*ret_signature = bytes_from(raw, at);
}

struct bytes armour_strip(struct bytes message, struct bytes raw)
{
	struct bytes payload, signature;

	armour_split(raw, &payload, &signature);
	return bytes_first(message, signature.len < message.len ? message.len - signature.len : 0);
}

/* Git begins every line of a header's value but the first with a space. */
static struct bytes unfold(struct arena *arena, struct bytes value)
{
	struct buffer unfolded = {.arena = arena};
	struct bytes line;

	for (bool first = true; bytes_line(&value, &line); first = false) {
		buffer_add(&unfolded, bytes_from(line, first ? 0 : 1));
		buffer_add(&unfolded, BYTES("\n"));
	}
	return buffer_bytes(&unfolded);
}

const char *armour_commit(struct arena *arena, const struct commit *commit, struct bytes *ret_payload,
			  struct bytes *ret_signature)
{
	struct bytes signature = commit->signature, raw = commit->raw, header = BYTES("gpgsig ");
	struct buffer payload = {.arena = arena};

	if (commit->signature_sha256.len)
		return signature.len ? "the commit has two signatures" : "the signature is for a SHA-256 repository";
	if (!signature.len)
		return "the commit is not signed";
	buffer_add(&payload, bytes_first(raw, (size_t)(signature.data - raw.data) - header.len));
	buffer_add(&payload, bytes_from(raw, (size_t)(signature.data - raw.data) + signature.len + 1));
	*ret_payload = buffer_bytes(&payload);
	*ret_signature = unfold(arena, signature);
	return NULL;
}
