/* fuzz_message: any bytes as a commit message, cleaned up and not; every problem must point into the text. */
#include "fuzz.h"

#include "cleanup.h"
#include "message.h"

static void check(struct arena *arena, struct bytes text)
{
	struct message message = {0};

	message_parse(arena, text, &message);
	FUZZ_ASSERT(!message.conventional || (message.type.len && message.subject.len));
	for (size_t i = 0; i < message.problem_count; i++) {
		FUZZ_ASSERT(message.problems[i].text && message.problems[i].line >= 1);
		FUZZ_ASSERT(message.problems[i].source.len <= text.len);
	}
	for (struct footer footer; footer_next(&message.footers, &footer);)
		FUZZ_ASSERT(footer.token.len && footer.value.len && footer.line >= 2);
}

void fuzz_message(struct arena *arena, struct bytes input)
{
	static const enum cleanup_mode modes[] = {CLEANUP_VERBATIM, CLEANUP_WHITESPACE, CLEANUP_STRIP,
						  CLEANUP_SCISSORS};

	check(arena, input);
	for (size_t i = 0; i < sizeof(modes) / sizeof(modes[0]); i++) {
		struct cleanup cleanup = {modes[i], BYTES("#"), i & 1};
		struct bytes clean = cleanup_apply(arena, &cleanup, input);

		FUZZ_ASSERT(clean.len <= input.len + 1);
		check(arena, clean);
	}
}
