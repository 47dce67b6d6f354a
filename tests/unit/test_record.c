/* test_record: the names of records and what their tags hold; everything that is not exactly so is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "arena.h"
#include "record.h"

#define COUNT(array) (sizeof(array) / sizeof(*(array)))
#define A "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define B "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
#define ZERO "0000000000000000000000000000000000000000"
#define TAGGER "tagger Bob <bob@example.org> 1767225600 +0000\n"
#define SSH "-----BEGIN SSH SIGNATURE-----\nU1NIU0lH\n-----END SSH SIGNATURE-----\n"

static struct arena *arena;

static int setup(void **state)
{
	(void)state;
	arena = arena_new();
	return arena ? 0 : -1;
}

static int teardown(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static void test_kind(void **state)
{
	(void)state;
	assert_int_equal(record_kind_of(BYTES("refs/approvals/heads/main/x/alice")), RECORD_APPROVAL);
	assert_int_equal(record_kind_of(BYTES("refs/approvals/x")), RECORD_APPROVAL);
	assert_int_equal(record_kind_of(BYTES("refs/checks/x/ci")), RECORD_CHECK);
	assert_int_equal(record_kind_of(BYTES("refs/grants/x")), RECORD_GRANT);
	assert_int_equal(record_kind_of(BYTES("refs/approvalsx/y")), RECORD_NONE);
	assert_int_equal(record_kind_of(BYTES("refs/heads/refs/approvals/x")), RECORD_NONE);
	assert_int_equal(record_kind_of(BYTES("refs/deploy/production/live")), RECORD_NONE);
}

static void test_names(void **state)
{
	static const struct {
		const char *ref;
		const char *target, *name; /* NULL: malformed */
	} cases[] = {
		{"refs/approvals/heads/main/" A "/alice", "refs/heads/main", "alice"},
		{"refs/approvals/heads/release/v1.0.0/" A "/alice", "refs/heads/release/v1.0.0", "alice"},
		{"refs/approvals/deploy/production/live/" A "/a.b-c_d@e+f", "refs/deploy/production/live",
		 "a.b-c_d@e+f"},
		{"refs/approvals/heads/" B "/" A "/bob", NULL, NULL}, /* a branch that looks like an id */
		{"refs/approvals/heads/x/" B "/" A "/bob", "refs/heads/x/" B, "bob"},
		{"refs/approvals/heads/main/" A "/J%C3%BCrgen", "refs/heads/main", "J\xc3\xbcrgen"},
		{"refs/approvals/heads/main/" A "/a%2Fb", "refs/heads/main", "a/b"},
		{"refs/approvals/heads/main/" A "/x%2Elock", "refs/heads/main", "x.lock"},
		{"refs/approvals/heads/main/" A "/%2E%2E", "refs/heads/main", ".."},
		{"refs/approvals/heads/main/" A, NULL, NULL},
		{"refs/approvals/heads/main/" A "/", NULL, NULL},
		{"refs/approvals/" A "/alice", NULL, NULL},
		{"refs/approvals/refs/heads/main/" A "/alice", "refs/refs/heads/main", "alice"},
		{"refs/approvals/main/" A "/alice", NULL, NULL},
		{"refs/approvals/heads//main/" A "/alice", NULL, NULL},
		{"refs/approvals/heads/main/" ZERO "/alice", NULL, NULL},
		{"refs/approvals/heads/main/aaaaaaa/alice", NULL, NULL},
		{"refs/approvals/heads/main/Aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/alice", NULL, NULL},
		{"refs/approvals/heads/main/" A "a/alice", NULL, NULL},
		{"refs/approvals/heads/main/" A "/al%69ce", NULL, NULL}, /* the same name spelt otherwise */
		{"refs/approvals/heads/main/" A "/J%c3%bcrgen", NULL, NULL},
		{"refs/approvals/heads/main/" A "/J\xc3\xbcrgen", NULL, NULL},
		{"refs/approvals/heads/main/" A "/x%2", NULL, NULL},
		{"refs/approvals/heads/main/" A "/x%GG", NULL, NULL},
		{"refs/approvals/heads/main/" A "/x%0G", NULL, NULL},
		{"refs/approvals/heads/main/" A "/x%G0", NULL, NULL},
		{"refs/approvals/heads/main/" A "/x%!0", NULL, NULL},
		{"refs/approvals/heads/main/" A "/x%:0", NULL, NULL},
		{"refs/approvals/heads/main/" A "/x%@0", NULL, NULL},
		{"refs/approvals/heads/main/" A "/.x", NULL, NULL},
		{"refs/approvals/heads/main/" A "/x.", NULL, NULL},
		{"refs/approvals/heads/main/" A "/x..y", NULL, NULL},
		{"refs/approvals/heads/main/" A "/x.%2Ey", NULL, NULL},
		{"refs/approvals/heads/main/" A "/x.lock", NULL, NULL},
		{"refs/approvals/heads/main/" A "/%2Ex", "refs/heads/main", ".x"},
		{"refs/approvals/heads/main/" A "/x%2E", "refs/heads/main", "x."},
		{"refs/approvals/heads/main/" A "/x%2E%2Ey", "refs/heads/main", "x..y"},
		{"refs/approvals/heads/main/" A "/x.lock.y", "refs/heads/main", "x.lock.y"},
		{"refs/approvals/heads/main/" A "/x.y%2Elock", "refs/heads/main", "x.y.lock"},
		{"refs/approvals/heads/main/" A "/a%2Eb", NULL, NULL},
		{"refs/checks/" A "/ci", "", "ci"},
		{"refs/checks/" A "/npm.audit", "", "npm.audit"},
		{"refs/checks/" A, NULL, NULL},
		{"refs/checks/heads/" A "/ci", NULL, NULL},
		{"refs/checks/" A "/ci/unit", NULL, NULL},
		{"refs/checks/" ZERO "/ci", NULL, NULL},
		{"refs/grants/heads/main/" A "/" B "/carol", "refs/heads/main", "carol"},
		{"refs/grants/heads/main/" A "/" ZERO "/carol", "refs/heads/main", "carol"},
		{"refs/grants/heads/main/" ZERO "/" B "/carol", "refs/heads/main", "carol"},
		{"refs/grants/heads/main/" A "/" A "/carol", NULL, NULL},
		{"refs/grants/heads/main/" ZERO "/" ZERO "/carol", NULL, NULL},
		{"refs/grants/heads/main/" A "/carol", NULL, NULL},
		{"refs/grants/heads/main/" A "/bbb/carol", NULL, NULL},
		{"refs/grants/heads/main/aaa/" B "/carol", NULL, NULL},
		{"refs/grants/heads//main/" A "/" B "/carol", NULL, NULL},
		{"refs/heads/main", NULL, NULL},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct record record;
		const char *problem = record_parse(arena, bytes_of(cases[i].ref), &record);

		if (!problem != !!cases[i].name)
			fail_msg("%s: %s", cases[i].ref, problem ? problem : "taken");
		if (problem)
			continue;
		assert_true(bytes_equal(record.name, bytes_of(cases[i].name)));
		assert_true(bytes_equal(record.target, bytes_of(cases[i].target)));
		assert_true(bytes_equal(record_ref(arena, &record), bytes_of(cases[i].ref)));
	}
}

