/* fuzz_record: any bytes as a record's name and tag, a line of an account, a CODEOWNERS file, a signed object; what is
 * read comes out again as it was written. */
#include "fuzz.h"

#include "accountline.h"
#include "armour.h"
#include "codeowners.h"
#include "push.h"
#include "record.h"

static void fuzz_name(struct arena *arena, struct bytes input)
{
	struct record record;

	if (!refname_problem(input) && !record_parse(arena, input, &record))
		FUZZ_ASSERT(bytes_equal(record_ref(arena, &record), input));
}

static void fuzz_value(struct bytes input)
{
	static const enum record_kind kinds[] = {RECORD_APPROVAL, RECORD_CHECK, RECORD_GRANT};
	struct object_problem problem;
	struct record_value value;
	struct tag tag;

	if (!tag_parse(input, &tag, &problem))
		return;
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
		const struct record record = {.kind = kinds[i]};

		if (!record_value_parse(&record, input, &tag, &value))
			FUZZ_ASSERT(value.payload.len + value.signature.len <= input.len);
	}
}

static void fuzz_line(struct arena *arena, struct bytes input)
{
	struct bytes ref = BYTES("refs/heads/main");
	struct buffer again = {.arena = arena};
	struct account_line line, reread;

	if (!accountline_parse(arena, ref, input, &line))
		return;
	accountline_print(&again, ref, &line);
	struct bytes text = buffer_bytes(&again);

	FUZZ_ASSERT(text.len && accountline_parse(arena, ref, bytes_first(text, text.len - 1), &reread));
	FUZZ_ASSERT(line.time == reread.time && line.landing_count == reread.landing_count);
}

static void fuzz_owners(struct arena *arena, struct bytes input)
{
	struct codeowners *codeowners = codeowners_parse(arena, input);

	if (codeowners)
		codeowners_find(codeowners, bytes_first(input, bytes_index(input, '\n')));
}

static void fuzz_signed(struct bytes input)
{
	struct bytes payload, signature;

	armour_split(input, &payload, &signature);
	FUZZ_ASSERT(payload.len + signature.len <= input.len);
	armour_kind(signature);
}

void fuzz_one(struct arena *arena, struct bytes input)
{
	fuzz_name(arena, input);
	fuzz_value(input);
	fuzz_line(arena, input);
	fuzz_owners(arena, input);
	fuzz_signed(input);
}
