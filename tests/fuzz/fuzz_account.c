/* fuzz_account: any bytes as a line of an account and of a reflog; what is read comes out again as it was written. */
#include "fuzz.h"

#include "accountline.h"

static void check_line(struct arena *arena, struct bytes input)
{
	struct bytes ref = BYTES("refs/heads/main"), text;
	struct buffer once = {.arena = arena}, twice = {.arena = arena};
	struct account_line line, reread;

	if (!accountline_parse(arena, ref, input, &line))
		return;
	accountline_print(&once, ref, &line);
	text = buffer_bytes(&once);
	FUZZ_ASSERT(bytes_index(text, '\n') == text.len - 1);
	FUZZ_ASSERT(accountline_parse(arena, ref, bytes_first(text, text.len - 1), &reread));
	FUZZ_ASSERT(line.time == reread.time && line.landing_count == reread.landing_count);
	FUZZ_ASSERT(oid_equal(&line.old, &reread.old) && oid_equal(&line.new, &reread.new));
	FUZZ_ASSERT(bytes_equal(line.user, reread.user));
	accountline_print(&twice, ref, &reread);
	FUZZ_ASSERT(bytes_equal(text, buffer_bytes(&twice)));
}

static void check_reflog(struct bytes input)
{
	struct account_line line;

	if (accountline_parse_reflog(input, &line))
		FUZZ_ASSERT(line.time >= 0 && !line.user.len && input.len > 2 * OID_HEX);
}

void fuzz_account(struct arena *arena, struct bytes input)
{
	check_line(arena, input);
	check_reflog(input);
}
