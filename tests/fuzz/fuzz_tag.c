/* fuzz_tag: any bytes as a tag, signed or not; what parses must keep the parser's promises, and nothing is lost between
 * what is signed and the signature. */
#include "fuzz.h"

#include "armour.h"

static void check_tag(struct bytes raw, const struct tag *tag)
{
	struct bytes message = armour_strip(tag->message, raw);

	FUZZ_ASSERT(tag->type != OBJECT_NONE && tag->tagger.seconds >= 0);
	FUZZ_ASSERT(bytes_ends(raw, tag->message) && bytes_starts(tag->message, message));
	FUZZ_ASSERT(bytes_index(tag->message, '\0') == tag->message.len);
	FUZZ_ASSERT(bytes_index(tag->name, '\n') == tag->name.len);
}

void fuzz_tag(struct arena *arena, struct bytes input)
{
	struct object_problem problem = {0};
	struct bytes payload, signature;
	struct tag tag;

	(void)arena;
	if (tag_parse(input, &tag, &problem))
		check_tag(input, &tag);
	else
		FUZZ_ASSERT(problem.text && problem.offset <= input.len);
	armour_split(input, &payload, &signature);
	FUZZ_ASSERT(payload.len + signature.len == input.len);
	FUZZ_ASSERT(bytes_starts(input, payload) && bytes_ends(input, signature));
	FUZZ_ASSERT(signature.len || armour_kind(signature) == ARMOUR_NONE);
	armour_kind(input);
}
