/* signaturepgp: OpenPGP signatures, verified by gpgv(1) against keyrings. */
#include "arena.h"
#include "signature.h"

#ifndef POLICY_GPGV
#define POLICY_GPGV "/usr/bin/gpgv"
#endif

#define STATUS BYTES("[GNUPG:] ")

/* What gpgv says of signatures on its status lines (GnuPG's DETAILS); any other word is no judgement. */
static const struct {
	const char *word;
	const char *reason; /* NULL: a good sign */
} signs[] = {
	{"NEWSIG", NULL},
	{"GOODSIG", NULL},
	{"VALIDSIG", NULL},
	{"NO_PUBKEY", "its key is not among the policy's signers"},
	{"REVKEYSIG", "its key is revoked"},
	{"EXPKEYSIG", "its key has expired"},
	{"EXPSIG", "it has expired"},
	{"BADSIG", "it is of something else"},
	{"ERRSIG", "gpgv cannot verify it"},
	{"NODATA", "gpgv finds no signature in it"},
};

enum { NEWSIG, GOODSIG, VALIDSIG, GOOD_SIGNS, NO_PUBKEY = GOOD_SIGNS, SIGNS = sizeof(signs) / sizeof(*signs) };

/* How often each sign was given; what followed the last GOODSIG's key: the user id; the key of the last NO_PUBKEY. */
struct signs {
	unsigned count[SIGNS];
	struct bytes user_id;
	struct bytes missing;
};

static struct signs read_signs(struct bytes output)
{
	struct signs seen = {0};
	struct bytes line, word, key;

	while (bytes_line(&output, &line)) {
		struct bytes rest = bytes_from(line, STATUS.len);
		size_t i = 0;

		if (!bytes_starts(line, STATUS) || !bytes_word(&rest, &word))
			continue;
		while (i < SIGNS && !bytes_equal(word, bytes_of(signs[i].word)))
			i++;
		if (i == SIGNS)
			continue;
		seen.count[i]++;
		if (i == GOODSIG && bytes_word(&rest, &key))
			seen.user_id = bytes_trim(rest);
		if (i == NO_PUBKEY)
			bytes_word(&rest, &seen.missing);
	}
	return seen;
}

/* "Alice <alice@example.org>": the address, or the whole when there is none. */
static struct bytes address_of(struct bytes user_id)
{
	size_t open = bytes_index(user_id, '<');

	if (open == user_id.len || !bytes_ends(user_id, BYTES(">")))
		return user_id;
	return bytes_first(bytes_from(user_id, open + 1), user_id.len - open - 2);
}

static struct verdict judge(struct facts *facts, const struct process_end *end)
{
	struct signs seen = read_signs(end->output);

	if (seen.missing.len)
		return signature_bad(bytes_printf(facts->arena, "%s: %.*s; an admin adds it to a keyring of them",
						  signs[NO_PUBKEY].reason, BYTES_ARG(seen.missing))
					     .data);
	for (size_t i = GOOD_SIGNS; i < SIGNS; i++)
		if (seen.count[i])
			return signature_bad(signs[i].reason);
	if (seen.count[NEWSIG] > 1)
		return signature_bad("it is more than one signature");
	if (end->status)
		return signature_bad("gpgv does not accept it");
	if (seen.count[NEWSIG] != 1 || seen.count[GOODSIG] != 1 || seen.count[VALIDSIG] != 1)
		return signature_unknown("gpgv does not say what it should");
	return signature_good(facts, address_of(seen.user_id));
}

struct verdict signature_pgp(struct facts *facts, const struct signers *signers, struct bytes payload,
			     struct bytes signature)
{
	static const char *const begin[] = {POLICY_GPGV, "--homedir", "/nonexistent", "--status-fd", "1"};
	enum { BEGIN = sizeof(begin) / sizeof(*begin), END = 3 };
	size_t count = signers->keyring_count, at = 0;
	const char **arguments = arena_array(facts->arena, BEGIN + 2 * count + END, sizeof(*arguments));
	struct bytes *files = arena_array(facts->arena, 1 + count, sizeof(*files));
	struct process_end end;
	struct verdict verdict;

	if (!count)
		return signature_bad("the policy has no keyring of signers");
	while (at < BEGIN) {
		arguments[at] = begin[at];
		at++;
	}
	files[0] = signature;
	for (size_t i = 0; i < count; i++) {
		files[1 + i] = signers->keyrings[i];
		arguments[at++] = "--keyring";
		arguments[at++] = bytes_printf(facts->arena, PROCESS_FILE "%zu", 4 + i).data;
	}
	arguments[at++] = PROCESS_FILE "3";
	arguments[at] = "-";
	if (!signature_run(facts, arguments, payload, files, 1 + count, &end, &verdict))
		return verdict;
	return judge(facts, &end);
}
