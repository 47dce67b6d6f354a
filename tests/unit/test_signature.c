/* test_signature: what becomes of a signature by what its verifier says, whatever that is; the verifiers are imagined.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "arena.h"
#include "memory_policy.h"
#include "signature.h"

#define SSH "-----BEGIN SSH SIGNATURE-----\nU1NI\n-----END SSH SIGNATURE-----\n"
#define PGP "-----BEGIN PGP SIGNATURE-----\n\niQ==\n-----END PGP SIGNATURE-----\n"
#define RUNS_MAX 2

/* What the next runs of a verifier come to, and how many there have been. */
static struct process_end ends[RUNS_MAX];
static unsigned runs;
static struct bytes last_input, last_signature;
static char principal[64];

struct process_end process_run(struct arena *arena, const struct process *process)
{
	(void)arena;
	assert_true(runs < RUNS_MAX);
	assert_int_equal(process->arguments[0][0], '/');
	assert_null(process->environment[0]);
	assert_in_range(process->seconds, 1, 10);
	assert_true(process->output_max > 0);
	last_input = process->input;
	last_signature = process->files[0];
	for (size_t i = 0; process->arguments[i]; i++)
		if (!strcmp(process->arguments[i], "-I"))
			strncpy(principal, process->arguments[i + 1], sizeof(principal) - 1);
	return ends[runs++];
}

struct world {
	struct memory memory;
	struct facts facts;
	struct layers layers;
	struct signers signers;
	struct setting setting;
	struct section identity;
};

static void world_make(struct world *world)
{
	static const struct key key = {.name = "signers"};
	static struct bytes keyring = {"a keyring", 9};
	static struct policy_part list = {.name = {"allowed", 7}};

	*world = (struct world){.memory = memory_new(HEAD "[user \"ann\"]\nemail = ann@example.org ann@home.example\n"
							  "[user \"bob\"]\nemail = bob@example.org\n",
						     NULL)};
	const struct policy *policy = memory_load(&world->memory);

	assert_non_null(policy);
	world->signers = (struct signers){
		.allowed = BYTES("ann ssh-ed25519 AAAA\n"),
		.lists = &list,
		.list_count = 1,
		.keyrings = &keyring,
		.keyring_count = 1,
	};
	world->setting = (struct setting){.key = &key, .parsed = &world->signers};
	world->identity = (struct section){.kind = SECTION_IDENTITY, .settings = &world->setting};
	world->layers = (struct layers){.identity = &world->identity, .people = &policy->people};
	world->facts = (struct facts){
		.arena = world->memory.arena, .layers = &world->layers, .signatures = map_new(world->memory.arena)};
	memset(principal, 0, sizeof(principal));
	runs = 0;
}

/* One verifier's run: what it printed, or why it did not end. */
#define SAYS(status_, text)                                                                                            \
	{                                                                                                              \
		.exited = true, .status = (status_), .output = { text, sizeof(text) - 1 }                              \
	}
#define FAILS(text)                                                                                                    \
	{                                                                                                              \
		.problem = (text)                                                                                      \
	}
#define STATUS "[GNUPG:] "
#define GOOD STATUS "GOODSIG 0123 Ann <ann@example.org>\n" STATUS "VALIDSIG 0123 2026-01-31\n"
#define NEW STATUS "NEWSIG\n"