static void test_grant_ids(void **state)
{
	struct record record;

	(void)state;
	assert_null(record_parse(arena, BYTES("refs/grants/heads/main/" A "/" B "/carol"), &record));
	assert_string_equal(oid_hex(&record.old).text, A);
	assert_string_equal(oid_hex(&record.new).text, B);
	assert_string_equal(oid_hex(&record.commit).text, B);
	assert_null(record_parse(arena, BYTES("refs/grants/heads/main/" A "/" ZERO "/carol"), &record));
	assert_string_equal(oid_hex(&record.commit).text, A);
	assert_true(oid_is_zero(&record.new));
}

/* Every name of one byte, and of one byte between others, comes back as it was. */
static void test_spelling(void **state)
{
	static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-@+";

	(void)state;
	assert_true(bytes_equal(record_encode(arena, bytes_first(BYTES("a.b"), 2)), BYTES("a%2E")));
	for (unsigned byte = 1; byte < 256; byte++) {
		const char one[] = {(char)byte}, three[] = {'a', (char)byte, 'z'};
		struct bytes name, component = record_encode(arena, (struct bytes){one, 1});

		assert_int_equal(component.len, memchr(plain, one[0], sizeof(plain) - 1) ? 1 : 3);
		assert_true(record_decode(arena, component, &name));
		assert_true(bytes_equal(name, (struct bytes){one, 1}));
		component = record_encode(arena, (struct bytes){three, 3});
		assert_int_equal(bytes_index(component, '/'), component.len);
		assert_true(record_decode(arena, component, &name));
		assert_true(bytes_equal(name, (struct bytes){three, 3}));
	}
}

/* What is no record's name names no folder, and has no value. */
static void test_none(void **state)
{
	const struct record none = {.kind = RECORD_NONE, .name = BYTES("x")};
	const struct tag tag = {.message = BYTES("approve\n")};
	struct record_value value;

	(void)state;
	assert_int_equal(record_kind_of(BYTES("refs/heads/main")), RECORD_NONE);
	assert_int_equal(record_kind_of(BYTES("refs/approvals")), RECORD_NONE);
	assert_string_equal(record_value_parse(&none, BYTES(""), &tag, &value), "it is no record");
}

