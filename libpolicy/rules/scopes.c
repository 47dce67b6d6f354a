/* scopes: a commit's scope, or each of several separated by commas, is one of the policy's. */
#include "header.h"
#include "reword.h"
#include "utf8.h"
#include "words.h"

static void refuse(const struct rule_case *c, struct findings *findings, struct bytes part)
{
	struct bytes header = c->message->header;
	size_t offset = (size_t)(part.data - header.data);
	struct finding *finding = case_add(c, findings, "\"%.*s\" is not an accepted scope", BYTES_ARG(part));

	words_want(c->setting, findings, finding, part);
	reword_at(c, findings, finding, 1, (unsigned)utf8_length(bytes_first(header, offset)) + 1, header);
}

static bool judge(const struct rule_case *c, struct findings *findings)
{
	struct bytes rest = c->message->scope;
	size_t refused = 0;

	if (!header_parsed(c, findings) || !rest.len || words_have(c->setting, rest))
		return true;
	for (bool more = true; more && refused < REWORD_MAX;) {
		size_t comma = bytes_index(rest, ',');
		struct bytes part = bytes_trim(bytes_first(rest, comma));

		if (!words_have(c->setting, part)) {
			refuse(c, findings, part);
			refused++;
		}
		more = comma < rest.len;
		rest = bytes_from(rest, comma + 1);
	}
	return true;
}

static const struct key keys[] = {
	{
		.name = "scopes",
		.sections = SECTION_COMMIT,
		.kind = KEY_LIST,
		.help = "The scopes a commit may have, compared without case; several are separated by commas. None is "
			"accepted too.",
		.example = "api ui docs",
	},
};

const struct rule rule_scopes = {
	.name = "scopes",
	.help = "Refuses a commit whose scope is not on the list.",
	.mend = "Use one of the scopes that the message lists, or none: git commit --amend, or for older commits git "
		"rebase -i and reword.",
	.scope = SCOPE_COMMIT,
	.flags = RULE_MESSAGE,
	.severity = SEVERITY_ENFORCE,
	.keys = keys,
	.key_count = 1,
	.judge = judge,
};
