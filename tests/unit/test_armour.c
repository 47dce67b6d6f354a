/* test_armour: where signatures stand in tags and commits, and which bytes they are over. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "arena.h"
#include "armour.h"

#define SSH "-----BEGIN SSH SIGNATURE-----\nU1NI\n-----END SSH SIGNATURE-----\n"
#define PGP "-----BEGIN PGP SIGNATURE-----\n\niQ==\n=abcd\n-----END PGP SIGNATURE-----\n"
#define TREE "tree aa00000000000000000000000000000000000000\n"
#define WHO "Ann <ann@example.com> 1740830400 +0000\n"
#define MADE "author " WHO "committer " WHO
#define FOLDED "-----BEGIN SSH SIGNATURE-----\n U1NI\n -----END SSH SIGNATURE-----\n"

static void kinds(void **state)
{
	static const struct {
		const char *text;
		enum armour kind;
	} table[] = {
		{SSH, ARMOUR_SSH},
		{PGP, ARMOUR_PGP},
		{SSH "\n", ARMOUR_SSH},
		{"-----BEGIN SSH SIGNATURE-----\n-----END SSH SIGNATURE-----", ARMOUR_SSH},
		{"", ARMOUR_NONE},
		{"\n" SSH, ARMOUR_NONE},
		{"-----BEGIN SIGNED MESSAGE-----\nMII=\n-----END SIGNED MESSAGE-----\n", ARMOUR_NONE},
		{"-----BEGIN PGP MESSAGE-----\n\niQ==\n-----END PGP MESSAGE-----\n", ARMOUR_NONE},
		{SSH SSH, ARMOUR_SEVERAL},
		{PGP PGP, ARMOUR_SEVERAL},
		{SSH PGP, ARMOUR_SEVERAL},
		{PGP SSH, ARMOUR_SEVERAL},
		{SSH "trailing\n", ARMOUR_SEVERAL},
		{SSH "-----", ARMOUR_SEVERAL},
		{"-----BEGIN SSH SIGNATURE-----\nU1NI\n-----END PGP SIGNATURE-----\n", ARMOUR_SEVERAL},
		{"-----BEGIN SSH SIGNATURE-----\nU1NI\n", ARMOUR_SEVERAL},
		{"-----BEGIN SSH SIGNATURE-----", ARMOUR_SEVERAL},
		{"-----BEGIN SSH SIGNATURE-----\nU1NI\n-----END SSH SIGNATURE-----more\n", ARMOUR_SEVERAL},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		if (armour_kind(bytes_of(table[i].text)) != table[i].kind)
			fail_msg("\"%s\": %d", table[i].text, (int)armour_kind(bytes_of(table[i].text)));
}

static void tags(void **state)
{
	static const struct {
		const char *raw, *payload, *signature;
	} table[] = {
		{"tag v1\n\nfirst\n" SSH, "tag v1\n\nfirst\n", SSH},
		{"tag v1\n\n" PGP, "tag v1\n\n", PGP},
		{"tag v1\n\nfirst\n" PGP "more\n" SSH, "tag v1\n\nfirst\n", PGP "more\n" SSH},
		{"tag v1\n\nfirst\n", "tag v1\n\nfirst\n", ""},
		{"tag v1\n\n " SSH, "tag v1\n\n " SSH, ""},
		{"tag v1\n\nsee " SSH, "tag v1\n\nsee " SSH, ""},
		{"", "", ""},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		struct bytes payload, signature;

		armour_split(bytes_of(table[i].raw), &payload, &signature);
		if (!bytes_equal(payload, bytes_of(table[i].payload)) ||
		    !bytes_equal(signature, bytes_of(table[i].signature)))
			fail_msg("\"%s\"", table[i].raw);
	}
}

static void commits(void **state)
{
	static const struct {
		const char *raw;
		const char *payload, *signature; /* NULL: none to be had */
	} table[] = {
		{TREE MADE "gpgsig " FOLDED "\nfix: it\n", TREE MADE "\nfix: it\n", SSH},
		{TREE MADE "encoding latin1\ngpgsig " FOLDED "x-more y\n\nfix: it\n",
		 TREE MADE "encoding latin1\nx-more y\n\nfix: it\n", SSH},
		{TREE MADE "gpgsig one\n\nfix: it\n", TREE MADE "\nfix: it\n", "one\n"},
		{TREE MADE "\nfix: it\n\n" SSH, NULL, NULL},
		{TREE MADE "\nfix: it\n\ngpgsig " FOLDED, NULL, NULL},
		{TREE MADE "mergetag object aa\n " FOLDED "\nfix: it\n", NULL, NULL},
		{TREE MADE "gpgsig-sha256 " FOLDED "\nfix: it\n", NULL, NULL},
		{TREE MADE "gpgsig " FOLDED "gpgsig-sha256 " FOLDED "\nfix: it\n", NULL, NULL},
	};

	(void)state;
	struct arena *arena = arena_new();

	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		struct object_problem malformed;
		struct bytes payload, signature;
		struct commit commit;

		if (!commit_parse(arena, bytes_of(table[i].raw), &commit, &malformed))
			fail_msg("\"%s\": %s", table[i].raw, malformed.text);
		const char *problem = armour_commit(arena, &commit, &payload, &signature);

		if (!problem != (table[i].payload != NULL))
			fail_msg("\"%s\": %s", table[i].raw, problem ? problem : "nothing is the matter");
		if (!problem && (!bytes_equal(payload, bytes_of(table[i].payload)) ||
				 !bytes_equal(signature, bytes_of(table[i].signature))))
			fail_msg("\"%s\": \"%.*s\"", table[i].raw, BYTES_ARG(payload));
	}
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(kinds),
		cmocka_unit_test(tags),
		cmocka_unit_test(commits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