/* The tag of a record by its message. */
static const char *value_of(const char *ref, const char *message, struct record_value *ret_value)
{
	struct bytes raw = bytes_printf(arena, "object " A "\ntype commit\ntag t\n" TAGGER "\n%s", message);
	struct object_problem problem;
	struct record record;
	struct tag tag;

	assert_null(record_parse(arena, bytes_of(ref), &record));
	assert_true(tag_parse(raw, &tag, &problem));
	return record_value_parse(&record, raw, &tag, ret_value);
}

#define APPROVAL "refs/approvals/heads/main/" A "/bob"
#define CHECK "refs/checks/" A "/ci"
#define GRANT "refs/grants/heads/main/" B "/" A "/carol"

static void test_values(void **state)
{
	static const struct {
		const char *ref;
		const char *message;
		bool good;
	} cases[] = {
		{APPROVAL, "approve\n", true},
		{APPROVAL, "approve", true},
		{APPROVAL, "reject\n\nthe lock is taken twice\n", true},
		{APPROVAL, "approve\n" SSH, true},
		{APPROVAL, "approve\n" SSH SSH, false},
		{APPROVAL, "approve\n" SSH "and more\n", false},
		{APPROVAL, SSH, false},
		{APPROVAL, "", false},
		{APPROVAL, "\napprove\n", false},
		{APPROVAL, "Approve\n", false},
		{APPROVAL, "approve \n", false},
		{APPROVAL, "approve\r\n", false},
		{APPROVAL, "approved\n", false},
		{APPROVAL, "pass\n", false},
		{CHECK, "pass\n", true},
		{CHECK, "fail\n\nlog: https://ci.example.org/7\n", true},
		{CHECK, "84.9\n", true},
		{CHECK, "-1\n", true},
		{CHECK, "90,0\n", false},
		{CHECK, "NaN\n", false},
		{CHECK, "1e9\n", false},
		{CHECK, "\n", false},
		{CHECK, "", false},
		{CHECK, "passed\n", false},
		{CHECK, "approve\n", false},
		{GRANT, "the release was cut wrong\n\nexpires: 2026-01-31T12:00:00Z\n", true},
		{GRANT, "the release was cut wrong\nexpires: 2026-01-31T12:00:00Z\n" SSH, true},
		{GRANT, "the release was cut wrong\n", false},
		{GRANT, "expires: 2026-01-31T12:00:00Z\n", false},
		{GRANT, "\nexpires: 2026-01-31T12:00:00Z\n", false},
		{GRANT, "why\nexpires: 2026-01-31T12:00:00Z\nexpires: 2036-01-31T12:00:00Z\n", false},
		{GRANT, "why\nexpires: 2026-01-31T12:00:00Z\nexpires: never\n", false},
		{GRANT, "why\nexpires: never\n", false},
		{GRANT, "why\nexpires: 2026-02-30T12:00:00Z\n", false},
		{GRANT, "why\n" SSH "expires: 2026-01-31T12:00:00Z\n", false},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct record_value value;
		const char *problem = value_of(cases[i].ref, cases[i].message, &value);

		if (!problem != cases[i].good)
			fail_msg("%s: %s", cases[i].message, problem ? problem : "taken");
	}
}

static void test_value_fields(void **state)
{
	struct record_value value;

	(void)state;
	assert_null(value_of(APPROVAL, "reject\n\nthe lock is taken twice\n", &value));
	assert_true(value.rejects);
	assert_true(bytes_equal(value.reason, BYTES("the lock is taken twice")));
	assert_int_equal(value.signature.len, 0);
	assert_null(value_of(CHECK, "pass\n", &value));
	assert_true(value.passed && !value.failed);
	assert_null(value_of(CHECK, "84.9\n", &value));
	assert_true(!value.passed && !value.failed && bytes_equal(value.number.text, BYTES("84.9")));
	assert_null(value_of(GRANT, "why\n\nexpires: 1970-01-02T00:00:00Z\n", &value));
	assert_true(bytes_equal(value.reason, BYTES("why")));
	assert_int_equal(value.expires, 86400);
}

static void test_signed(void **state)
{
	struct record_value value;

	(void)state;
	assert_null(value_of(APPROVAL, "approve\n\nuser: bob\n" SSH, &value));
	assert_true(bytes_equal(value.signature, BYTES(SSH)));
	assert_true(bytes_equal(value.stated, BYTES("\nuser: bob\n")));
	assert_true(bytes_starts(value.payload, BYTES("object ")));
	assert_true(bytes_ends(value.payload, BYTES("\nuser: bob\n")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_kind),	 cmocka_unit_test(test_names),	cmocka_unit_test(test_grant_ids),
		cmocka_unit_test(test_spelling), cmocka_unit_test(test_values), cmocka_unit_test(test_value_fields),
		cmocka_unit_test(test_signed),	 cmocka_unit_test(test_none),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
