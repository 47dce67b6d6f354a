/* fuzz_audit: any bytes as a line of an audit, and as a text that is put into one: what is written is read back. */
#include "fuzz.h"

#include "auditline.h"
#include "json.h"
#include "jsonread.h"

static void check_line(struct arena *arena, struct bytes input)
{
	struct buffer shown = {.arena = arena};
	struct auditline line;
	size_t len = json_value(input);

	FUZZ_ASSERT(len <= input.len);
	if (!auditline_parse(arena, input, &line))
		return;
	FUZZ_ASSERT(len == input.len);
	auditline_print(&line, &shown);
	struct bytes rest = buffer_bytes(&shown);

	FUZZ_ASSERT(bytes_ends(rest, BYTES("\n")));
	for (size_t i = 0; i < rest.len; i++)
		FUZZ_ASSERT(rest.data[i] == '\n' || (unsigned char)rest.data[i] >= ' ');
}

static void check_text(struct arena *arena, struct bytes input)
{
	struct buffer first = {.arena = arena}, second = {.arena = arena};
	struct json json = {.out = &first, .scratch = {.arena = arena}, .max = 300};

	json_string(&json, input);
	struct bytes written = buffer_bytes(&first);

	FUZZ_ASSERT(json_value(written) == written.len && written.len <= 2 * json.max + 2);
	json.out = &second;
	json_string(&json, json_unquote(arena, written));
	FUZZ_ASSERT(bytes_equal(written, buffer_bytes(&second)));
}

void fuzz_audit(struct arena *arena, struct bytes input)
{
	check_line(arena, input);
	check_text(arena, input);
}
