/* lintsigners: lists of ssh keys, line by line as ssh-keygen(1) reads ALLOWED SIGNERS: what it passes over counts for
 * nobody. */
#include "lint_parts.h"

#include "people.h"
#include "section.h"
#include "signers.h"

#define FORM "ADDRESS ssh-ed25519 AAAA…: an address of the user, then the public key (ssh-keygen(1), ALLOWED SIGNERS)"

/* Cuts the next blank-separated word off `*rest`; blanks in double quotes are part of it. */
static struct bytes cut_word(struct bytes *rest)
{
	struct bytes all = bytes_trim(*rest);
	bool quoted = false;
	size_t end = 0;

	while (end < all.len && (quoted || (all.data[end] != ' ' && all.data[end] != '\t')))
		quoted ^= all.data[end++] == '"';
	*rest = bytes_from(all, end);
	return bytes_first(all, end);
}

static bool is_key(struct bytes type, struct bytes key)
{
	static const char *const types[] = {"ssh-", "ecdsa-sha2-", "sk-ssh-", "sk-ecdsa-sha2-"};

	/* Every key begins with the length of its type's name, which is below 256. */
	for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++)
		if (bytes_starts(type, bytes_of(types[i])))
			return bytes_starts(key, BYTES("AAAA")) && key.len > 32;
	return false;
}

/* Principals, options if any, the key's type, the key; what follows is a comment. */
static bool read_line(struct bytes line, struct bytes *ret_principals)
{
	struct bytes rest = line;

	*ret_principals = cut_word(&rest);
	struct bytes options_or_type = cut_word(&rest), type_or_key = cut_word(&rest);

	return is_key(options_or_type, type_or_key) || is_key(type_or_key, cut_word(&rest));
}

static void tell_strangers(const struct lint *lint, struct bytes principals, const struct origin *origin)
{
	const struct people *people = lint->layers->people;

	if (bytes_starts(principals, BYTES("\"")) && bytes_ends(principals, BYTES("\"")))
		principals = bytes_first(bytes_from(principals, 1), principals.len - 2);
	while (principals.len) {
		struct bytes name = bytes_first(principals, bytes_index(principals, ','));

		principals = bytes_from(principals, name.len + 1);
		if (people_email(people, name) || people_user(people, name))
			continue;
		finding_fix(
			lint->findings,
			lint_warn(lint, origin, "%.*s is no user: what this key signs does not count", BYTES_ARG(name)),
			"begin the line with an `email` of a [user], or add it to one");
	}
}

static void lint_list(const struct lint *lint, const struct policy_part *list)
{
	struct origin origin = {.file = list->name};
	struct bytes rest = list->content, line, principals;
	bool empty = true;

	while (bytes_line(&rest, &line)) {
		origin.line++;
		line = bytes_trim(line);
		if (!line.len || bytes_starts(line, BYTES("#")))
			continue;
		empty = false;
		if (read_line(line, &principals))
			tell_strangers(lint, principals, &origin);
		else
			finding_fix(lint->findings,
				    lint_warn(lint, &origin, "lists nobody's key: ssh-keygen passes over this line"),
				    FORM);
	}
	if (empty)
		finding_fix(lint->findings, lint_warn(lint, &origin, "%.*s lists no keys", BYTES_ARG(list->name)),
			    FORM);
}

void lint_signers(const struct lint *lint)
{
	const struct setting *setting = section_setting(lint->policy->identity, "signers");
	const struct signers *signers = setting ? setting->parsed : NULL;

	for (size_t i = 0; signers && i < signers->list_count; i++)
		lint_list(lint, &signers->lists[i]);
}
