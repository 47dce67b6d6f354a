/* test_mood: first words of subjects, and what the word lists make of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "arena.h"
#include "mood.h"

static int setup(void **state)
{
	*state = arena_new();
	return *state == NULL;
}

static int teardown(void **state)
{
	arena_free(*state);
	return 0;
}

static void test_other_forms(void **state)
{
	static const struct {
		const char *word, *base;
	} table[] = {
		{"added", "add"},
		{"adds", "add"},
		{"adding", "add"},
		{"fixed", "fix"},
		{"fixes", "fix"},
		{"fixing", "fix"},
		{"Added", "add"},
		{"updated", "update"},
		{"updates", "update"},
		{"updating", "update"},
		{"removed", "remove"},
		{"uses", "use"},
		{"used", "use"},
		{"using", "use"},
		{"skipped", "skip"},
		{"skipping", "skip"},
		{"copied", "copy"},
		{"copies", "copy"},
		{"applies", "apply"},
		{"passes", "pass"},
		{"passed", "pass"},
		{"caches", "cache"},
		{"made", "make"},
		{"wrote", "write"},
		{"did", "do"},
		{"does", "do"},
		{"ran", "run"},
		{"built", "build"},
		{"has", "have"},
		{"is", "be"},
		{"changed,", "change"},
		{"changed:", "change"},
		{"frobbed", ""},
		{"frobbing", ""},
		{"refactored", "refactor"},
		{"creates", "create"},
	};

	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		struct bytes base = {0};

		if (!mood_wrong(*state, bytes_of(table[i].word), &base) || !bytes_equal(base, bytes_of(table[i].base)))
			fail_msg("%s: \"%.*s\"", table[i].word, BYTES_ARG(base));
	}
}

static void test_no_opinion(void **state)
{
	static const char *const table[] = {
		"add",
		"fix",
		"Add",
		"need",
		"embed",
		"feed",
		"seed",
		"speed",
		"proceed",
		"exceed",
		"bring",
		"string",
		"ping",
		"focus",
		"alias",
		"canvas",
		"process",
		"address",
		"access",
		"always",
		"pass",
		"set",
		"put",
		"frobnicate",
		"tests.",
		"a.fixes",
		"fixES",
		"iPhones",
		"`fixes`",
		"fixes2",
		"re-adds",
		"\xC3\xA9mits",
		"s",
		"ed",
		"ing",
		"",
		"ADDED",
		"bus",
		"analysis",
		"this",
		"an_overlong_word_that_nobody_has_typed",
		"overlongwordthatnobodyhastyped",
	};

	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		struct bytes base = {0};

		if (mood_wrong(*state, bytes_of(table[i]), &base))
			fail_msg("%s: \"%.*s\"", table[i], BYTES_ARG(base));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_other_forms, setup, teardown),
		cmocka_unit_test_setup_teardown(test_no_opinion, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
