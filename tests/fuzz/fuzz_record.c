/* fuzz_record: any bytes as a record: a line, its ref, and its tag; what is read comes out again as it was written, and
 * what is signed is for this record alone. */
#include "fuzz.h"

#include "push.h"
#include "record.h"
#include "statement.h"

static void check_name(struct arena *arena, struct bytes ref)
{
	struct record record;

	if (!refname_problem(ref) && !record_parse(arena, ref, &record))
		FUZZ_ASSERT(bytes_equal(record_ref(arena, &record), ref));
}

static void check_stated(struct arena *arena, struct bytes stated)
{
	struct statement statement = {
		.repository = BYTES("0123456789abcdef0123456789abcdef"),
		.target = BYTES("refs/heads/main"),
		.user = BYTES("alice"),
	};
	struct bytes written = statement_write(arena, &statement);

	FUZZ_ASSERT(!statement_problem(arena, written, &statement));
	if (!statement_problem(arena, stated, &statement))
		for (struct bytes line; bytes_line(&written, &line);)
			FUZZ_ASSERT(bytes_contains(stated, line));
}

static void check_value(struct arena *arena, struct bytes raw)
{
	static const enum record_kind kinds[] = {RECORD_APPROVAL, RECORD_CHECK, RECORD_GRANT};
	struct object_problem problem;
	struct record_value value;
	struct tag tag;

	if (!tag_parse(raw, &tag, &problem))
		return;
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
		const struct record record = {.kind = kinds[i]};

		if (record_value_parse(&record, raw, &tag, &value))
			continue;
		FUZZ_ASSERT(value.payload.len + value.signature.len <= raw.len);
		FUZZ_ASSERT(kinds[i] != RECORD_GRANT || value.reason.len);
		check_stated(arena, value.stated);
	}
}

/* Numbers are ordered. */
static void check_number(struct bytes text)
{
	size_t cut = bytes_index(text, ' ');
	struct decimal a, b;

	if (!decimal_parse(bytes_first(text, cut), &a) || !decimal_parse(bytes_from(text, cut + 1), &b))
		return;
	FUZZ_ASSERT(decimal_compare(a, a) == 0 && decimal_compare(b, b) == 0);
	int less = decimal_compare(a, b), more = decimal_compare(b, a);

	FUZZ_ASSERT((less < 0) == (more > 0) && (less == 0) == (more == 0));
}

void fuzz_record(struct arena *arena, struct bytes input)
{
	size_t cut = bytes_index(input, '\n');

	check_name(arena, bytes_first(input, cut));
	check_number(bytes_first(input, cut));
	check_value(arena, bytes_from(input, cut + 1));
}
