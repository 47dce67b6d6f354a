/* fuzz_refname: any bytes as the name of a ref: what is taken is one to libgit2 too; and as a name in a record's ref,
 * which comes back as it was. */
#include "fuzz.h"

#include <git2.h>

#include "push.h"
#include "record.h"
#include "stage.h"
#include "utf8.h"

static void check_ref(struct arena *arena, struct bytes input)
{
	int valid = 0;
	struct bytes ref = bytes_copy(arena, input), name = refname_short(ref);

	FUZZ_ASSERT(bytes_ends(ref, name));
	if (refname_problem(ref))
		return;
	FUZZ_ASSERT(bytes_index(ref, '\0') == ref.len && utf8_invalid(ref) == ref.len);
	FUZZ_ASSERT(git_reference_name_is_valid(&valid, ref.data) == 0 && valid == 1);
	FUZZ_ASSERT(bytes_equal(refname_full(arena, name), ref));
	FUZZ_ASSERT(refname_reserved(ref) || !refname_closed(ref));
}

/* As somebody's name in a record, where only a "-" at its beginning is no part of a ref. */
static void check_name(struct arena *arena, struct bytes name)
{
	struct record record = {.kind = RECORD_APPROVAL, .target = BYTES("refs/heads/main"), .commit = {{1}}}, read;
	struct bytes decoded, ref;

	if (record_decode(arena, name, &decoded))
		FUZZ_ASSERT(bytes_equal(record_encode(arena, decoded), name));
	if (!name.len)
		return;
	FUZZ_ASSERT(record_decode(arena, record_encode(arena, name), &decoded) && bytes_equal(decoded, name));
	record.name = name;
	ref = record_ref(arena, &record);
	FUZZ_ASSERT(!record_parse(arena, ref, &read) && bytes_equal(read.name, name));
	if (ref.len <= 1024 && name.data[0] != '-')
		FUZZ_ASSERT(!refname_problem(ref));
}

void fuzz_refname(struct arena *arena, struct bytes input)
{
	git_libgit2_init();
	check_ref(arena, input);
	check_name(arena, input);
}
