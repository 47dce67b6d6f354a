/* fuzz_secrets: any bytes as a file of secret rules, up to the first form feed, and a text that is searched by them and
 * by those built in. */
#include "fuzz.h"

#include "secretrules.h"
#include "secretscan.h"

static void check_found(struct bytes text, const struct secret *secrets, size_t count)
{
	const char *end = text.data;

	FUZZ_ASSERT(count <= SECRETSCAN_MAX);
	for (size_t i = 0; i < count; i++) {
		FUZZ_ASSERT(secrets[i].rule.len && secrets[i].what.len && secrets[i].line);
		FUZZ_ASSERT(secrets[i].text.len && secrets[i].text.data >= end);
		end = secrets[i].text.data + secrets[i].text.len;
		FUZZ_ASSERT(end <= text.data + text.len);
	}
}

static void check_file(struct secretscan *scan, struct arena *arena, struct bytes content)
{
	struct secret *found, *secrets;
	size_t count;

	if (!secretscan_file(scan, content, &found, &count))
		return;
	secrets = arena_array(arena, count + 1, sizeof(*secrets));
	for (size_t i = 0; i < count; i++)
		secrets[i].text = bytes_copy(arena, found[i].text);
	for (size_t i = 0; i < count; i++)
		FUZZ_ASSERT(secretscan_holds(scan, content, secrets[i].text));
}

void fuzz_secrets(struct arena *arena, struct bytes input)
{
	struct findings errors = {.arena = arena};
	struct secret_rules rules = {0};
	struct secretscan *scan = secretscan_new(arena);
	size_t cut = bytes_index(input, '\f'), count;
	struct bytes file = bytes_first(input, cut), text = bytes_from(input, cut + 1);
	struct secret *secrets;

	FUZZ_ASSERT(secretrules_read(file, BYTES("ours.ini"), true, &rules, &errors) == !errors.count);
	if (!errors.count)
		FUZZ_ASSERT(secretscan_add(scan, file, BYTES("ours.ini"), &errors));
	if (secretscan_find(scan, text, &secrets, &count))
		check_found(text, secrets, count);
	check_file(scan, arena, text);
	secretscan_mask(scan, arena, text);
}