static void verdicts(void **state)
{
	static const struct {
		const char *signature;
		struct process_end ends[RUNS_MAX];
		enum answer answer;
		enum signature found;
		const char *user;   /* NULL: none */
		const char *reason; /* NULL: not looked at */
	} table[] = {
		{SSH,
		 {SAYS(0, "ann\n"), SAYS(0, "Good \"git\" signature for ann with ED25519 key SHA256:x\n")},
		 ANSWER_YES,
		 SIGNATURE_GOOD,
		 "ann",
		 NULL},
		{SSH,
		 {SAYS(0, "x@y.z\nann@home.example\nann\n"),
		  SAYS(0, "Good \"git\" signature for ann@home.example with ED25519 key SHA256:x\n")},
		 ANSWER_YES,
		 SIGNATURE_GOOD,
		 "ann",
		 NULL},
		{SSH,
		 {SAYS(0, "x@y.z\n"), SAYS(0, "Good \"git\" signature for x@y.z with ED25519 key SHA256:x\n")},
		 ANSWER_YES,
		 SIGNATURE_GOOD,
		 NULL,
		 "it is by x@y.z, who is no user of the policy"},
		{SSH, {SAYS(0, "ann\nbob\n")}, ANSWER_YES, SIGNATURE_BAD, NULL, "several users"},
		{SSH, {SAYS(255, "")}, ANSWER_YES, SIGNATURE_BAD, NULL, "not among the policy's signers"},
		{SSH, {SAYS(255, "ann\n")}, ANSWER_YES, SIGNATURE_BAD, NULL, "not among the policy's signers"},
		{SSH, {SAYS(0, "")}, ANSWER_YES, SIGNATURE_BAD, NULL, "not among the policy's signers"},
		{SSH,
		 {SAYS(255, ""), SAYS(0, "Good \"git\" signature with ED25519 key SHA256:x\n")},
		 ANSWER_YES,
		 SIGNATURE_BAD,
		 NULL,
		 "at this time: SHA256:x; an admin adds a line for it to allowed"},
		{SSH,
		 {SAYS(255, ""), SAYS(255, "Good \"git\" signature with ED25519 key SHA256:x\n")},
		 ANSWER_YES,
		 SIGNATURE_BAD,
		 NULL,
		 "at this time"},
		{SSH, {FAILS("it ran for 10 s")}, ANSWER_UNKNOWN, SIGNATURE_NONE, NULL, "it ran for 10 s"},
		{SSH,
		 {SAYS(0, "ann\n"), SAYS(255, "Could not verify signature.\n")},
		 ANSWER_YES,
		 SIGNATURE_BAD,
		 NULL,
		 "something else"},
		{SSH,
		 {SAYS(0, "ann\n"), SAYS(255, "Good \"git\" signature for ann with ED25519 key SHA256:x\n")},
		 ANSWER_YES,
		 SIGNATURE_BAD,
		 NULL,
		 NULL},
		{SSH, {SAYS(0, "ann\n"), SAYS(0, "")}, ANSWER_UNKNOWN, SIGNATURE_NONE, NULL, "what it should"},
		{SSH,
		 {SAYS(0, "ann\n"), SAYS(0, "Good \"git\" signature for bob with ED25519 key SHA256:x\n")},
		 ANSWER_UNKNOWN,
		 SIGNATURE_NONE,
		 NULL,
		 NULL},
		{SSH,
		 {SAYS(0, "ann\n"), SAYS(0, "Good \"file\" signature for ann with ED25519 key SHA256:x\n")},
		 ANSWER_UNKNOWN,
		 SIGNATURE_NONE,
		 NULL,
		 NULL},
		{SSH, {SAYS(0, "ann\n"), FAILS("killed")}, ANSWER_UNKNOWN, SIGNATURE_NONE, NULL, "killed"},
		{PGP, {SAYS(0, NEW GOOD)}, ANSWER_YES, SIGNATURE_GOOD, "ann", NULL},
		{PGP,
		 {SAYS(0, NEW STATUS "GOODSIG 0123 Carl <carl@example.org>\n" STATUS "VALIDSIG 0123\n")},
		 ANSWER_YES,
		 SIGNATURE_GOOD,
		 NULL,
		 "carl@example.org"},
		{PGP,
		 {SAYS(0, NEW STATUS "GOODSIG 0123 bob\n" STATUS "VALIDSIG 0123\n")},
		 ANSWER_YES,
		 SIGNATURE_GOOD,
		 "bob",
		 NULL},
		{PGP, {SAYS(0, NEW GOOD NEW GOOD)}, ANSWER_YES, SIGNATURE_BAD, NULL, "more than one"},
		{PGP, {SAYS(0, NEW GOOD GOOD)}, ANSWER_UNKNOWN, SIGNATURE_NONE, NULL, NULL},
		{PGP, {SAYS(0, NEW GOOD NEW STATUS "ERRSIG 9\n")}, ANSWER_YES, SIGNATURE_BAD, NULL, "cannot verify"},
		{PGP,
		 {SAYS(2, NEW STATUS "ERRSIG 9\n" STATUS "NO_PUBKEY 9\n")},
		 ANSWER_YES,
		 SIGNATURE_BAD,
		 NULL,
		 "not among the policy's signers: 9; an admin adds it to a keyring of them"},
		{PGP, {SAYS(1, NEW STATUS "BADSIG 9 Ann\n")}, ANSWER_YES, SIGNATURE_BAD, NULL, "something else"},
		{PGP,
		 {SAYS(0, NEW STATUS "EXPKEYSIG 9 Ann\n" STATUS "VALIDSIG 9\n")},
		 ANSWER_YES,
		 SIGNATURE_BAD,
		 NULL,
		 "its key has expired"},
		{PGP,
		 {SAYS(0, NEW STATUS "REVKEYSIG 9 Ann\n" STATUS "VALIDSIG 9\n")},
		 ANSWER_YES,
		 SIGNATURE_BAD,
		 NULL,
		 "its key is revoked"},
		{PGP, {SAYS(0, NEW STATUS "EXPSIG 9 Ann\n")}, ANSWER_YES, SIGNATURE_BAD, NULL, "it has expired"},
		{PGP, {SAYS(2, STATUS "NODATA 1\n")}, ANSWER_YES, SIGNATURE_BAD, NULL, "no signature"},
		{PGP, {SAYS(0, "")}, ANSWER_UNKNOWN, SIGNATURE_NONE, NULL, "what it should"},
		{PGP, {SAYS(1, NEW GOOD)}, ANSWER_YES, SIGNATURE_BAD, NULL, NULL},
		{PGP, {SAYS(0, "NEWSIG\nGOODSIG 9 Ann\nVALIDSIG 9\n")}, ANSWER_UNKNOWN, SIGNATURE_NONE, NULL, NULL},
		{PGP, {FAILS("there is no gpgv")}, ANSWER_UNKNOWN, SIGNATURE_NONE, NULL, "there is no gpgv"},
		{"", {{0}}, ANSWER_YES, SIGNATURE_NONE, NULL, NULL},
		{SSH PGP, {{0}}, ANSWER_YES, SIGNATURE_BAD, NULL, "more than one"},
		{SSH "and so on\n", {{0}}, ANSWER_YES, SIGNATURE_BAD, NULL, "more than one"},
		{"-----BEGIN SIGNED MESSAGE-----\n", {{0}}, ANSWER_YES, SIGNATURE_BAD, NULL, "neither"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		struct world world;
		enum signature found;
		const struct user *user;

		world_make(&world);
		memcpy(ends, table[i].ends, sizeof(ends));
		enum answer answer =
			facts_signature(&world.facts, BYTES("payload"), bytes_of(table[i].signature), &found, &user);
		struct bytes name = user ? user->name : bytes_of(""),
			     wanted = bytes_of(table[i].user ? table[i].user : "");

		if (answer != table[i].answer || (answer == ANSWER_YES && found != table[i].found) ||
		    !bytes_equal(name, wanted))
			fail_msg("row %zu: %d, %d, \"%.*s\"", i, (int)answer, (int)found, BYTES_ARG(name));
		if (table[i].reason && !strstr(facts_reason(&world.facts), table[i].reason))
			fail_msg("row %zu: %s", i, facts_reason(&world.facts));
		arena_free(world.memory.arena);
	}
}

static enum answer ask(struct world *world, const char *payload, const char *signature)
{
	enum signature found;
	const struct user *user;

	return facts_signature(&world->facts, bytes_of(payload), bytes_of(signature), &found, &user);
}

static void the_same_is_asked_once(void **state)
{
	struct world world;

	(void)state;
	world_make(&world);
	ends[0] = (struct process_end)SAYS(0, NEW GOOD);
	ends[1] = (struct process_end)SAYS(1, NEW STATUS "BADSIG 9 Ann\n");
	assert_int_equal(ask(&world, "a", PGP), ANSWER_YES);
	assert_true(bytes_equal(last_input, BYTES("a")));
	assert_true(bytes_equal(last_signature, BYTES(PGP)));
	assert_int_equal(ask(&world, "a", PGP), ANSWER_YES);
	assert_int_equal(runs, 1);
	assert_int_equal(ask(&world, "ab", PGP), ANSWER_YES);
	assert_int_equal(runs, 2);
	assert_string_equal(facts_reason(&world.facts), "it is of something else");
	arena_free(world.memory.arena);
}

static void the_principal_is_the_user(void **state)
{
	struct world world;

	(void)state;
	world_make(&world);
	ends[0] = (struct process_end)SAYS(0, "x@y.z\nbob@example.org\n");
	ends[1] = (struct process_end)SAYS(255, "");
	assert_int_equal(ask(&world, "a", SSH), ANSWER_YES);
	assert_string_equal(principal, "bob@example.org");
	arena_free(world.memory.arena);
}

static void nobody_signs(void **state)
{
	struct world world;

	(void)state;
	world_make(&world);
	world.layers.identity = NULL;
	assert_int_equal(ask(&world, "a", SSH), ANSWER_YES);
	assert_string_equal(facts_reason(&world.facts), "the policy has no signers");
	world.layers.identity = &world.identity;
	world.signers.keyring_count = 0;
	assert_int_equal(ask(&world, "a", PGP), ANSWER_YES);
	assert_string_equal(facts_reason(&world.facts), "the policy has no keyring of signers");
	assert_int_equal(runs, 0);
	arena_free(world.memory.arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(verdicts),
		cmocka_unit_test(the_same_is_asked_once),
		cmocka_unit_test(the_principal_is_the_user),
		cmocka_unit_test(nobody_signs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
